"""Pages are tried on the real plans: Puno has every level, Lamas is the largest."""

import pytest

from plans.models import Plan
from tests.real_plans import publish_real_plan


@pytest.fixture
def real_puno(db: None) -> Plan:
    return publish_real_plan("puno")


@pytest.fixture
def real_lamas(db: None) -> Plan:
    return publish_real_plan("lamas")


@pytest.fixture
def real_otuzco(db: None) -> Plan:
    return publish_real_plan("otuzco")
