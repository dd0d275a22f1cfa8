"""Whoever tries too often waits, and whose account it is does not."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Letter, User
from tests.conftest import SignIn
from tests.factories import PASSWORD, WRONG_CODE, authenticator_code
from tests.letters import letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN = reverse("account_login")
CODE = reverse("mfa_authenticate")
RESET = reverse("account_reset_password")
OFFICE, STRANGER = "181.65.20.7", "203.0.113.9"


def sign_in(browser: Client, email: str, password: str = PASSWORD, *, address: str = OFFICE) -> Any:
    return browser.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def tried(person: User, times: int = 5, *, address: str = STRANGER) -> Any:
    """Somebody tries other passwords until they have to wait."""
    browser = Client()
    for __ in range(times):
        sign_in(browser, person.email, "otra", address=address)
    return sign_in(browser, person.email, "otra", address=address)


def test_who_tries_too_often_waits_even_with_the_right_one(reporter: User) -> None:
    answer = tried(reporter)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert f'value="{reporter.email}"' in answer.content.decode()
    assert "Demasiados intentos seguidos: espere 5 minutos." in answer.content.decode()
    browser = Client()
    assert sign_in(browser, reporter.email, address=STRANGER).status_code == 429
    assert not is_in(browser)


def test_whose_account_it_is_comes_in_from_elsewhere(client: Client, reporter: User) -> None:
    tried(reporter)
    sign_in(client, reporter.email)
    assert is_in(client)


def test_many_addresses_together_meet_a_ceiling(
    client: Client, reporter: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "password_for_account": "8/h/key",
    }
    tried(reporter)
    answer = tried(reporter, 3, address="203.0.113.10")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert sign_in(client, reporter.email).status_code == 429


def test_a_browser_that_was_in_before_is_counted_apart(
    client: Client, reporter: User, settings: Settings
) -> None:
    sign_in(client, reporter.email)
    client.post(reverse("account_logout"))
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "password_for_account": "8/h/key",
    }
    tried(reporter)
    tried(reporter, 3, address=OFFICE)
    sign_in(client, reporter.email)
    assert is_in(client)
    client.post(reverse("account_logout"))
    for __ in range(10):
        sign_in(client, reporter.email, "otra")
    assert sign_in(client, reporter.email).status_code == 429


def test_it_is_so_for_who_was_in_and_for_nobody_else(
    client: Client, reporter: User, planner: User
) -> None:
    sign_in(client, reporter.email)
    client.post(reverse("account_logout"))
    for __ in range(5):
        sign_in(client, planner.email, "otra")
    assert sign_in(client, planner.email).status_code == 429


def test_nor_for_who_only_knew_the_password(client: Client, planner: User) -> None:
    sign_in(client, planner.email)
    assert client.cookies.get("vigia_navegador") is None
    client.post(CODE, {"code": authenticator_code()})
    cookie = client.cookies["vigia_navegador"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/cuenta/")
    assert planner.email not in cookie.value


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ:1tXw9c:AAAA"])
def test_a_forged_cookie_is_worth_nothing(client: Client, reporter: User, forged: str) -> None:
    client.cookies["vigia_navegador"] = forged
    for __ in range(5):
        sign_in(client, reporter.email, "otra")
    assert sign_in(client, reporter.email).status_code == 429


def test_whoever_chooses_a_password_by_mail_comes_in_at_once(
    client: Client, reporter: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "password_for_account": "5/h/key",
    }
    tried(reporter)
    client.post(RESET, {"email": reporter.email})
    link = re.findall(r"http://localhost:8000(/cuenta/clave/nueva/\S+)", letters()[-1].body)[0]
    place, __ = client.get(link, follow=True).redirect_chain[-1]
    client.post(place, {"password1": "algo-bien-largo", "password2": "algo-bien-largo"})
    sign_in(client, reporter.email, "algo-bien-largo")
    assert is_in(client)


def test_one_address_does_not_try_every_account(client: Client) -> None:
    for each in range(10):
        assert sign_in(client, f"persona{each}@puno.pe", "otra").status_code == 422
    answer = sign_in(client, "persona10@puno.pe", "otra")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert not Letter.objects.exists()


def test_whose_account_is_tried_at_is_told_once(reporter: User) -> None:
    tried(reporter)
    tried(reporter, address=OFFICE)
    [letter] = letters()
    assert letter.to == [reporter.email]
    assert letter.subject == "Alguien intenta ingresar con su cuenta de Vigía"
    assert STRANGER in letter.body
    assert f"http://localhost:8000{RESET}" in letter.body


def test_whose_password_is_known_is_told_to_change_it(client: Client, planner: User) -> None:
    sign_in(client, planner.email)
    for __ in range(5):
        client.post(CODE, {"code": WRONG_CODE})
    answer = client.post(CODE, {"code": authenticator_code()})
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    [letter] = letters()
    assert letter.subject == "Alguien sabe su contraseña de Vigía y no su segundo factor"
    assert "cambie ya su contraseña" in letter.body


@pytest.mark.parametrize("is_active", [True, False, None])
def test_a_page_does_the_same_whoever_has_an_account(
    client: Client, reporter: User, is_active: bool | None
) -> None:
    User.objects.update(is_active=bool(is_active))
    email = "nadie@otro.pe" if is_active is None else reporter.email
    tried(User(email=email))
    client.post(RESET, {"email": email})
    assert list(Letter.objects.values_list("kind", "to")) == [
        ("attempts", email),
        ("password", email),
    ]
    assert len(letters()) == (2 if is_active else 0)
    assert not Letter.objects.exists()


def test_an_address_of_any_length_is_answered(client: Client) -> None:
    long = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 50}.pe"
    assert client.post(RESET, {"email": long}).status_code in {200, 302}


def test_too_many_requests_are_told_on_a_page(client: Client) -> None:
    for __ in range(20):
        client.post(RESET, {"email": "a@b.pe"})
    answer = client.post(RESET, {"email": "a@b.pe"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Demasiados intentos" in answer.content.decode()


def test_codes_said_again_are_counted_too(planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    place = reverse("mfa_reauthenticate")
    for __ in range(5):
        assert browser.post(place, {"code": WRONG_CODE}).status_code == 422
    assert browser.post(place, {"code": authenticator_code()}).status_code == 429
