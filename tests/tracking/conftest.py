"""Pages are tried on the real plans: Puno has every level, Lamas is the largest."""

import signal
from collections.abc import Iterator

import pytest

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from tests.conftest import MakeOnce
from tests.factories import make_person, make_unit
from tests.real_plans import make_real_place, publish_its_plan
from tests.replayed import replayed_plan
from tests.tracking.issued import Accounted, accounted_in, closed_semester
from tests.tracking.office.acting import System
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tracking.choices import Step
from tracking.models import AccountabilityReport, ProgressReport, SemesterWindow
from tracking.services.drafts import save_draft

ACTIVITY, TARGET = "S.1.1.1", "S.1.1.2"


@pytest.fixture
def real_puno(db: None) -> Plan:
    return replayed_plan(make_real_place("puno"), publish_its_plan)


@pytest.fixture
def real_lamas(db: None) -> Plan:
    return replayed_plan(make_real_place("lamas"), publish_its_plan)


@pytest.fixture
def real_otuzco(db: None) -> Plan:
    return replayed_plan(make_real_place("otuzco"), publish_its_plan)


@pytest.fixture
def accounted(puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User) -> Accounted:
    """Puno's first semester, closed, of which nothing was issued yet."""
    return closed_semester(puno_plan, puno_unit, planner, reporter)


@pytest.fixture(scope="module")
def accounted_once(make_once: MakeOnce) -> Accounted:
    """The same, made once for a file, which then has no other Puno."""
    return make_once(accounted_in)


@pytest.fixture
def issued(accounted: Accounted) -> AccountabilityReport:
    """The first edition of Puno's first semester."""
    return accounted.issue()


@pytest.fixture
def plan(puno_plan: Plan) -> Plan:
    """Of an elected authority; the reporter's unit answers for its activity and its target."""
    return elect(puno_plan)


@pytest.fixture
def window(puno: Municipality) -> SemesterWindow:
    return open_window(puno, FIRST)


@pytest.fixture
def activity(plan: Plan, window: SemesterWindow, puno_unit: Unit) -> PlanElement:
    return element_of(plan, ACTIVITY, puno_unit)


@pytest.fixture
def report(activity: PlanElement, reporter: User) -> ProgressReport:
    values = {"step": 2, "narrative": "Se firmó.", "as_of": FIRST.last_day}
    return save_draft(activity, FIRST, values, by=reporter, edit=0)


@pytest.fixture
def target(plan: Plan, window: SemesterWindow, puno_unit: Unit) -> PlanElement:
    return element_of(plan, TARGET, puno_unit)


@pytest.fixture
def colleague(puno: Municipality) -> User:
    """Reports for another unit of Puno."""
    unit = make_unit(puno, "Gerencia de Ambiente")
    return make_person("colleague@puno.pe", Role.REPORTER, puno, unit)


@pytest.fixture
def second_planner(puno: Municipality) -> User:
    return make_person("second@puno.pe", Role.PLANNING, puno)


@pytest.fixture
def system(reporter: User, puno: Municipality) -> System:
    """Of the reporter: it may do all that a system can."""
    return System(reporter, puno)


@pytest.fixture
def reported(puno_plan: Plan, puno_unit: Unit, reporter: User, planner: User) -> Plan:
    """Puno reported of its activity twice, and began a report of its target."""
    elect(puno_plan)
    element = element_of(puno_plan, "S.1.1.1", puno_unit)
    for semester, step in ((FIRST, Step.PREPARING), (FIRST.next, Step.RUNNING)):
        open_window(puno_plan.municipality, semester)
        publish(draft(element, semester, reporter, step=step), by=planner)
    draft(element_of(puno_plan, "S.1.1.2", puno_unit), FIRST, reporter, step=None)
    return puno_plan


@pytest.fixture
def handlers_of_signals() -> Iterator[None]:
    """What a signal does here is afterwards what it did before."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)
