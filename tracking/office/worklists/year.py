"""What a year asks of a municipality: its days, and what its promises are to reach."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Unit
from plans.figures import figure_text
from plans.models import MeasuringTerms
from plans.semester import Semester
from tracking.choices import Step
from tracking.measuring.schedule import planned
from tracking.measuring.tasks import Task
from tracking.models import SemesterWindow


@dataclass(frozen=True)
class Day:
    """One day of the year and what begins or ends on it, about the reporting of SEMESTER."""

    day: dt.date
    semester: Semester
    what: str | Promise
    is_closed: bool


@dataclass(frozen=True)
class Expected:
    """What a promise is to reach at the end of each semester of the year; "" where unplanned."""

    task: Task
    first: str
    second: str

    @property
    def is_planned(self) -> bool:
        return bool(self.first or self.second)


@dataclass(frozen=True)
class Office:
    """The promises of UNIT that are planned for the year, and how many are not; None: no unit."""

    unit: Unit | None
    expected: list[Expected]
    unplanned: int


def windows_in(municipality: Municipality, year: int) -> list[SemesterWindow]:
    """The windows with a day in YEAR, or of its semesters, in order. One query."""
    rows = SemesterWindow.objects.filter(municipality=municipality).order_by("semester")
    return [
        each
        for each in rows
        if year in {each.semester.year, each.opens_on.year, each.due_on.year, each.closes_on.year}
    ]


def days_in(windows: Iterable[SemesterWindow], year: int) -> list[Day]:
    """What begins or ends in YEAR, in the order of its days."""
    days = [
        Day(day, window.semester, what, window.is_closed)
        for window in windows
        for day, what in (
            (window.opens_on, _("Se empieza a informar")),
            (window.due_on, _("Último día a tiempo")),
            (window.closes_on, _("Puede cerrarse")),
        )
        if day.year == year
    ]
    return sorted(days, key=lambda each: (each.day, each.semester))


def offices_in(tasks: Iterable[Task], year: int) -> list[Office]:
    """TASKS by who answers, units by their names, what nobody answers for at the end.

    What several units answer for stands with each: each has to plan for it.
    """
    shared: dict[Unit | None, list[Expected]] = {}
    for task in tasks:
        expected = _expected(task, year)
        units: list[Unit | None] = [*task.units] or [None]
        for unit in units:
            shared.setdefault(unit, []).append(expected)
    order = sorted(shared, key=lambda unit: (unit is None, unit.name if unit else ""))
    return [
        Office(
            unit,
            [each for each in shared[unit] if each.is_planned],
            sum(not each.is_planned for each in shared[unit]),
        )
        for unit in order
    ]


def _expected(task: Task, year: int) -> Expected:
    ends = (Semester(year, 1), Semester(year, 2))
    first, second = (planned_words(task.terms, each) for each in ends)
    return Expected(task, first, second)


def planned_words(terms: MeasuringTerms | None, semester: Semester) -> str:
    """What TERMS plan for the end of SEMESTER: "50 %", "En ejecución"; "" where nothing."""
    schedule: Mapping[str, str] = terms.schedule if terms else {}
    due = planned(schedule, semester)
    if terms is None or due is None or due <= 0:
        return ""
    return str(Step(int(due)).label) if terms.is_by_step else f"{figure_text(due)} %"
