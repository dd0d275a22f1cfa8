"""The hearing pack of a plan: what it lists of the promises, the worst first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from plans.models import Plan, PlanElement
from tracking.accountability.content import Answering, HearingSaid
from tracking.accountability.frozen import read
from tracking.accountability.hearing import Hearing, next_hearing
from tracking.accountability.pack.lines import Line, Listed, Promised, briefly, shares
from tracking.choices import Stage, Verdict
from tracking.models import AccountabilityReport, Expenditure, ProgressReport
from tracking.public.figures.overview import Overview
from tracking.public.figures.promise_list import PromiseList
from tracking.public.promise_rows import PromiseRow
from tracking.reading.spending import YearOfSpending, spending_by_year
from tracking.reading.verdicts import LastKnown

MOST_WORST: Final = 10
"""What a page holds of the worst; the portal has the others."""

MOST_DONE: Final = 5
MOST_BEHIND: Final = 4
MOST_LEFT: Final = 3
MOST_ASKED: Final = 4
MOST_PROMISED: Final = 27
MOST_TOLD: Final = 3 * MOST_WORST
"""Of a kind that the page of the portal lists; the plan's own page has all."""


@dataclass(frozen=True)
class Pack:
    """OVERVIEW on the day of it; FORMER is that of the term before, None where it is not known.

    NEWEST is the newest edition of either; ``reports`` the newest published report of each
    promise, by its element's id; ``spent`` the newest figures of the activities COUNTED;
    ``answering`` who held the mayor's office, where that is known.
    """

    overview: Overview
    reports: Mapping[int, ProgressReport]
    why: Mapping[int, str]
    spent: Sequence[Expenditure]
    counted: Collection[int]
    former: "Pack | None" = None
    newest: AccountabilityReport | None = None
    answering: Answering | None = None

    @property
    def plan(self) -> Plan:
        return self.overview.plan

    @property
    def day(self) -> dt.date:
        return self.overview.at

    @cached_property
    def spending(self) -> YearOfSpending | None:
        """What was spent in the last year of which there are figures."""
        return next(iter(spending_by_year(self.spent, self.counted)), None)

    @property
    def told_until(self) -> dt.date | None:
        """The newest day that a report tells of."""
        days = (each.as_of for each in self.reports.values())
        return max((day for day in days if day), default=None)

    @property
    def hearing(self) -> Hearing | None:
        return next_hearing(self.plan.term, self.day)

    @cached_property
    def fixed(self) -> HearingSaid | None:
        """The hearing that the newest edition announced, as long as it is to come."""
        said = read(self.newest.content).hearing if self.newest else None
        return said if said and said.held_on and said.held_on >= self.day else None

    @property
    def is_over(self) -> bool:
        return self.day.year > self.plan.last_year

    @property
    def is_simulated(self) -> bool:
        """Whether anything that it tells never happened."""
        return self.plan.simulated or (self.former is not None and self.former.plan.simulated)

    @property
    def is_of_former_term(self) -> bool:
        """Whether the hearing is about a semester of the term before."""
        return self.hearing is not None and self.hearing.about.year < self.plan.first_year

    @cached_property
    def promises(self) -> PromiseList:
        return PromiseList(self.overview)

    @property
    def is_untold(self) -> bool:
        """Whether no report was due yet, and none came: then it tells what was promised."""
        known = self.overview.known.values()
        return all(each.verdict == Verdict.AHEAD for each in known)

    @cached_property
    def promised(self) -> list[Promised]:
        """The promises of each dimension, as far as one page holds them."""
        names = dict(self.plan.dimensions)
        by_name: dict[str, list[PlanElement]] = defaultdict(list)
        for element in self.promises.all:
            by_name[names.get(element.dimension, _("Compromisos generales"))].append(element)
        room = max(MOST_PROMISED - 2 * len(by_name), 0)  # each has a title, and says what is more
        shown = shares([len(each) for each in by_name.values()], room)
        return [
            Promised(
                title,
                len(elements),
                [(each.ref, briefly(each.statement)) for each in elements[:n]],
            )
            for (title, elements), n in zip(by_name.items(), shown, strict=True)
        ]

    # In a picture

    @property
    def going(self) -> list[tuple[str, list[LastKnown]]]:
        """How the promises of each dimension go."""
        known = self.overview.known
        return [
            (title, [known[each.pk] for each in elements])
            for title, elements in self.promises.by_dimension
        ]

    # In lists

    @cached_property
    def worst(self) -> tuple[Listed, Listed, Listed]:
        """What is halted, what is far behind, and what was not reported: each the worst first."""
        known = self.overview.known
        halted = sorted(self.going_as(Verdict.HALTED), key=self._since)
        late = [each for each in self._late if known[each.pk].is_far_behind]
        silent = sorted(self.going_as(Verdict.UNKNOWN), key=lambda each: -known[each.pk].silent)
        return (
            self._listed(
                _("Paralizado"),
                halted,
                _("Nada figura paralizado."),
                Verdict.HALTED,
            ),
            self._listed(_("Muy retrasado"), late, _("Nada figura muy retrasado."), Verdict.LATE),
            self._listed(
                _("Sin informe reciente"),
                silent,
                _("De todo hay un informe reciente."),
                Verdict.UNKNOWN,
            ),
        )

    @property
    def printed_worst(self) -> list[Listed]:
        """The same as far as one page holds them: a third of it for each, and what others leave."""
        shown = shares([len(each.lines) for each in self.worst], MOST_WORST)
        return [each.cut(n) for each, n in zip(self.worst, shown, strict=True)]

    @cached_property
    def done(self) -> Listed:
        known = self.overview.known
        done = [
            each
            for each in self.going_as(Verdict.DONE)
            if (cell := known[each.pk].cell) and cell.is_supported
        ]
        none = _("Nada figura cumplido con un sustento.")
        return self._listed(_("Cumplido, con sustento"), done, none, Verdict.DONE)

    @property
    def behind(self) -> Listed:
        """What is late, and not far."""
        known = self.overview.known
        late = [each for each in self._late if not known[each.pk].is_far_behind]
        return self._listed(_("Con retraso"), late, _("Nada más figura con retraso."), Verdict.LATE)

    @property
    def printed_behind(self) -> Listed:
        return self.behind.cut(MOST_BEHIND)

    @property
    def printed_done(self) -> Listed:
        return self.done.cut(MOST_DONE)

    @property
    def left(self) -> list[Listed]:
        """Of a former term: what it left halted or far behind."""
        return [each.cut(MOST_LEFT) for each in self.worst[:2] if each.lines]

    @property
    def asked_about(self) -> list[Line]:
        """The worst ones, of which the sheet for questions has a line; the last of them of those
        that left most unspent, of which nothing is asked yet.
        """
        shown = shares([len(each.lines) for each in self.printed_worst], MOST_ASKED)
        lines = [
            line
            for listed, n in zip(self.printed_worst, shown, strict=True)
            for line in listed.lines[:n]
        ]
        asked = {each.ref for each in lines}
        elements = {each.pk: each for each in self.overview.elements}
        unspent = [
            each
            for each in sorted(self.spent, key=lambda each: each.accrued - each.pim)
            if each.accrued < each.pim and elements[each.element_id].ref not in asked
        ]
        return [
            *lines,
            *(self._line(elements[each.element_id])._replace(spent=each) for each in unspent[:1]),
        ]

    @cached_property
    def _late(self) -> list[PlanElement]:
        """What is late: what has done nothing first, then what is furthest behind."""
        return sorted(self.going_as(Verdict.LATE), key=self._behind)

    def _behind(self, element: PlanElement) -> tuple[bool, Decimal]:
        cell, report = self.overview.known[element.pk].cell, self.reports.get(element.pk)
        if report is None or report.progress is None or report.planned is None:
            return cell is None or cell.stage != Stage.IDLE, Decimal(0)
        return report.progress > 0, report.progress - report.planned

    def _since(self, element: PlanElement) -> dt.date:
        report = self.reports.get(element.pk)
        return (report and report.halted_since) or dt.date.max

    def going_as(self, verdict: Verdict) -> list[PlanElement]:
        known = self.overview.known
        return [
            each
            for each in self.overview.elements
            if each.pk in known and known[each.pk].verdict == verdict
        ]

    def _listed(
        self, title: str, elements: Sequence[PlanElement], none: str, verdict: Verdict
    ) -> Listed:
        address = f"{self.plan.get_absolute_url()}?va={verdict.value}#promesas"
        lines = [self._line(each) for each in elements[:MOST_TOLD]]
        return Listed(title, lines, len(elements) - len(lines), none, address)

    def _line(self, element: PlanElement) -> Line:
        overview = self.overview
        known, report = overview.known[element.pk], self.reports.get(element.pk)
        row = PromiseRow(
            f"{self.plan.get_absolute_url()}{element.ref}/",
            briefly(element.statement),
            known,
            who=overview.who(element),
            why=self.why.get(element.pk, ""),
        )
        is_halted = known.verdict == Verdict.HALTED
        return Line(
            row,
            element.ref,
            known,
            report.as_of if report else None,
            report.halted_since if report and is_halted else None,
            is_over=self.is_over,
        )
