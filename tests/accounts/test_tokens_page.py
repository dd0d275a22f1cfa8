"""The page on which people make, see and revoke their tokens."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Municipality, Token, Unit, User
from accounts.services.tokens import token_of
from tests.accounts.keyed import MONTH, at_the_desk, made
from tests.conftest import SignIn
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
KEYS = "/gestion/claves/puno/"
NEW = f"{KEYS}nueva/"
SAID = {"name": "Sistema de obras", "scope": "escribir", "days": "90"}


def test_it_is_shown_once(reporter: User, puno: Municipality) -> None:
    browser = at_the_desk(reporter)
    answer = browser.post(NEW, SAID, follow=True)
    assert answer.redirect_chain == [(f"{KEYS}{Token.objects.get().pk}/", 302)]
    text = answer.context["text"]
    assert f">{text}</code>" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    token = token_of(text)
    assert (token.person, token.municipality, token.scope) == (reporter, puno, "escribir")
    assert (token.expires_at - token.created_at).days == 90
    again = browser.get(f"{KEYS}{token.pk}/", follow=True)
    page = again.content.decode()
    assert again.redirect_chain == [(KEYS, 302)]
    assert "Esa clave ya se mostró." in page
    assert "Sistema de obras" in page
    assert text not in page
    assert text[-4:] in page


def test_while_it_waits_to_be_shown_it_is_kept_sealed(reporter: User) -> None:
    browser = at_the_desk(reporter)
    browser.post(NEW, SAID)
    waits = browser.session["token_to_show"]
    text = browser.get(f"{KEYS}{waits['pk']}/").context["text"]
    assert text not in waits["text"]
    assert "token_to_show" not in browser.session


def test_a_form_sent_twice_makes_one_and_shows_it(reporter: User) -> None:
    browser = at_the_desk(reporter)
    first, second = browser.post(NEW, SAID), browser.post(NEW, SAID)
    assert first["Location"] == second["Location"]
    assert token_of(browser.get(second["Location"]).context["text"]) == Token.objects.get()


def test_an_open_desk_is_asked_for_the_password_first(reporter: User, signed_in: SignIn) -> None:
    browser = signed_in(reporter)
    for answer in (browser.get(NEW), browser.post(NEW, SAID)):
        assert answer["Location"].startswith("/cuenta/clave/confirmar/?")
    assert not Token.objects.exists()
    resumed = browser.post(answer["Location"], {"password": PASSWORD})
    assert "text" in browser.get(resumed["Location"]).context
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Diga qué sistema la usará."),
        ({"name": "a" * 101}, "100"),
        ({"scope": "publicar"}, "publicar"),
        ({"days": "1000"}, "1000"),
        ({"days": ""}, "obligatorio"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    reporter: User, said: dict[str, str], sentence: str
) -> None:
    answer = at_the_desk(reporter).post(NEW, {**SAID, **said})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Token.objects.exists()


def test_a_name_twice_is_said_on_the_form(reporter: User, puno: Municipality) -> None:
    made(reporter, puno)
    answer = at_the_desk(reporter).post(NEW, SAID)
    assert answer.status_code == 422
    assert "Ya tiene una clave con ese nombre" in answer.content.decode()


def test_its_owner_revokes_it(reporter: User, puno: Municipality, signed_in: SignIn) -> None:
    token, _text = made(reporter, puno)
    answer = signed_in(reporter).post(f"{KEYS}{token.pk}/anular/", follow=True)
    assert "Se anuló la clave «Sistema de obras»" in answer.content.decode()
    token.refresh_from_db()
    assert token.revoked_at


def test_a_colleague_neither_sees_nor_revokes_it(
    reporter: User, planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    token, _text = made(reporter, puno)
    browser = signed_in(planner)
    assert token.name not in browser.get(KEYS).content.decode()
    assert browser.post(f"{KEYS}{token.pk}/anular/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_who_administers_the_people_sees_and_revokes_all(
    reporter: User, puno: Municipality, signed_in: SignIn
) -> None:
    token, _text = made(reporter, puno)
    browser = signed_in(make_person("a@puno.pe", Role.ADMINISTRATION, puno))
    page = browser.get(KEYS).content.decode()
    assert token.name in page
    assert reporter.email in page
    assert "Crear una clave" not in page
    browser.post(f"{KEYS}{token.pk}/anular/")
    token.refresh_from_db()
    assert token.revoked_at


def test_an_outsider_sees_nothing(
    reporter: User, outsider: User, puno: Municipality, signed_in: SignIn
) -> None:
    token, _text = made(reporter, puno)
    browser = signed_in(outsider)
    assert browser.get(KEYS).status_code == 404
    foreign = f"/gestion/claves/lamas/{token.pk}/anular/"
    assert browser.post(foreign).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_an_expired_one_is_listed_apart(
    reporter: User, puno: Municipality, signed_in: SignIn, puno_unit: Unit
) -> None:
    made(reporter, puno)
    now = timezone.now()
    Token.objects.update(created_at=now - MONTH, expires_at=now)
    page = signed_in(reporter).get(KEYS)
    assert (list(page.context["live"]), len(page.context["expired"])) == ([], 1)
    assert "Ya vencieron" in page.content.decode()
