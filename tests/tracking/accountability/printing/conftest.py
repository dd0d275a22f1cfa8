import pytest

from accounts.choices import Role
from plans.semester import Semester
from tests.conftest import MakeOnce
from tests.factories import make_person
from tests.tracking.simulated import simulated_plan
from tracking.accountability.issuing import issue
from tracking.models import AccountabilityReport


@pytest.fixture(scope="module")
def simulated(make_once: MakeOnce) -> AccountabilityReport:
    """Of a real plan, in one of its semesters."""

    def make() -> AccountabilityReport:
        plan = simulated_plan("otuzco")
        window = plan.municipality.windows.get(semester=Semester(2021, 1))
        return issue(plan, window, edition=1, by=make_person("operator@vigia.pe", Role.OPERATOR))

    return make_once(make)
