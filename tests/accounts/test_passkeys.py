"""Passkeys: beside the codes of an application, and what is sent in the place of their answers."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from accounts.forms import passkeys
from accounts.models import User
from tests.accounts.device import Device
from tests.conftest import SignIn
from tests.factories import PASSWORD, TOTP_SECRET, authenticator_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN, CODE, ADD = (
    reverse("account_login"),
    reverse("mfa_authenticate"),
    reverse("mfa_add_webauthn"),
)

PARTS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature")
NO_ANSWERS = [
    "",
    "x",
    "null",
    "[]",
    "7",
    '"x"',
    "{}",
    '{"id": "x", "response": {}}',
    '{"response": {"clientDataJSON": 7, "attestationObject": null}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "eA"}}',
    json.dumps(
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": dict.fromkeys(PARTS, "eA"),
        }
    ),
]


def in_just_now(client: Client, person: User) -> Client:
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    client.post(CODE, {"code": authenticator_code()})
    return client


def added(browser: Client, device: Device, name: str = "mi teléfono") -> str:
    """The page that follows when DEVICE's answer is sent."""
    answer = device.added(browser.get(ADD).content.decode())
    sent = {"name": name, "credential": answer}
    return browser.post(ADD, sent, follow=True).content.decode()


def asked_for(person: User) -> tuple[Client, str]:
    """A browser past the password, and the page that asks for the second factor."""
    browser = Client()
    browser.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": "/gestion/"})
    return browser, browser.get(CODE).content.decode()


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_it_takes_the_place_of_the_code(client: Client, planner: User) -> None:
    device = Device()
    own = in_just_now(client, planner)
    assert "Se agregó su llave de acceso." in added(own, device)
    assert "mi teléfono" in own.get(reverse("mfa_index")).content.decode()
    browser, page = asked_for(planner)
    assert browser.post(CODE, {"credential": device.used(page)})["Location"] == "/gestion/"
    assert is_in(browser)


def test_who_has_none_is_asked_for_none(planner: User) -> None:
    assert "llave" not in asked_for(planner)[1]


def test_an_answer_serves_once_and_for_the_browser_that_was_asked(
    client: Client, planner: User
) -> None:
    device = Device()
    added(in_just_now(client, planner), device)
    browser, page = asked_for(planner)
    answer = device.used(page)
    other, __ = asked_for(planner)
    for sent_from, signs_in in ((other, False), (browser, True)):
        sent_from.post(CODE, {"credential": answer})
        assert is_in(sent_from) is signs_in
    again, __ = asked_for(planner)
    again.post(CODE, {"credential": answer})
    assert not is_in(again)


def test_nobody_comes_in_by_anothers(client: Client, planner: User, operator: User) -> None:
    device, own = Device(), Device()
    added(in_just_now(client, operator), device)
    added(in_just_now(Client(), planner), own)
    browser, page = asked_for(planner)
    answer = browser.post(CODE, {"credential": device.used(page)})
    assert "Esa llave no es de esta cuenta" in answer.content.decode()
    assert not is_in(browser)


def test_what_was_answered_to_another_site_adds_nothing(client: Client, planner: User) -> None:
    page = added(in_just_now(client, planner), Device(origin="https://vigia.example"))
    assert 'role="alert"' in page
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_adds_nothing(client: Client, planner: User, answer: str) -> None:
    browser = in_just_now(client, planner)
    browser.get(ADD)
    page = browser.post(ADD, {"name": "mi teléfono", "credential": answer}).content.decode()
    assert 'role="alert"' in page
    assert 'value="mi teléfono"' in page
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_signs_nobody_in(planner: User, answer: str) -> None:
    browser, __ = asked_for(planner)
    assert browser.post(CODE, {"credential": answer}).status_code == 422
    assert not is_in(browser)


def test_wrong_answers_have_to_wait(client: Client, planner: User) -> None:
    device, strange = Device(), Device()
    added(in_just_now(client, planner), device)
    browser, page = asked_for(planner)
    for __ in range(5):
        page = browser.post(CODE, {"credential": strange.used(page)}).content.decode()
        assert "Esa llave no es de esta cuenta" in page
    page = browser.post(CODE, {"credential": device.used(page)}).content.decode()
    assert "Demasiados intentos" in page
    assert not is_in(browser)


def test_it_stands_beside_the_codes(client: Client, reporter: User) -> None:
    client.post(LOGIN, {"login": reporter.email, "password": PASSWORD})
    assert client.get(ADD)["Location"] == reverse("mfa_activate_totp")


def test_who_is_not_signed_in_adds_none(client: Client) -> None:
    assert client.get(ADD)["Location"].startswith(LOGIN)


def test_an_old_session_asks_for_the_password_first(
    client: Client, planner: User, signed_in: SignIn
) -> None:
    added(in_just_now(client, planner), Device())
    passkey = Authenticator.objects.get(type="webauthn")
    old = signed_in(planner)
    for address in (ADD, reverse("mfa_remove_webauthn", args=[passkey.pk])):
        assert old.get(address)["Location"].startswith(reverse("account_reauthenticate"))


def test_there_are_so_many_and_no_more(
    client: Client, planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkeys, "MOST", 1)
    browser = in_just_now(client, planner)
    added(browser, Device())
    assert "Ya tiene 1 llaves: quite una antes." in added(browser, Device())


def test_its_owner_takes_it_away_and_nobody_else(
    client: Client, planner: User, operator: User
) -> None:
    browser = in_just_now(client, planner)
    added(browser, Device())
    passkey = Authenticator.objects.get(type="webauthn")
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert in_just_now(Client(), operator).post(remove).status_code == 404
    assert "Quitar la llave «mi teléfono»" in browser.get(remove).content.decode()
    browser.post(remove)
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_it_goes_with_the_codes(client: Client, reporter: User) -> None:
    TOTP.activate(reporter, TOTP_SECRET)
    browser = in_just_now(client, reporter)
    browser.post(reverse("mfa_trust"), {"action": "no"})
    added(browser, Device())
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=reporter).exists()


def test_it_confirms_who_comes_from_an_old_session(
    client: Client, planner: User, signed_in: SignIn
) -> None:
    device = Device()
    added(in_just_now(client, planner), device)
    old, confirm = signed_in(planner), reverse("mfa_reauthenticate_webauthn")
    page = old.get(f"{confirm}?next={ADD}").content.decode()
    refused = old.post(f"{confirm}?next={ADD}", {"credential": "{}"}).content.decode()
    assert 'role="alert"' in refused
    assert "Usar mi contraseña" in refused
    page = old.get(f"{confirm}?next={ADD}").content.decode()
    sent = {"credential": device.used(page), "next": ADD}
    assert old.post(confirm, sent)["Location"] == ADD
    assert old.get(ADD).status_code == 200
