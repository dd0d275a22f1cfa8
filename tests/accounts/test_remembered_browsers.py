"""A browser is remembered for the second factor: of who reports, and of nobody who may do more."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from tests.accounts.conftest import Clock
from tests.factories import PASSWORD, TOTP_SECRET, authenticator_code, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN, CODE, REMEMBER = reverse("account_login"), reverse("mfa_authenticate"), reverse("mfa_trust")
DAY = 24 * 3600


@pytest.fixture
def clerk(reporter: User) -> User:
    """Who reports, and has a second factor of her own will."""
    TOTP.activate(reporter, TOTP_SECRET)
    return reporter


def by_password(client: Client, person: User) -> str:
    """Where the password alone leads."""
    sent = {"login": person.email, "password": PASSWORD, "next": "/gestion/"}
    return str(client.post(LOGIN, sent)["Location"])


def remembered(client: Client, person: User, clock: Clock, answer: str = "trust") -> Client:
    """The browser of PERSON, who gave ANSWER and went out again."""
    by_password(client, person)
    assert client.post(CODE, {"code": authenticator_code(clock.now)})["Location"] == REMEMBER
    assert client.post(REMEMBER, {"action": answer})["Location"] == "/gestion/"
    client.post(reverse("account_logout"))
    return client


def test_it_is_asked_for_no_code_for_thirty_days(client: Client, clerk: User, clock: Clock) -> None:
    browser = remembered(client, clerk, clock)
    clock.now += 29 * DAY
    assert by_password(browser, clerk) == "/gestion/"
    browser.post(reverse("account_logout"))
    clock.now += 2 * DAY
    assert by_password(browser, clerk) == CODE


def test_who_says_no_is_asked_again(client: Client, clerk: User, clock: Clock) -> None:
    assert by_password(remembered(client, clerk, clock, "no"), clerk) == CODE


def test_it_is_remembered_of_one_person_and_in_one_browser(
    client: Client, clerk: User, puno: Municipality, clock: Clock
) -> None:
    colleague = make_person("otra@puno.pe", Role.REPORTER, puno, clerk.memberships.get().unit)
    TOTP.activate(colleague, TOTP_SECRET)
    assert by_password(remembered(client, clerk, clock), colleague) == CODE
    assert by_password(Client(), clerk) == CODE


@pytest.mark.parametrize("role", [Role.PLANNING, Role.ADMINISTRATION])
def test_who_was_given_more_since_then_is_asked(
    client: Client, clerk: User, puno: Municipality, clock: Clock, role: Role
) -> None:
    browser = remembered(client, clerk, clock)
    Membership.objects.create(user=clerk, role=role, municipality=puno)
    assert by_password(browser, clerk) == CODE


def test_who_publishes_is_not_even_offered_it(client: Client, planner: User, clock: Clock) -> None:
    by_password(client, planner)
    answer = client.post(CODE, {"code": authenticator_code(clock.now)})
    assert answer["Location"] == "/gestion/"
    assert client.get(REMEMBER)["Location"] != REMEMBER


def test_new_recovery_codes_forget_every_browser(client: Client, clerk: User, clock: Clock) -> None:
    browser = remembered(client, clerk, clock)
    elsewhere = Client()
    by_password(elsewhere, clerk)
    clock.now += 120
    elsewhere.post(CODE, {"code": authenticator_code(clock.now)})
    elsewhere.post(REMEMBER, {"action": "no"})
    elsewhere.post(reverse("mfa_generate_recovery_codes"))
    assert by_password(browser, clerk) == CODE
