"""What was being typed when a session ended is offered again, to the same person only."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import kept_typing
from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from tests.factories import PASSWORD, authenticator_code, make_person
from tests.forms import drawn_with

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
NOTICE = "Recuperamos lo que había escrito"
OURS = "http://testserver"


@pytest.fixture
def form(puno: Municipality) -> str:
    """A page with a form that a planner fills in."""
    return reverse("office_accounts:add_unit", args=[puno.slug])


@pytest.fixture
def colleague(puno: Municipality) -> User:
    return make_person("colleague@puno.pe", Role.ADMINISTRATION, puno)


@pytest.fixture
def browser() -> Client:
    """One computer of the office."""
    return Client(enforce_csrf_checks=True)


def sign_in(browser: Client, person: User) -> None:
    """As people do, with both factors."""
    cache.clear()  # a code serves once, and the test does not wait for the next
    sent = {"login": person.email, "password": PASSWORD, **drawn_at(browser)}
    browser.post(LOGIN, sent)
    code = {"code": authenticator_code(), **drawn_at(browser)}
    answer = browser.post(reverse("mfa_authenticate"), code)
    assert answer.status_code == 302


def drawn_at(browser: Client, address: str = LOGIN) -> dict[str, str]:
    return drawn_with(browser.get(address, follow=True))


def end_session(browser: Client) -> None:
    del browser.cookies["sessionid"]


def typed(drawn: dict[str, str], name: str = "Subgerencia de Puentes") -> dict[str, str]:
    return {"name": name, "acronym": "SP", **drawn}


@pytest.fixture
def drawn(browser: Client, planner: User, form: str) -> dict[str, str]:
    """The hidden fields of a form that was drawn for the planner, whose session then ended."""
    sign_in(browser, planner)
    found = drawn_at(browser, form)
    end_session(browser)
    return found


def test_it_is_shown_again_after_signing_in(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    answer = browser.post(form, typed(drawn))
    assert answer["Location"] == f"{LOGIN}?next={form}"
    told = browser.get(answer["Location"]).content.decode()
    assert "Lo que escribió se conserva: ingrese otra vez." in told
    sign_in(browser, planner)
    for __ in range(2):  # it stays until it is sent
        page = browser.get(form).content.decode()
        assert NOTICE in page
        assert 'value="Subgerencia de Puentes"' in page
    assert not Unit.objects.exists()
    browser.post(form, typed(drawn_at(browser, form)))
    assert Unit.objects.get().name == "Subgerencia de Puentes"
    assert NOTICE not in browser.get(form).content.decode()


def test_somebody_else_who_signs_in_does_not_see_it(
    browser: Client, planner: User, colleague: User, form: str, drawn: dict[str, str]
) -> None:
    browser.post(form, typed(drawn))
    sign_in(browser, colleague)
    page = browser.get(form).content.decode()
    assert NOTICE not in page
    assert "Subgerencia de Puentes" not in page
    assert browser.session.get(kept_typing.SESSION_KEY) == {}


def test_a_form_older_than_the_session_is_shown_again(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    sign_in(browser, planner)
    answer = browser.post(form, typed(drawn), headers={"origin": OURS})
    assert (answer.status_code, answer["Location"]) == (302, form)
    page = browser.get(form).content.decode()
    assert NOTICE in page
    assert 'value="Subgerencia de Puentes"' in page
    assert not Unit.objects.exists()


def test_the_form_of_somebody_else_is_refused_and_not_kept(
    browser: Client, colleague: User, form: str, drawn: dict[str, str]
) -> None:
    sign_in(browser, colleague)
    answer = browser.post(form, typed(drawn), headers={"origin": OURS})
    assert answer.status_code == 403
    assert NOTICE not in browser.get(form).content.decode()


@pytest.mark.parametrize("sender", [{}, {"origin": "https://otro.pe"}, {"origin": "null"}])
def test_another_site_puts_no_words_in_a_form(
    browser: Client, planner: User, form: str, drawn: dict[str, str], sender: dict[str, str]
) -> None:
    sign_in(browser, planner)
    answer = browser.post(form, typed(drawn), headers=sender)
    assert answer.status_code == 403
    assert NOTICE not in browser.get(form).content.decode()


def test_what_nobody_can_be_given_back_is_told(client: Client, form: str) -> None:
    answer = client.post(form, {"name": "Subgerencia de Puentes"})
    assert "no pudimos conservar" in client.get(answer["Location"]).content.decode()
    assert kept_typing.SESSION_KEY not in client.session


def test_too_long_a_text_is_not_kept_and_that_is_told(
    browser: Client, form: str, drawn: dict[str, str]
) -> None:
    answer = browser.post(form, typed(drawn, "ñ" * kept_typing.LONGEST))
    assert "no pudimos conservar" in browser.get(answer["Location"]).content.decode()


def test_it_is_kept_for_an_hour(
    browser: Client,
    planner: User,
    form: str,
    drawn: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser.post(form, typed(drawn))
    sign_in(browser, planner)
    later = time.time() + kept_typing.KEPT_FOR + 1
    monkeypatch.setattr("accounts.kept_typing.time.time", lambda: later)
    assert NOTICE not in browser.get(form).content.decode()


def test_the_newest_five_pages_are_kept(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    for number in range(kept_typing.MOST_PLACES + 1):
        browser.post(f"{form}?n={number}", typed(drawn))
    sign_in(browser, planner)
    shown = [NOTICE in browser.get(f"{form}?n={number}").content.decode() for number in range(6)]
    assert shown == [False, True, True, True, True, True]


def test_files_must_be_chosen_again(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    browser.post(form, typed(drawn) | {"file": SimpleUploadedFile("a.pdf", b"%PDF")})
    sign_in(browser, planner)
    page = browser.get(form).content.decode()
    assert "Los archivos no se conservan: elíjalos otra vez." in page
    assert 'value="Subgerencia de Puentes"' in page


def test_what_was_recovered_can_be_discarded(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    browser.post(form, typed(drawn))
    sign_in(browser, planner)
    sent = {"pagina": form, **drawn_at(browser, form)}
    forget = reverse("office_accounts:forget")
    browser.get(forget)
    assert NOTICE in browser.get(form).content.decode()
    assert browser.post(forget, sent)["Location"] == form
    assert NOTICE not in browser.get(form).content.decode()
    assert browser.post(forget, sent | {"pagina": "https://otro.pe/"}).status_code == 404


def test_htmx_is_sent_to_sign_in_with_the_whole_page(
    browser: Client, planner: User, form: str, puno: Municipality, drawn: dict[str, str]
) -> None:
    piece = reverse("office_accounts:units", args=[puno.slug])
    headers = {"HX-Request": "true", "HX-Current-URL": f"{OURS}{form}#abajo"}
    answer = browser.post(piece, typed(drawn), headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{LOGIN}?next={form}")
    sign_in(browser, planner)
    assert 'value="Subgerencia de Puentes"' in browser.get(form).content.decode()


def test_it_waits_while_the_second_factor_is_set_up(
    browser: Client, planner: User, form: str
) -> None:
    sign_in(browser, planner)
    found = drawn_at(browser, form)
    Authenticator.objects.filter(user=planner).delete()
    answer = browser.post(form, typed(found))
    assert answer["Location"] == f"{reverse('mfa_activate_totp')}?next={form}"
    assert list(browser.session[kept_typing.SESSION_KEY]) == [form]


def test_what_came_back_with_its_faults_is_not_offered_once_more(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    browser.post(form, typed(drawn))
    sign_in(browser, planner)
    answer = browser.post(form, typed(drawn_at(browser, form), name=""))
    assert answer.status_code == 422
    assert NOTICE not in browser.get(form).content.decode()


def test_a_failure_of_ours_loses_nothing(
    browser: Client,
    planner: User,
    form: str,
    drawn: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser.post(form, typed(drawn))
    sign_in(browser, planner)
    again = typed(drawn_at(browser, form))
    browser.raise_request_exception = False

    def fail(part: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.views.office.directory.save_part", fail)
    assert browser.post(form, again).status_code == 500
    assert NOTICE in browser.get(form).content.decode()


def test_nothing_is_kept_of_a_form_that_somebody_signed_for_themselves(
    browser: Client, planner: User, form: str, drawn: dict[str, str]
) -> None:
    answer = browser.post(form, typed(drawn | {kept_typing.READER_FIELD: f"{planner.pk}:1:forged"}))
    assert "no pudimos conservar" in browser.get(answer["Location"]).content.decode()
    assert kept_typing.SESSION_KEY not in browser.session
