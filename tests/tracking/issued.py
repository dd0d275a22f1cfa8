"""A semester as it is accounted for: reported, closed, and issued by the services."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from django.utils import timezone

from accounts.choices import Role
from accounts.models import Unit, User
from plans.models import Plan, PlanElement
from tests.factories import make_municipality, make_person, make_plan, make_unit
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.accountability.content import Content, Promise
from tracking.accountability.frozen import read
from tracking.accountability.issuing import issue
from tracking.accountability.rendering import make_files
from tracking.choices import Step
from tracking.models import AccountabilityReport, Expenditure, ProgressReport, SemesterWindow
from tracking.services.semesters import close_semester
from tracking.services.spending import state_expenditures

HARD = "Las lluvias cortaron el camino."
NEXT = "Se volverá a licitar."


@dataclass
class Accounted:
    """Puno's first semester, closed: the activity was reported with a support, the target not."""

    plan: Plan
    window: SemesterWindow
    activity: PlanElement
    target: PlanElement
    report: ProgressReport
    unit: Unit
    planner: User
    reporter: User

    def issue(self, edition: int = 1, reason: str = "") -> AccountabilityReport:
        return issue(self.plan, self.window, edition=edition, reason=reason, by=self.planner)

    def spend(self, year: int = 2019, until: dt.date | None = None) -> None:
        """State what the activity cost in YEAR, or UNTIL a day of it."""
        row = Expenditure(
            element=self.activity,
            year=year,
            pia=100,
            pim=200,
            accrued=50,
            as_of=until or dt.date(year, 12, 31),
            source="SIAF",
        )
        assert state_expenditures([(row, 0)], by=self.planner).saved

    def correct(self, reason: str = "Se contó mal.", **values: object) -> ProgressReport:
        """A published correction of the activity's report."""
        values = values or {"step": Step.PARTLY}
        return publish(correct(self.report, reason, self.reporter, **values), by=self.planner)


def closed_semester(plan: Plan, unit: Unit, planner: User, reporter: User) -> Accounted:
    elect(plan)
    window = open_window(plan.municipality, FIRST)
    activity, target = (element_of(plan, ref, unit) for ref in ("S.1.1.1", "S.1.1.2"))
    begun = draft(activity, FIRST, reporter, difficulties=HARD, next_steps=NEXT)
    sustain(begun)
    report = publish(begun, by=planner)
    close_semester(window, by=planner)
    window.refresh_from_db()
    return Accounted(plan, window, activity, target, report, unit, planner, reporter)


def accounted_in(name: str = "Puno", inei: str = "210101") -> Accounted:
    """The same, with its municipality and its people."""
    place = make_municipality(name, inei)
    unit = make_unit(place)
    planner = make_person(f"planner@{place.slug}.pe", Role.PLANNING, place)
    reporter = make_person(f"reporter@{place.slug}.pe", Role.REPORTER, place, unit)
    return closed_semester(make_plan(place), unit, planner, reporter)


def issued_and_printed() -> Accounted:
    """The same, with its first edition and the files of that."""
    accounted = accounted_in()
    accounted.issue()
    make_files()
    return accounted


def content_of(report: AccountabilityReport) -> Content:
    return read(report.content)


def promise_of(report: AccountabilityReport, ref: str) -> Promise:
    (found,) = (each for each in content_of(report).promises if each.ref == ref)
    return found


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    """As if it were DAY."""
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    with mock.patch("django.utils.timezone.now", return_value=noon):
        yield
