"""A clock that a test sets, and an invitation that waits."""

import datetime as dt
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from accounts.services import invitations
from tests.accounts.invited import NEW, link_of
from tests.conftest import SignIn
from tests.factories import make_person
from tests.letters import letters


@pytest.fixture
def nobody_tried_before(db: None) -> None:
    """The counts of who tries to come in begin anew."""
    cache.clear()


class Clock:
    """The time, of the second factor, of sessions and of what is remembered for a while."""

    def __init__(self) -> None:
        self.now = 1_795_916_010.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()

    def now() -> dt.datetime:
        return dt.datetime.fromtimestamp(clock.now, dt.UTC)

    monkeypatch.setattr(time, "time", lambda: clock.now)
    monkeypatch.setattr(timezone, "now", now)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", now)
    return clock


@pytest.fixture
def administrator(puno: Municipality) -> User:
    return make_person("admin@puno.pe", Role.ADMINISTRATION, puno)


@pytest.fixture
def browser(administrator: User, signed_in: SignIn) -> Client:
    return signed_in(administrator)


@pytest.fixture
def link(administrator: User, puno: Municipality, puno_unit: Unit) -> str:
    """Of an invitation to report for a unit of Puno, as its letter brings it."""
    invitations.invite(
        NEW, Role.REPORTER, by=administrator, municipality=puno, unit=puno_unit, name="Maria"
    )
    return link_of(letters()[-1])
