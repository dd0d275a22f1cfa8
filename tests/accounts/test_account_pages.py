"""Signing in, signing out and choosing a password, in the portal's own pages."""

import re
import threading
from functools import partial

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from accounts.services.people import save_person
from tests.conftest import SignIn
from tests.factories import PASSWORD, WRONG_CODE, make_person
from tests.letters import letters
from tests.meanwhile import PATIENCE, Meanwhile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")


def test_these_are_all_the_addresses() -> None:
    allauths = ("account_", "mfa_")
    names = {name for name in get_resolver().reverse_dict if str(name).startswith(allauths)}
    assert names == {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_trust",
    }


def test_a_person_signs_in_whatever_the_case_of_the_address(client: Client, reporter: User) -> None:
    sent = {"login": reporter.email.upper(), "password": PASSWORD, "next": "/admin/plans/"}
    answer = client.post(LOGIN, sent)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/plans/")


def test_a_wrong_password_is_told_beside_the_form_and_what_was_typed_stays(
    client: Client, planner: User
) -> None:
    page = client.post(LOGIN, {"login": planner.email, "password": "otra"}).content.decode()
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in page
    assert f'value="{planner.email}"' in page


def test_a_missing_field_has_its_error_beside_it_and_a_link_in_the_summary(client: Client) -> None:
    page = client.post(LOGIN, {"login": "", "password": "x"}).content.decode()
    assert '<a href="#id_login">' in page
    assert 'id="id_login_error"' in page
    assert 'aria-describedby="id_login_error"' in page


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("account_login", {"login": "planner@puno.pe", "password": "otra"}),
        ("account_reset_password", {"email": "sin arroba"}),
        ("account_change_password", {"oldpassword": "otra"}),
        ("account_reauthenticate", {"password": "otra"}),
        ("mfa_reauthenticate", {"code": WRONG_CODE}),
    ],
)
def test_a_form_that_comes_back_with_its_faults_says_so_by_its_status(
    client: Client, planner: User, signed_in: SignIn, name: str, sent: dict[str, str]
) -> None:
    browser = client if name in {"account_login", "account_reset_password"} else signed_in(planner)
    answer = browser.post(reverse(name), sent)
    assert answer.context["form"].errors
    assert answer.status_code == 422


def test_who_left_does_not_sign_in(client: Client, planner: User) -> None:
    User.objects.filter(pk=planner.pk).update(is_active=False)
    client.post(LOGIN, {"login": planner.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_next_page_that_is_no_address_is_left_aside(client: Client, reporter: User) -> None:
    broken = "https://["
    assert client.get(LOGIN, {"next": broken}).status_code == 200
    sent = {"login": reporter.email, "password": PASSWORD, "next": broken}
    assert client.post(LOGIN, sent)["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_another_site_cannot_be_the_next_page(client: Client, reporter: User) -> None:
    sent = {"login": reporter.email, "password": PASSWORD, "next": "https://otro.pe/"}
    assert client.post(LOGIN, sent)["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_signing_out_asks_first(planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    assert browser.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in browser.session
    assert browser.post(reverse("account_logout"))["Location"] == reverse("tracking:home")
    assert "_auth_user_id" not in browser.session


def test_a_new_person_chooses_their_first_password_by_mail(
    client: Client, puno: Municipality
) -> None:
    person = User(email="Nueva@Puno.pe")
    save_person(person)
    Membership.objects.create(user=person, role=Role.PLANNING, municipality=puno)
    answer = client.post(RESET, {"email": "nueva@puno.pe"})
    assert answer["Location"] == reverse("account_reset_password_done")
    [letter] = letters()
    assert letter.to == ["nueva@puno.pe"]
    assert letter.subject == "Elija su contraseña de Vigía"
    assert not getattr(letter, "alternatives", [])
    link = re.findall(rf"{settings.SITE_URL}(/cuenta/clave/nueva/\S+)", str(letter.body))[0]
    form = client.get(link, follow=True)
    place, __ = form.redirect_chain[-1]
    done = client.post(place, {"password1": "algo-bien-largo", "password2": "algo-bien-largo"})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert client.get(done["Location"]).status_code == 200
    signed = client.post(LOGIN, {"login": "nueva@puno.pe", "password": "algo-bien-largo"})
    assert signed["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    again = client.get(link)
    assert again.status_code == 410
    assert "Este enlace ya no sirve" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_a_link_that_is_sent_several_times_at_once_one_password_is_taken() -> None:
    person = make_person("olvido@puno.pe")
    Client().post(RESET, {"email": person.email})
    link = re.findall(r"/cuenta/clave/nueva/\S+", str(letters()[-1].body))[0]
    answers: dict[str, int] = {}
    together = threading.Barrier(4)

    def choose(password: str) -> None:
        browser = Client()
        place, __ = browser.get(link, follow=True).redirect_chain[-1]
        together.wait()
        answer = browser.post(place, {"password1": password, "password2": password})
        answers[password] = answer.status_code

    threads = [Meanwhile(partial(choose, f"algo-bien-largo-{each}")) for each in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    assert sorted(answers.values()) == [302, 410, 410, 410]
    person.refresh_from_db()
    [taken] = [password for password in answers if answers[password] == 302]
    assert person.check_password(taken)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client: Client) -> None:
    answer = client.post(RESET, {"email": "nadie@otro.pe"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert client.get(answer["Location"]).status_code == 200
    assert letters() == []


def test_a_poor_password_is_refused(planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    sent = {"oldpassword": PASSWORD, "password1": "corta", "password2": "corta"}
    page = browser.post(reverse("account_change_password"), sent)
    assert page.context["form"].errors.keys() == {"password1"}
    planner.refresh_from_db()
    assert planner.check_password(PASSWORD)


def test_a_changed_password_is_said(planner: User, signed_in: SignIn) -> None:
    sent = {"oldpassword": PASSWORD, "password1": "algo-bien-largo", "password2": "algo-bien-largo"}
    page = signed_in(planner).post(reverse("account_change_password"), sent, follow=True)
    assert "Su contraseña cambió." in page.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_every_page_is_in_the_portals_own_look(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "account/_page.html" in [each.name for each in answer.templates]
    assert not re.search(r"<[^>]* style=|<script|<style", answer.content.decode())


@pytest.mark.parametrize(("is_real", "comes_in"), [(True, False), (False, True)])
def test_nobody_of_the_demonstration_comes_in_where_the_portal_is_real(
    client: Client, settings: Settings, is_real: bool, comes_in: bool
) -> None:
    settings.REAL = is_real
    make_person("responsable@puno.example")
    client.post(LOGIN, {"login": "Responsable@puno.example", "password": PASSWORD})
    assert ("_auth_user_id" in client.session) is comes_in
