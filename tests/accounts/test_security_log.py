"""The security log: what is in it, from where it came, and what is never there."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.choices import Role, TokenScope
from accounts.models import Municipality, Unit, User
from accounts.security import note
from accounts.services.people import add_person, end_role
from accounts.services.second_factor import remove_second_factor
from accounts.services.tokens import revoke_token
from config.logs import Line
from tests.conftest import SignIn
from tests.factories import PASSWORD, WRONG_CODE, authenticator_code
from tests.tracking.office.acting import System

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN = reverse("account_login")
CODE = reverse("mfa_authenticate")

Logged = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def logged(
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Logged:
    """What an act leaves in the log, each with its level."""
    caplog.set_level(logging.INFO)

    def of(act: Callable[[], object]) -> list[str]:
        caplog.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [
            f"{each.levelname} {each.getMessage()}"
            for each in caplog.records
            if each.name in {"vigia.security", "django.security.DisallowedHost"}
        ]

    return of


def by(person: User | None) -> str:
    """Whoever sits at the test's browser."""
    return f"account={person.pk if person else '-'} address=127.0.0.1"


def sign_in(client: Client, person: User, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": password})


def test_who_comes_in_and_goes(client: Client, reporter: User, logged: Logged) -> None:
    assert logged(lambda: sign_in(client, reporter)) == [f"INFO sign_in {by(reporter)}"]
    out = reverse("account_logout")
    assert logged(lambda: client.post(out)) == [f"INFO sign_out {by(reporter)}"]


def test_who_does_not_and_nothing_of_what_they_typed(
    client: Client, reporter: User, logged: Logged
) -> None:
    wrong = {"login": reporter.email, "password": "mi-secreto"}
    assert logged(lambda: client.post(LOGIN, wrong)) == [f"WARNING sign_in.failed {by(reporter)}"]
    swapped = {"login": "mi-secreto@otra.pe", "password": reporter.email}
    assert logged(lambda: client.post(LOGIN, swapped)) == [f"WARNING sign_in.failed {by(None)}"]


def test_who_has_to_wait(client: Client, planner: User, logged: Logged) -> None:
    for __ in range(5):
        sign_in(client, planner, "otra")
    assert logged(lambda: sign_in(client, planner)) == [
        f"WARNING sign_in.throttled {by(planner)}",
        f"WARNING access.throttled {by(None)} status=429 method=POST view=account_login",
    ]


def test_a_second_factor_that_fails_and_one_that_does_not(
    client: Client, planner: User, logged: Logged
) -> None:
    assert logged(lambda: sign_in(client, planner)) == []  # half-way
    wrong = logged(lambda: client.post(CODE, {"code": WRONG_CODE}))
    assert wrong == [f"WARNING second_factor.failed {by(planner)}"]
    right = logged(lambda: client.post(CODE, {"code": authenticator_code()}))
    assert right == [f"INFO sign_in {by(planner)}"]


def test_a_second_factor_that_is_taken_away(operator: User, planner: User, logged: Logged) -> None:
    told = logged(lambda: remove_second_factor(planner, by=operator))
    assert told == [f"INFO second_factor.removed account={planner.pk} address=- by={operator.pk}"]


def test_a_person_s_own_changes(client: Client, reporter: User, logged: Logged) -> None:
    sign_in(client, reporter)
    page = client.get(reverse("mfa_activate_totp"))
    Authenticator.objects.all().delete()
    code = authenticator_code(secret=page.context["form"].secret)
    # (Its address is lost to a test, whose transaction outlives the request.)
    told = logged(lambda: client.post(reverse("mfa_activate_totp"), {"code": code}))
    assert told == [f"INFO account.totp_activated account={reporter.pk} address=-"]
    told = logged(lambda: client.post(reverse("mfa_deactivate_totp")))
    assert told == [f"INFO account.totp_deactivated {by(reporter)}"]
    new = {"oldpassword": PASSWORD, "password1": "algo-bien-largo", "password2": "algo-bien-largo"}
    told = logged(lambda: client.post(reverse("account_change_password"), new))
    assert told == [f"INFO account.password_changed {by(reporter)}"]


def test_what_was_refused_by_the_view_s_name(
    reporter: User, outsider: User, puno: Municipality, signed_in: SignIn, logged: Logged
) -> None:
    people = reverse("office_accounts:people", args=[puno.slug])
    told = logged(lambda: signed_in(reporter).get(f"{people}?q=texto"))
    view = "office_accounts:people"
    assert told == [
        f"WARNING access.refused {by(reporter)} status=403 method=GET view={view}",
    ]
    told = logged(lambda: signed_in(outsider).get(people))
    assert told == [f"WARNING access.hidden {by(outsider)} permission=people.view"]
    told = logged(lambda: signed_in(reporter).get("/admin/login/"))
    assert told == [f"WARNING access.refused {by(reporter)} permission=admin.enter"]


def test_what_a_token_did_and_what_it_could_not(
    reporter: User, puno: Municipality, puno_unit: Unit, logged: Logged
) -> None:
    made = logged(lambda: System(reporter, puno, TokenScope.READ))
    token = reporter.tokens.get()
    where = f"token={token.pk} scope=leer"
    mine = f"account={reporter.pk} address=-"
    assert made == [f"INFO token.made {mine} {where} municipality={puno.pk}"]
    system = System(reporter, puno, TokenScope.WRITE)
    other = reporter.tokens.exclude(pk=token.pk).get()
    told = logged(lambda: system.ask("GET", "worklist/"))
    assert told == [f"INFO token.used {by(reporter)} token={other.pk} scope=leer"]
    assert logged(lambda: revoke_token(other)) == [f"INFO token.revoked {mine} token={other.pk}"]
    told = logged(lambda: system.ask("GET", "worklist/"))
    assert len(told) == 1
    assert re.match(rf"WARNING access.refused {by(None)} status=401 method=GET view=", told[0])
    assert not any(system.text in each for each in told)


def test_who_is_given_a_role_and_from_whom_it_is_taken(
    operator: User, puno: Municipality, logged: Logged
) -> None:
    given = logged(lambda: add_person("nueva@puno.pe", Role.PLANNING, municipality=puno))
    person = User.objects.get(email="nueva@puno.pe")
    held = f"account={person.pk} address=- role=planificacion municipality={puno.pk} unit=-"
    assert given == [f"INFO role.given {held}"]
    ended = logged(lambda: end_role(person.memberships.get(), by=operator))
    assert ended == [f"INFO role.ended {held} by={operator.pk}"]


def test_a_foreign_host_is_one_line_without_its_name(
    client: Client, caplog: pytest.LogCaptureFixture, logged: Logged
) -> None:
    assert client.get("/", headers={"host": "otro.example"}).status_code == 400
    records = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert [Line().format(each).partition("Z ")[2] for each in records] == [
        f"WARNING django.security.DisallowedHost request.refused {by(None)}"
    ]


def test_what_is_rolled_back_was_never_done(reporter: User, logged: Logged) -> None:
    def given_up() -> None:
        with transaction.atomic():
            note("something.done", reporter.pk)
            transaction.set_rollback(True)

    assert logged(given_up) == []
