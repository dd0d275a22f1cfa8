"""Two municipalities, each with its plan and its people: what belongs to one is not the other's."""

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.models import Plan
from tests.factories import make_municipality, make_person, make_plan, make_unit


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
    return make_plan(puno)


@pytest.fixture
def lamas_plan(lamas: Municipality) -> Plan:
    return make_plan(lamas)


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
def signed_in() -> "SignIn":
    return SignIn()


class SignIn:
    """A browser in which somebody has signed in."""

    def __call__(self, person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client
