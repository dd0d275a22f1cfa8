"""Pages are tried on the real plans: Puno has every level, Lamas is the largest."""

import pytest

from accounts.models import Unit, User
from plans.models import Plan
from tests.conftest import MakeOnce
from tests.real_plans import publish_real_plan
from tests.tracking.issued import Accounted, accounted_in, closed_semester


@pytest.fixture
def real_puno(db: None) -> Plan:
    return publish_real_plan("puno")


@pytest.fixture
def real_lamas(db: None) -> Plan:
    return publish_real_plan("lamas")


@pytest.fixture
def real_otuzco(db: None) -> Plan:
    return publish_real_plan("otuzco")


@pytest.fixture
def accounted(puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User) -> Accounted:
    """Puno's first semester, closed, of which nothing was issued yet."""
    return closed_semester(puno_plan, puno_unit, planner, reporter)


@pytest.fixture(scope="module")
def accounted_once(make_once: MakeOnce) -> Accounted:
    """The same, made once for a file, which then has no other Puno."""
    return make_once(accounted_in)
