"""Two municipalities, each with its plan and its people: what belongs to one is not the other's."""

import gc
from collections.abc import Callable, Iterator
from typing import TypeVar

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from accounts.permissions import PERMISSIONS
from accounts.sessions import SessionStore
from accounts.spreadsheets.reading import read_workbook
from plans.models import Plan
from tests.factories import make_municipality, make_person, make_unit
from tests.replayed import replayed_plan

Made = TypeVar("Made")

# How long an example takes says how busy the machine is. One commit gets one answer, so examples
# are the same each time; `--hypothesis-profile=other` looks for others.
hypothesis.settings.register_profile("other", deadline=None)
hypothesis.settings.register_profile("same", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("same")


gc.disable()  # until all is collected: nothing of it is garbage


def pytest_collection_finish() -> None:
    """All that was imported stays: the garbage collector need not walk through it in each test."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _pages_of_no_other_test() -> None:
    """Public pages are stored in tests as they are in production; what one stored goes with it."""
    caches["pages"].clear()
    caches["readers"].clear()


@pytest.fixture
def puno(db: None) -> Municipality:
    return make_municipality("Puno", "210101")


@pytest.fixture
def lamas(db: None) -> Municipality:
    return make_municipality("Lamas", "220501", region="San Martín")


@pytest.fixture
def puno_plan(puno: Municipality) -> Plan:
    return replayed_plan(puno)


@pytest.fixture
def lamas_plan(lamas: Municipality) -> Plan:
    return replayed_plan(lamas)


@pytest.fixture
def puno_unit(puno: Municipality) -> Unit:
    return make_unit(puno)


@pytest.fixture
def lamas_unit(lamas: Municipality) -> Unit:
    return make_unit(lamas)


@pytest.fixture
def planner(puno: Municipality) -> User:
    """Plans in Puno."""
    return make_person("planner@puno.pe", Role.PLANNING, puno)


@pytest.fixture
def outsider(lamas: Municipality) -> User:
    """Plans in Lamas: a stranger in Puno."""
    return make_person("planner@lamas.pe", Role.PLANNING, lamas)


@pytest.fixture
def reporter(puno: Municipality, puno_unit: Unit) -> User:
    """Reports for a unit of Puno; may not enter the admin."""
    return make_person("reporter@puno.pe", Role.REPORTER, puno, puno_unit)


@pytest.fixture
def operator(db: None) -> User:
    return make_person("operator@vigia.pe", Role.OPERATOR)


@pytest.fixture
def planning_enters(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the admin's door let planning in: behind it, each row still asks whose it is."""
    monkeypatch.setitem(PERMISSIONS, "admin.enter", frozenset({Role.PLANNING, Role.OPERATOR}))


@pytest.fixture
def sheets_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are read without a process for each: what they say is tested, not who reads them."""
    monkeypatch.setattr("accounts.forms.spreadsheet.read_sent", read_workbook)


@pytest.fixture
def infected(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is sent, the antivirus knows it."""
    settings.CLAMD = "somewhere"
    monkeypatch.setattr("accounts.antivirus._answer", lambda *_asked: "Eicar")


@pytest.fixture
def signed_in() -> "SignIn":
    return SignIn()


@pytest.fixture(scope="module")
def make_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["MakeOnce"]:
    """What it makes is in the database for each test of a file, and is undone with the last.

    What a test changes in rows goes with the test; what it changes in an object stays, so tests
    take a copy. No test of such a file may be transactional: that would empty the tables.
    """
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # no service may take it for its own
    with django_db_blocker.unblock():
        whole.__enter__()
    yield MakeOnce(django_db_blocker)
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The FILES_URL of an empty bucket of an S3 that is there for tests, on this machine alone."""
    from tests.s3 import serving  # noqa: PLC0415  # it takes two seconds to load

    with serving() as address:
        yield address


class SignIn:
    """A browser in which somebody has signed in: what is left of it, the session, written once."""

    def __call__(self, person: User) -> Client:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        return client


class MakeOnce:
    """Makes something with the database before the first test of a file begins."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker

    def __call__(self, make: Callable[[], Made]) -> Made:
        with self._blocker.unblock():
            return make()
