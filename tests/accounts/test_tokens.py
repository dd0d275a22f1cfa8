"""Tokens: who makes one, what it lets a system do, and when it ends."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import Role, TokenScope
from accounts.models import Municipality, Token, Unit, User
from accounts.services.people import add_person, change_role, deactivate, end_role
from accounts.services.second_factor import remove_second_factor
from accounts.services.tokens import MOST, TokenRefused, admit, make_token, revoke_token, token_of
from tests.accounts.keyed import MONTH, at_the_desk, made
from tests.factories import PASSWORD, make_person
from tests.letters import letters

pytestmark = pytest.mark.django_db


def test_a_token_is_known_again_by_its_text_which_is_nowhere(
    reporter: User, puno: Municipality
) -> None:
    token, text = made(reporter, puno)
    assert token_of(text) == token
    assert text.startswith("vigia_")
    row = Token.objects.values().get()
    assert text not in str(row)
    assert (row["ending"], len(row["digest"])) == (text[-4:], 64)


@pytest.mark.parametrize("text", ["", "vigia_", "vigia_" + "a" * 43, "\x00", "ñ" * 5000])
def test_any_other_text_is_refused(reporter: User, puno: Municipality, text: str) -> None:
    made(reporter, puno)
    with pytest.raises(TokenRefused, match="no existe"):
        token_of(text)


def test_a_token_ends_when_it_says(reporter: User, puno: Municipality) -> None:
    token, text = made(reporter, puno)
    now = timezone.now()
    Token.objects.update(created_at=now - MONTH, expires_at=now + dt.timedelta(seconds=30))
    assert token_of(text) == token
    Token.objects.update(expires_at=now)
    with pytest.raises(TokenRefused, match="venció"):
        token_of(text)


def test_a_revoked_token_serves_no_more_and_its_name_is_free(
    reporter: User, puno: Municipality
) -> None:
    token, text = made(reporter, puno)
    assert revoke_token(token)
    assert not revoke_token(token)
    with pytest.raises(TokenRefused, match="se anuló"):
        token_of(text)
    assert made(reporter, puno)[0].pk != token.pk


def test_each_scope_has_those_before_it(reporter: User, puno: Municipality) -> None:
    token, _text = made(reporter, puno, TokenScope.WRITE)
    admit(token, TokenScope.READ)
    admit(token, TokenScope.WRITE)
    with pytest.raises(PermissionDenied, match="no lo permite"):
        admit(token, TokenScope.SUBMIT)


def test_it_lets_nothing_that_its_person_may_no_longer_do(
    reporter: User, planner: User, puno: Municipality
) -> None:
    _token, text = made(reporter, puno)
    end_role(reporter.memberships.get(), by=planner)
    with pytest.raises(TokenRefused, match="se anuló"):
        token_of(text)


def test_whatever_else_ends_a_role_ends_what_its_tokens_do(
    reporter: User, puno: Municipality
) -> None:
    _token, text = made(reporter, puno)
    reporter.memberships.update(ended_on=timezone.localdate())
    with pytest.raises(PermissionDenied, match="ya no informa"):
        admit(token_of(text), TokenScope.READ)
    deactivate(reporter)
    with pytest.raises(PermissionDenied, match="ya no informa"):
        admit(token_of(text), TokenScope.READ)


def test_another_role_is_not_for_the_systems_of_the_former(
    reporter: User, planner: User, puno: Municipality
) -> None:
    _token, text = made(reporter, puno)
    change_role(reporter.memberships.get(), Role.PLANNING, None, by=planner)
    with pytest.raises(TokenRefused, match="se anuló"):
        token_of(text)


def test_a_role_elsewhere_that_ends_leaves_those_of_here(
    planner: User, operator: User, puno: Municipality, lamas: Municipality
) -> None:
    there, _added = add_person(planner.email, Role.PLANNING, municipality=lamas)
    token, text = made(planner, puno)
    end_role(there, by=operator)
    assert token_of(text) == token


def test_another_password_ends_them(reporter: User, puno: Municipality) -> None:
    _token, text = made(reporter, puno)
    sent = {
        "oldpassword": PASSWORD,
        "password1": "otra-clave-larga",
        "password2": "otra-clave-larga",
    }
    at_the_desk(reporter).post("/cuenta/clave/cambiar/", sent)
    with pytest.raises(TokenRefused, match="se anuló"):
        token_of(text)


def test_a_second_factor_that_is_taken_away_ends_them(
    planner: User, operator: User, puno: Municipality
) -> None:
    _token, text = made(planner, puno)
    remove_second_factor(planner, by=operator)
    with pytest.raises(TokenRefused, match="se anuló"):
        token_of(text)


def test_an_expired_one_gives_its_name_to_the_next(reporter: User, puno: Municipality) -> None:
    made(reporter, puno)
    now = timezone.now()
    Token.objects.update(created_at=now - MONTH, expires_at=now)
    made(reporter, puno)
    assert reporter.tokens.filter(revoked_at=None).count() == 1


def test_it_waits_for_a_second_factor_that_was_taken_away(
    planner: User, puno: Municipality
) -> None:
    _token, text = made(planner, puno)
    admit(token_of(text), TokenScope.READ)
    Authenticator.objects.all().delete()
    with pytest.raises(PermissionDenied, match="segundo factor"):
        admit(token_of(text), TokenScope.READ)


def test_where_the_portal_is_real_nobody_of_the_demonstration_acts(
    puno: Municipality, puno_unit: Unit, settings: Settings
) -> None:
    person = make_person("obras@puno.example", Role.REPORTER, puno, puno_unit)
    _token, text = made(person, puno)
    admit(token_of(text), TokenScope.READ)
    settings.REAL = True
    with pytest.raises(PermissionDenied, match="ya no informa"):
        admit(token_of(text), TokenScope.READ)


def test_the_day_of_its_use_is_noted_once(
    reporter: User, puno: Municipality, django_assert_num_queries: object
) -> None:
    _token, text = made(reporter, puno)
    admit(token_of(text), TokenScope.READ)
    token = token_of(text)
    assert token.last_used_on == timezone.localdate()
    with django_assert_num_queries(1):  # type: ignore[operator]  # the roles of the person
        admit(token, TokenScope.READ)


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.OPERATOR])
def test_who_does_not_report_makes_none(puno: Municipality, role: Role) -> None:
    person = make_person("a@puno.pe", role, puno if role != Role.OPERATOR else None)
    with pytest.raises(ValidationError, match="Solo quien informa"):
        made(person, puno)


def test_nobody_makes_one_for_another_municipality(outsider: User, puno: Municipality) -> None:
    with pytest.raises(ValidationError, match="Solo quien informa"):
        made(outsider, puno)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_it_lasts_a_year_at_most(reporter: User, puno: Municipality, days: int) -> None:
    with pytest.raises(ValidationError, match="hasta un año"):
        make_token(reporter, puno, "A", TokenScope.READ, lasts=dt.timedelta(days=days))


def test_a_name_is_given_once(reporter: User, planner: User, puno: Municipality) -> None:
    made(reporter, puno)
    made(planner, puno)
    with pytest.raises(ValidationError, match="Ya tiene una clave con ese nombre"):
        make_token(reporter, puno, " sistema de OBRAS ", TokenScope.READ, lasts=MONTH)


def test_nobody_has_more_than_a_few(reporter: User, puno: Municipality) -> None:
    for number in range(MOST):
        make_token(reporter, puno, f"Sistema {number}", TokenScope.READ, lasts=MONTH)
    with pytest.raises(ValidationError, match="Ya tiene 20 claves"):
        made(reporter, puno)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "publicar"},
        {"digest": "abc"},
        {"ending": ""},
        {"name": ""},
        {"expires_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_what_is_no_token(
    reporter: User, puno: Municipality, wrong: dict[str, object]
) -> None:
    made(reporter, puno)
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.objects.update(**wrong)


def test_who_makes_one_is_told_by_mail(reporter: User, puno: Municipality) -> None:
    _token, text = made(reporter, puno)
    (letter,) = letters()
    assert letter.to == [reporter.email]
    assert "«Sistema de obras»" in letter.body
    assert text not in letter.body
