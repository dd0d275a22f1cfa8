"""What is measured: the whole country, the five plans, and a large one that reports everything."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import count
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Municipality
from plans.choices import ActivityKind, Direction, Level, MeasureKind
from plans.models import MeasuringTerms, Plan, Responsibility
from plans.semester import Semester
from tests.factories import DIMENSIONS, Row, make_person, make_plan, make_unit
from tests.real_plans import FOLDER, PLACES, real_draft
from tests.tracking.published import report_everything
from tests.tracking.simulated import AT
from tracking.accountability.issuing import issue
from tracking.demo.simulate import simulate
from tracking.models import AccountabilityReport, SemesterWindow
from tracking.services.semesters import close_semester, generate_windows
from tracking.services.standings import recount
from tracking.transparency.growing import grow

NAME: Final = "bench_vigia"
PLACE: Final = "cusco"
REPORT_PLACE: Final = "abancay"
SIMULATED: Final = "lamas"  # the largest of the five
SEMESTER: Final = Semester(2019, 1)
PROBLEMS: Final = 5  # of each dimension, each with one objective
PROMISES: Final = 10  # of each objective, half of them targets
REPORTABLE: Final = len(DIMENSIONS) * PROBLEMS * PROMISES


@contextmanager
def own_database() -> Iterator[None]:
    """A database apart from the portal's and from the tests': all three can be used at once.

    It is gone in the end, whatever ends it, and what a killed run left is replaced.
    """
    usual = str(connection.settings_dict["NAME"])
    # From the first moment on nothing here knows the portal's own database any more.
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"] = NAME
    try:
        with redirect_stdout(io.StringIO()):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def build() -> Plan:
    """The large plan: 200 promises, each reported with a support in each of eight semesters."""
    call_command("load_municipalities", stdout=io.StringIO())
    call_command("import_plans", *sorted(FOLDER.glob("*.yaml")), stdout=io.StringIO())
    place = Municipality.objects.get(slug=PLACE)
    plan = make_plan(place, rows=list(_rows()))
    generate_windows(place, plan.term)
    planner = make_person("planificacion@cusco.example", Role.PLANNING, place)
    reports = report_everything(plan, planner, supports=1)
    recount(plan)
    simulate(Plan.objects.select_related("municipality").get(municipality__slug=SIMULATED), at=AT)
    grow(at=timezone.now())
    print(f"Un plan de {REPORTABLE} promesas con {reports} informes publicados.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return plan


def build_report() -> AccountabilityReport:
    """A plan of 200 targets and 200 activities, all reported in one semester, and its report."""
    place = Municipality.objects.get(slug=REPORT_PLACE)
    plan = make_plan(place, rows=list(_rows(promises=2 * PROMISES)))
    unit = make_unit(place)
    planner = make_person("planificacion@abancay.example", Role.PLANNING, place)
    elements = list(plan.elements.reportable().in_document_order())
    Responsibility.objects.bulk_create(
        Responsibility(element=each, unit=unit, plan=plan, municipality=place) for each in elements
    )
    targets = [each for each in elements if each.level == Level.TARGET]
    terms = MeasuringTerms.objects.bulk_create(
        MeasuringTerms(
            element=element,
            version=2,
            in_force_from=SEMESTER.first_day,
            reason="Acuerdo de concejo",
            by=planner,
            kind=MeasureKind.LEVEL,
            unit_of_measure="%",
            goal=100,
            direction=Direction.UP,
        )
        for element in targets
    )
    report_everything(plan, planner, supports=1, semesters=[SEMESTER], measured=terms)
    generate_windows(place, plan.term)
    window = SemesterWindow.objects.get(municipality=place, semester=SEMESTER)
    close_semester(window, by=planner)
    window.refresh_from_db()
    return issue(plan, window, edition=1, by=planner)


def _rows(promises: int = PROMISES) -> Iterator[Row]:
    """Each level with words of the real plans, so that pages are as long as they are in life."""
    words = (each.statement for slug in PLACES for each in real_draft(slug).elements)
    number = count(1)

    def said() -> str:
        return f"{next(number)}. {next(words)}"

    for letter in DIMENSIONS:
        yield letter, "", Level.DIMENSION, "", said()
        for problem in (f"{letter}.{n}" for n in range(1, PROBLEMS + 1)):
            objective = f"{problem}.1"
            yield problem, letter, Level.PROBLEM, "", said()
            yield objective, problem, Level.OBJECTIVE, "", said()
            for n in range(1, promises + 1, 2):
                yield f"{objective}.{n}", objective, Level.TARGET, "", said()
                kind = ActivityKind.PROJECT
                yield f"{objective}.{n + 1}", objective, Level.ACTIVITY, kind, said()
