"""The second factor: set up, asked for at sign-in, and taken away by whoever answers for it."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.choices import Role
from accounts.models import Membership, Municipality, SecondFactorRemoval, User
from tests.accounts.conftest import Clock
from tests.conftest import SignIn
from tests.factories import PASSWORD, TOTP_SECRET, WRONG_CODE, authenticator_code, make_person
from tests.letters import letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN = reverse("account_login")
CODE = reverse("mfa_authenticate")
SET_UP = reverse("mfa_activate_totp")
CODES = reverse("mfa_view_recovery_codes")


def without_it(person: User) -> User:
    Authenticator.objects.filter(user=person).delete()
    return person


def half_way(client: Client, person: User) -> None:
    """Past the password, before the code."""
    sent = {"login": person.email, "password": PASSWORD, "next": "/gestion/"}
    assert client.post(LOGIN, sent)["Location"] == CODE


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def recovery_codes(client: Client) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())


def set_up(client: Client, person: User, after: str = "") -> Any:
    """Sign in by password alone and set the second factor up, as the page tells."""
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    page = client.get(SET_UP + after).content.decode()
    secret = re.findall(r"<code>([A-Z2-7 ]+)</code>", page)[0].replace(" ", "")
    period = int(time.time()) // 30
    return client.post(SET_UP + after, {"code": format_hotp_value(hotp_value(secret, period))})


def test_a_password_alone_signs_nobody_in_who_has_one(client: Client, planner: User) -> None:
    half_way(client, planner)
    assert not is_in(client)
    assert client.post(CODE, {"code": WRONG_CODE}).status_code == 422
    assert not is_in(client)
    answer = client.post(CODE, {"code": authenticator_code()})
    assert (answer["Location"], is_in(client)) == ("/gestion/", True)


def test_a_code_serves_once(client: Client, planner: User) -> None:
    code = authenticator_code()
    half_way(client, planner)
    client.post(CODE, {"code": code})
    other = Client()
    half_way(other, planner)
    page = other.post(CODE, {"code": code}).content.decode()
    assert "Ese código no es correcto, o ya se usó." in page
    assert not is_in(other)


@pytest.mark.parametrize(("step", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_early_or_late(
    client: Client, planner: User, clock: Clock, step: int, is_taken: bool
) -> None:
    half_way(client, planner)
    client.post(CODE, {"code": authenticator_code(clock.now + 30 * step)})
    assert is_in(client) is is_taken


def test_it_serves_once_for_as_long_as_it_is_taken(
    client: Client, planner: User, clock: Clock
) -> None:
    code = authenticator_code(clock.now + 30)
    half_way(client, planner)
    client.post(CODE, {"code": code})
    assert is_in(client)
    clock.now += 45  # past the step for which allauth remembers it
    other = Client()
    half_way(other, planner)
    other.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    assert not is_in(other)


def test_the_code_that_set_it_up_is_spent_too(client: Client, planner: User, clock: Clock) -> None:
    set_up(client, without_it(planner))
    secret = get_adapter().decrypt(Authenticator.objects.get(type="totp").data["secret"])
    other = Client()
    half_way(other, planner)
    other.post(CODE, {"code": authenticator_code(clock.now, secret)})
    assert not is_in(other)
    clock.now += 30
    other.post(CODE, {"code": authenticator_code(clock.now, secret)})
    assert is_in(other)


def test_wrong_codes_have_to_wait(client: Client, planner: User) -> None:
    half_way(client, planner)
    for __ in range(5):
        client.post(CODE, {"code": WRONG_CODE})
    page = client.post(CODE, {"code": authenticator_code()}).content.decode()
    assert "Demasiados intentos" in page
    assert not is_in(client)


def test_a_recovery_code_replaces_the_phone_once(client: Client, planner: User) -> None:
    set_up(client, without_it(planner))
    code = recovery_codes(client)[0]
    for signs_in in (True, False):
        other = Client()
        half_way(other, planner)
        other.post(CODE, {"code": code})
        assert is_in(other) is signs_in


def test_setting_it_up_shows_the_codes_and_then_the_page_that_was_asked_for(
    client: Client, planner: User
) -> None:
    answer = set_up(client, without_it(planner), "?next=/gestion/unidades/puno/")
    assert answer["Location"] == f"{CODES}?next=%2Fgestion%2Funidades%2Fpuno%2F"
    page = client.get(answer["Location"]).content.decode()
    assert 'href="/gestion/unidades/puno/"' in page
    assert len(set(recovery_codes(client))) == 10
    assert client.get("/gestion/unidades/puno/").status_code == 200
    download = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert re.findall(r"^\d{8}$", download, re.MULTILINE) == recovery_codes(client)


def test_who_came_in_before_by_the_password_alone_is_sent_out(
    client: Client, puno: Municipality, reporter: User, signed_in: SignIn
) -> None:
    person = without_it(make_person("new@puno.pe", Role.PLANNING, puno))
    before, colleague = signed_in(person), signed_in(reporter)
    set_up(client, person)
    for address in (CODES, reverse("mfa_generate_recovery_codes"), "/gestion/"):
        assert before.get(address)["Location"].startswith(f"{LOGIN}?")
    assert (is_in(client), is_in(colleague)) == (True, True)


@pytest.mark.parametrize("address", [SET_UP, CODES])
def test_no_browser_keeps_what_opens_the_account(
    client: Client, planner: User, address: str
) -> None:
    if address == CODES:
        set_up(client, without_it(planner))
    else:
        client.post(LOGIN, {"login": without_it(planner).email, "password": PASSWORD})
    answer = client.get(address)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)


def test_another_site_is_not_where_it_leads(client: Client, planner: User) -> None:
    set_up(client, without_it(planner))
    page = client.get(f"{CODES}?next=https://otro.pe/").content.decode()
    assert "otro.pe" not in page
    assert f'href="{resolve_url(settings.LOGIN_REDIRECT_URL)}"' in page


def test_a_wrong_code_keeps_the_same_secret(client: Client, planner: User) -> None:
    client.post(LOGIN, {"login": without_it(planner).email, "password": PASSWORD})
    before = client.get(SET_UP).context["form"].secret
    answer = client.post(SET_UP, {"code": WRONG_CODE})
    assert answer.context["form"].secret == before
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("address", [SET_UP, CODES, reverse("mfa_generate_recovery_codes")])
def test_an_old_session_asks_for_the_password_first(
    reporter: User, signed_in: SignIn, address: str
) -> None:
    if address != SET_UP:
        set_up(Client(), reporter)
    browser = signed_in(reporter)
    answer = browser.get(address)
    ask = reverse("account_reauthenticate")
    assert answer["Location"].startswith(f"{ask}?")
    assert browser.post(answer["Location"], {"password": PASSWORD})["Location"] == address


def test_secrets_are_not_stored_in_the_clear(planner: User, settings: Settings) -> None:
    stored = Authenticator.objects.get(user=planner).data["secret"]
    assert TOTP_SECRET not in stored
    assert get_adapter().decrypt(stored) == TOTP_SECRET
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert get_adapter().decrypt(stored) == TOTP_SECRET


@pytest.mark.parametrize(("name", "left"), [("planner", 1), ("reporter", 0)])
def test_only_who_need_not_have_it_can_do_without(
    client: Client, request: pytest.FixtureRequest, name: str, left: int
) -> None:
    person = request.getfixturevalue(name)
    set_up(client, without_it(person))
    off = reverse("mfa_deactivate_totp")
    page = client.get(off).content.decode()
    assert ("Su rol exige un segundo factor" in page) is bool(left)
    client.post(off)
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    assert kept.count() == left


@pytest.mark.parametrize("address", [SET_UP, CODES, reverse("mfa_index"), CODE])
def test_every_page_is_in_the_portals_own_look(client: Client, planner: User, address: str) -> None:
    if address == CODE:
        half_way(client, planner)
    elif address != SET_UP:
        set_up(client, without_it(planner))
    else:
        client.post(LOGIN, {"login": without_it(planner).email, "password": PASSWORD})
    answer = client.get(address, follow=True)
    assert "account/_page.html" in [each.name for each in answer.templates]
    assert not re.search(r"<[^>]* style=|<script|<style", answer.content.decode())


def removal_page(person: User) -> str:
    """In Puno."""
    held = person.memberships.get(municipality__slug="puno")
    return reverse("office_accounts:remove_second_factor", args=["puno", held.pk])


def test_whoever_administers_takes_it_from_who_lost_the_phone(
    administrator: User, planner: User, signed_in: SignIn
) -> None:
    browser = signed_in(administrator)
    page = removal_page(planner)
    assert browser.get(page).status_code == 200
    assert Authenticator.objects.filter(user=planner).exists()
    answer = browser.post(page, follow=True)
    assert "Se retiró el segundo factor de planner@puno.pe." in answer.content.decode()
    assert not Authenticator.objects.filter(user=planner).exists()
    removal = SecondFactorRemoval.objects.get()
    assert (removal.person, removal.removed_by) == (planner, administrator)
    [letter] = letters()
    assert letter.to == [planner.email]
    assert "admin@puno.pe retiró el segundo factor" in letter.body
    assert "admin@puno.pe" in browser.get(page).content.decode()
    assert signed_in(planner).get("/gestion/unidades/puno/")["Location"].startswith(SET_UP)


def test_who_lost_the_phone_is_signed_out_everywhere(
    administrator: User, planner: User, signed_in: SignIn
) -> None:
    phone, browser = signed_in(planner), signed_in(administrator)
    browser.post(removal_page(planner))
    assert phone.get("/gestion/")["Location"].startswith(f"{LOGIN}?")
    assert is_in(browser)


def refused(browser: Client, person: User) -> str:
    before = Authenticator.objects.count()
    page = browser.post(removal_page(person)).content.decode()
    assert Authenticator.objects.count() == before
    assert not SecondFactorRemoval.objects.exists()
    return page


def test_nobody_takes_their_own(
    administrator: User, operator: User, puno: Municipality, signed_in: SignIn
) -> None:
    Membership.objects.create(user=operator, role=Role.ADMINISTRATION, municipality=puno)
    for person in (administrator, operator):
        assert "El suyo no" in refused(signed_in(person), person)


def test_who_works_elsewhere_too_needs_the_operator(
    administrator: User, operator: User, planner: User, lamas: Municipality, signed_in: SignIn
) -> None:
    Membership.objects.create(user=planner, role=Role.PLANNING, municipality=lamas)
    assert "también trabaja en otro lugar" in refused(signed_in(administrator), planner)
    signed_in(operator).post(removal_page(planner))
    assert not Authenticator.objects.filter(user=planner).exists()


def test_an_operator_who_also_works_here_needs_the_operator(
    administrator: User, puno: Municipality, signed_in: SignIn
) -> None:
    both = make_person("both@puno.pe", Role.PLANNING, puno)
    Membership.objects.create(user=both, role=Role.OPERATOR)
    assert "también trabaja en otro lugar" in refused(signed_in(administrator), both)


def test_who_has_none_has_nothing_to_lose(
    administrator: User, reporter: User, signed_in: SignIn
) -> None:
    assert "no tiene un segundo factor activo" in refused(signed_in(administrator), reporter)


@pytest.mark.parametrize(
    ("name", "status"), [("planner", 403), ("reporter", 403), ("outsider", 404)]
)
def test_others_do_not(
    request: pytest.FixtureRequest, administrator: User, signed_in: SignIn, name: str, status: int
) -> None:
    browser = signed_in(request.getfixturevalue(name))
    assert browser.post(removal_page(administrator)).status_code == status
    assert Authenticator.objects.filter(user=administrator).exists()


@pytest.mark.parametrize("attempt", ["DELETE FROM", "UPDATE", "TRUNCATE"])
def test_the_application_cannot_change_who_took_it(
    administrator: User, planner: User, attempt: str
) -> None:
    SecondFactorRemoval.objects.create(person=planner, removed_by=administrator)
    rest = " SET removed_at = now()" if attempt == "UPDATE" else ""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE vigia_app")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(f"{attempt} accounts_secondfactorremoval{rest}")
        cursor.execute("RESET ROLE")
