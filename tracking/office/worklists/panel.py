"""A semester as planning watches it: unit by unit, those that are behind before the others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from tracking.choices import ReportState
from tracking.measuring.reminded import reporters_of, told_within_a_day, waited_for
from tracking.measuring.tasks import Task
from tracking.models import Reminder, SemesterWindow


@dataclass
class Count:
    """How TASKS stand. A correction under way counts as published: its promise was reported."""

    tasks: list[Task] = field(default_factory=list)

    @property
    def due(self) -> int:
        return len(self.tasks)

    @property
    def missing(self) -> int:
        """What nobody has sent, or was given back."""
        return sum(not task.is_done for task in self.tasks)

    @property
    def done(self) -> int:
        return self.due - self.missing

    @property
    def returned(self) -> int:
        return self._in(ReportState.RETURNED)

    @property
    def sent(self) -> int:
        return self._in(ReportState.SUBMITTED)

    @property
    def published(self) -> int:
        return self.done - self.sent

    @property
    def without_terms(self) -> int:
        """Of how many nobody has said how they are measured."""
        return sum(not (task.terms and task.terms.kind) for task in self.tasks)

    @property
    def without_schedule(self) -> int:
        """Of how many it is said how they are measured, and not until when."""
        return sum(lacks_schedule(task) for task in self.tasks)

    def _in(self, state: str) -> int:
        return sum(task.state == state for task in self.tasks)


def lacks_schedule(task: Task) -> bool:
    kind = task.terms.kind if task.terms else ""
    return bool(kind and kind != MeasureKind.UNVERIFIABLE and not task.terms.schedule)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Person:
    """One who reports for a unit. ``stands_in_for``: whose deputy they are, if the role is lent.

    ``reminded``: the last time, of this semester; if ever. ``is_waited_for``: a reminder to them is
    on its way; ``is_told``: that, or they got one within a day.
    """

    user: User
    stands_in_for: User | None
    reminded: Reminder | None
    is_waited_for: bool
    is_told: bool


@dataclass
class UnitRow(Count):
    """What one UNIT owes in a semester, and its PEOPLE; without a unit, what none answers for."""

    unit: Unit | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody can report for it."""
        return self.unit is not None and not self.people

    @property
    def last_seen(self) -> dt.datetime | None:
        """When the last of its people signed in; None where nobody ever did."""
        return max(
            (each.user.last_login for each in self.people if each.user.last_login), default=None
        )

    @property
    def reminded(self) -> Reminder | None:
        """The last reminder that one of its people got."""
        known = [each.reminded for each in self.people if each.reminded]
        return max(known, key=lambda each: each.sent_at, default=None)

    @property
    def is_waited_for(self) -> bool:
        return any(each.is_waited_for for each in self.people)

    @property
    def can_be_reminded(self) -> bool:
        """Whether it is behind and has somebody who was not told within a day."""
        return bool(self.missing and any(not each.is_told for each in self.people))


def rows_of(tasks: Iterable[Task], units: Iterable[Unit]) -> list[UnitRow]:
    """A row for each of the open UNITS that answer for TASKS, the one that owes most first.

    A promise of two units stands in the row of each. No queries, and without their people.
    """
    row_of: dict[int | None, UnitRow] = {None: UnitRow()}
    row_of |= {unit.pk: UnitRow(unit=unit) for unit in units if unit.closed_on is None}
    for task in tasks:
        answering = [row_of[unit.pk] for unit in task.units if unit.pk in row_of]
        for row in answering or [row_of[None]]:
            row.tasks.append(task)
    rows = [row for row in row_of.values() if row.tasks]
    return sorted(rows, key=_by_urgency)


def _by_urgency(row: UnitRow) -> tuple[int, int, bool, str]:
    return -row.missing, -row.returned, row.unit is None, str(row.unit)


def with_people(
    rows: list[UnitRow], municipality: Municipality, window: SemesterWindow | None
) -> list[UnitRow]:
    """ROWS, each with who reports for its unit, and when they were told of WINDOW. Five queries."""
    row_of = {row.unit.pk: row for row in rows if row.unit}
    roles = reporters_of(municipality, at=timezone.localdate())
    members = [each for each in roles if each.unit_id in row_of]
    users = list({each.user: None for each in members})
    sent = Reminder.objects.filter(window=window, user__in=users).select_related("asked_by")
    newest = {each.user_id: each for each in sent.order_by("sent_at")}
    waiting, told = waited_for(users), told_within_a_day(users, at=timezone.now())
    for each in members:
        pk = each.user_id
        person = Person(each.user, each.lent_by, newest.get(pk), pk in waiting, pk in told)
        row_of[each.unit_id].people.append(person)  # type: ignore[index]
    return rows
