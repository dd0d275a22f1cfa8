"""An edition as it is read, on the page and on paper alike: what its content says, put in order.

Nothing here asks the database: the same content is told in the same way for ever.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.choices import Standing as PlanStanding
from plans.semester import Semester
from plans.summary import noun
from plans.term import Term
from tracking.accountability.budget import Budget
from tracking.accountability.content import Content, Counted, Promise, ReportSaid, SupportSaid
from tracking.accountability.frozen import read
from tracking.accountability.groups import (
    MOST_ROWS,
    Group,
    PromiseLine,
    balance_of,
    groups_of,
    lines_of,
    unfollowed,
)
from tracking.accountability.hearing import year_to_project
from tracking.accountability.units import UnitRow, units_of
from tracking.accountability.worst import worst_first, worst_of
from tracking.choices import Verdict
from tracking.models import AccountabilityReport
from tracking.models.edition_codes import grouped
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import Column
from tracking.public.figures.balance import Balance
from tracking.public.figures.changes import Changes
from tracking.reading.spending import YearOfSpending
from tracking.reading.verdicts import counted, sentence_of


@dataclass(frozen=True)
class Edition:
    """CONTENT, with its CODE and SHA256; a draft, which nobody issued, has neither."""

    content: Content
    code: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, report: AccountabilityReport) -> Self:
        """REPORT as it was frozen."""
        return cls(read(report.content), report.code, report.sha256)

    @cached_property
    def semester(self) -> Semester:
        return Semester.parse(self.content.semester)

    @cached_property
    def term(self) -> Term:
        return Term.parse(self.content.plan.term)

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def address(self) -> str:
        """Where anybody verifies it: what the QR leads to."""
        return f"{self.content.verify}{self.printed_code}/"

    @property
    def title(self) -> str:
        return _("Rendición de cuentas del semestre %(semester)s, %(place)s") % {
            "semester": self.semester,
            "place": self.content.municipality.full_name,
        }

    @property
    def description(self) -> str:
        """The title, and the counts; whoever prints it says first whether they are simulated."""
        counts = [f"{each.sentence}." for each in self.balances]
        return " ".join([f"{self.title}.", *counts])

    @property
    def standing(self) -> str:
        return str(PlanStanding(self.content.plan.standing).label)

    @property
    def whether_elected(self) -> str:
        """The same as a whole sentence, for where the plan is not named beside it."""
        if self.content.plan.standing == PlanStanding.UNCONFIRMED:
            return _("No se ha confirmado si esta lista ganó")
        return self.standing

    @property
    def years(self) -> str:
        """The years of a strip, as they stand above all strips: "2019 2020 2021"."""
        return " ".join(str(year) for year in range(self.term.first_year, self.semester.year + 1))

    # In short

    @cached_property
    def verdicts(self) -> Counter[str]:
        """How what was asked went, by the last that was known of it in the semester."""
        return Counter(each.known.verdict.value for each in self.asked)

    @property
    def sentence(self) -> str:
        """ "De 50 promesas: 3 cumplidas, 18 van a tiempo."; "" where nothing was asked."""
        return sentence_of(self.verdicts) if self.verdicts else ""

    @property
    def verdict_words(self) -> list[tuple[Verdict, str]]:
        """The counts of that sentence, one by one: each verdict with its words."""
        return counted(self.verdicts)

    @property
    def told_count(self) -> int:
        """How many of those asked were reported."""
        return sum(each.report is not None for each in self.asked)

    @cached_property
    def worst(self) -> list[PromiseLine]:
        return worst_of(self.asked)

    @property
    def spent(self) -> YearOfSpending | None:
        """What was spent in the semester's year."""
        rows = (each for each in self.content.spending if each.year == self.semester.year)
        return next(rows, None)

    @cached_property
    def balances(self) -> list[Balance]:
        """The whole plan in the semester."""
        return [
            balance_of(each) for each in self._of_plan if each.semester == self.content.semester
        ]

    @property
    def bars(self) -> list[tuple[Balance, list[Segment]]]:
        return [(each, each.segments()) for each in self.balances]

    @property
    def columns(self) -> list[tuple[str, list[Column]]]:
        """Each level that the semester tells of, from the term's first semester to this one."""
        return [
            (noun(each.level, 2).capitalize(), self._columns(each.level)) for each in self.balances
        ]

    def _columns(self, level: str) -> list[Column]:
        """Columns for whole years; semesters after this edition's have no figures."""
        counted = {each.semester: each for each in self._of_plan if each.level == level}
        columns = []
        for semester in Semester.all_of(self.term):
            if semester.year > self.semester.year:
                break
            row = counted.get(str(semester))
            segments = balance_of(row).segments() if row else []
            columns.append(Column(semester, segments, is_current=semester == self.semester))
        return columns

    @property
    def _of_plan(self) -> list[Counted]:
        return [each for each in self.content.standings if not each.dimension and not each.unit]

    @property
    def changes(self) -> list[tuple[str, list[Promise]]]:
        """What changed since the semester before, in words, each with its promises."""
        if not self.content.changed_since:
            return []
        since = Semester.parse(self.content.changed_since)
        changes: Changes[str] = Changes(since, **self.content.changes)
        return [(words, [self.by_ref[ref] for ref in refs]) for words, refs in changes.by_kind]

    # Promise by promise

    @cached_property
    def by_ref(self) -> dict[str, Promise]:
        return {each.ref: each for each in self.content.promises}

    @cached_property
    def line_by_ref(self) -> dict[str, PromiseLine]:
        return {each.promise.ref: each for each in self.lines}

    @cached_property
    def lines(self) -> list[PromiseLine]:
        return lines_of(self.content)

    @cached_property
    def groups(self) -> list[Group]:
        """The four dimensions, then the guidelines that are followed."""
        return groups_of(self.content, self.lines)

    @cached_property
    def placed(self) -> dict[str, str]:
        """The refs that have a row of their own, to which a link can lead, with their group's."""
        return {
            line.promise.ref: group.anchor
            for group in self.groups
            if not group.is_summed_up
            for line in (group.root, *group.lines)
            if line
        }

    @property
    def unfollowed(self) -> int:
        return unfollowed(self.content)

    @cached_property
    def asked(self) -> list[PromiseLine]:
        return [each for each in self.lines if each.promise.is_asked]

    @property
    def has_activities(self) -> bool:
        """Whether the plan has any: what is spent is stated of activities alone."""
        return any(each.level == Level.ACTIVITY for each in self.content.promises)

    @property
    def reports_asked(self) -> list[ReportSaid]:
        """Those that came of what was asked: none of a whole dimension, told once a year."""
        return [each.report for each in self.asked if each.report]

    @cached_property
    def reported(self) -> list[PromiseLine]:
        return [each for each in self.lines if each.report]

    @property
    def difficult(self) -> list[PromiseLine]:
        """What was reported with difficulties, measures, or a halt."""
        return [
            each
            for each in self.reported
            if each.report
            and (each.report.difficulties or each.report.next_steps or each.report.halted_since)
        ]

    @property
    def hard(self) -> list[PromiseLine]:
        """The promises that are `difficult`, what goes worst first."""
        return worst_first(each for each in self.difficult if not each.promise.is_dimension)

    @property
    def hard_dimensions(self) -> list[PromiseLine]:
        """What is `difficult` and told of a whole dimension: no office is asked for it."""
        return [each for each in self.difficult if each.promise.is_dimension]

    @cached_property
    def unexplained(self) -> list[PromiseLine]:
        """What is behind its schedule, and whose report says nothing of why."""
        return [each for each in self.reported if each.report and each.report.is_unexplained]

    @property
    def hard_count(self) -> int:
        """How many promises the chapter of difficulties lists."""
        return len({each.promise.ref for each in (*self.hard, *self.unexplained)})

    @property
    def explained_before(self) -> list[PromiseLine]:
        """Those of `unexplained` of which an earlier report gave a cause."""
        return [each for each in self.unexplained if each.report and each.report.cause_before]

    @property
    def never_explained(self) -> list[PromiseLine]:
        return [each for each in self.unexplained if each.report and not each.report.cause_before]

    @property
    def supported(self) -> list[tuple[Promise, list[SupportSaid]]]:
        return [
            (each.promise, each.report.supports)
            for each in self.reported
            if each.report and each.report.supports
        ]

    @property
    def support_count(self) -> int:
        return sum(len(supports) for _promise, supports in self.supported)

    @cached_property
    def silent(self) -> list[tuple[str, list[PromiseLine]]]:
        """What was asked and not reported, by the office that owes it, most first.

        What two offices answer for is with both; "" where none does.
        """
        owed: dict[str, list[PromiseLine]] = defaultdict(list)
        for line in self.lines:
            if line.promise.is_silent:
                for unit in line.promise.units or [""]:
                    owed[unit].append(line)
        return sorted(owed.items(), key=lambda each: -len(each[1]))

    @property
    def has_many_supports(self) -> bool:
        return self.support_count > MOST_ROWS

    @property
    def silent_count(self) -> int:
        return sum(each.is_silent for each in self.content.promises)

    # Who, and at what cost

    @property
    def year_to_project(self) -> int | None:
        """The year whose end could be projected when it was issued."""
        return year_to_project(self.semester, self.term, self.told_on)

    @property
    def told_on(self) -> dt.date:
        """The day as of which it tells: what is simulated is issued years after its semester."""
        content = self.content
        return content.days.closed_on if content.simulated else content.as_of

    @property
    def projected_year(self) -> int | None:
        """The year that it projects, or, without a projection, could have; None where none."""
        if not self.content.projection:
            return self.year_to_project
        return self.content.projection_year or self.semester.year

    @cached_property
    def budget(self) -> Budget:
        return Budget(self.content)

    @property
    def units(self) -> list[UnitRow]:
        return units_of(self.content)
