"""How a plan goes: all that its page tells of what was reported, from one reading of it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from plans.answering import units_answering
from plans.choices import Level
from plans.locations import Kept, is_in
from plans.models import Plan, PlanElement
from plans.models.plan import NamedDimension
from plans.searching import Words
from plans.semester import Semester
from plans.tree import Branch, current_tree, pruned
from tracking.choices import Verdict
from tracking.measuring.due import Windows, windows_of
from tracking.models import SemesterWindow, Standing
from tracking.public.charts.bars import Segment
from tracking.public.figures.balance import Balance, balances, newest_begun, shown_semester
from tracking.public.figures.changes import Changes, changes_in
from tracking.public.figures.choice import UNSAID, Choice, classes_of
from tracking.public.figures.ending import last_known, last_known_sentence
from tracking.public.figures.undelivered import Debt, undelivered
from tracking.reading.locations import locations_of
from tracking.reading.states import SIGNALS, STATES
from tracking.reading.strips import Cell, Closings, closings_of, strips_of
from tracking.reading.verdicts import LastKnown
from tracking.reading.verdicts import last_known as last_known_of

LIST = "#promesas"
"""Where the page lists what was chosen."""


@dataclass(frozen=True)
class Overview:
    """A plan on the day AT, and what a reader CHOSE of it.

    By the element's id: its strip, and the ids of the units that answer for it today. ``standings``
    are those of the whole plan and of its dimensions; ``units`` the municipality's, by id;
    ``saying`` the ids of what holds the words that the reader chose.
    """

    plan: Plan
    at: dt.date
    roots: Sequence[Branch]
    windows: Windows
    closings: Closings
    strips: Mapping[int, Sequence[Cell]]
    standings: Sequence[Standing]
    units: Mapping[int, Unit]
    answering: Mapping[int, Sequence[int]]
    chosen: Choice
    saying: Collection[int] = ()

    @cached_property
    def elements(self) -> list[PlanElement]:
        """In document order."""
        return [branch.element for root in self.roots for branch in root.walk()]

    @cached_property
    def semester(self) -> Semester | None:
        """The one that is told: the one that was chosen, or the last one due; None before any."""
        if not self.standings:
            return None
        return self.chosen.semester or shown_semester(self.windows, at=self.at)

    @cached_property
    def moment(self) -> Semester | None:
        """Up to when the last that is known counts: the one that was chosen, or the newest begun.

        None before anything was asked.
        """
        if not self.standings:
            return None
        return self.chosen.semester or newest_begun(self.windows, at=self.at)

    @cached_property
    def choice(self) -> Choice:
        """What was chosen, with its semester named, so that the address stays valid later."""
        return replace(self.chosen, semester=self.semester)

    @property
    def window(self) -> SemesterWindow | None:
        return self.windows.get(self.semester) if self.semester else None

    @property
    def is_past_due(self) -> bool:
        """Whether the day to report the semester that is told is over."""
        return self.window is not None and self.window.is_past_due(self.at)

    @property
    def is_final(self) -> bool:
        """Whether the term is over and its last semester is told: then this is its balance."""
        last = Semester(self.plan.last_year, 2)
        return self.semester == last and self.at > last.last_day

    # How it stands

    @cached_property
    def by_semester(self) -> dict[Semester, list[Balance]]:
        """The whole plan, semester by semester."""
        return self._balances("")

    @property
    def balances(self) -> list[Balance]:
        """The whole plan in the semester that is told."""
        return self.by_semester.get(self.semester, []) if self.semester else []

    @cached_property
    def dimensions(self) -> list[tuple[NamedDimension, list[Balance]]]:
        """Each dimension in the semester that is told, where something was asked in it."""
        if self.semester is None:
            return []
        by_dimension = [
            (each, self._balances(each.value).get(self.semester, []))
            for each in self.plan.dimensions
        ]
        return [(dimension, rows) for dimension, rows in by_dimension if rows]

    def _balances(self, dimension: str) -> dict[Semester, list[Balance]]:
        rows = (each for each in self.standings if each.dimension == dimension)
        return balances(rows, self.windows, at=self.at)

    def bar_of(self, balance: Balance, **scope: Any) -> list[Segment]:
        """The parts of the bar of BALANCE, each leading to exactly the promises that it counts.

        SCOPE is the dimension or the unit of which it is, by the names of `Choice`.
        """
        counted = Choice(self.semester, level=balance.level, **scope)
        is_here = replace(self.choice, state="") == counted
        return balance.segments(
            lambda state: self.address_of(replace(counted, state=state)),
            self.choice.state if is_here else "",
        )

    @property
    def address(self) -> str:
        """Where the page of the plan lists what was chosen."""
        return self.address_of(self.choice)

    def address_of(self, choice: Choice, anchor: str = LIST) -> str:
        """The page of the plan as CHOICE has it: where it lists what that leaves."""
        return f"{self.plan.get_absolute_url()}{choice.address()}{anchor}"

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Each thing that was chosen, in words, with the address that gives it up."""
        choice = self.choice
        words = {
            "level": Level(choice.level).label if choice.level else "",
            "dimension": self.plan.dimension_name(choice.dimension) if choice.dimension else "",
            "unit": self.units[choice.unit].name if choice.unit else "",
            "state": STATES.get(choice.state, ""),
            "signal": SIGNALS[choice.signal].label if choice.signal else "",
            "verdict": Verdict(choice.verdict).label if choice.verdict else "",
            "words": f"«{choice.words}»" if choice.words else "",
            "classed": classes_of(self.plan)[choice.classed] if choice.classed else "",
            "district": self._district_named(choice.district) if choice.district else "",
        }
        return [
            (str(said), self.address_of(replace(choice, **{name: getattr(Choice, name)})))
            for name, said in words.items()
            if said
        ]

    def _district_named(self, code: str) -> str:
        if code == UNSAID:
            return _("No se dijo dónde")
        names = {each.code: each.name for each in self.plan.municipality.districts}
        return _("Distrito de %s") % names[code]

    # Promise by promise

    @cached_property
    def locations(self) -> Mapping[int, Sequence[Kept]]:
        """Where each promise of which anybody said it is carried out, by its element's id, up to
        the semester that was chosen. Two queries."""
        return locations_of(self.plan, until=self.chosen.semester)

    @cached_property
    def known(self) -> dict[int, LastKnown]:
        """How each promise that is asked goes by the last that is known, by its element's id."""
        if self.moment is None:
            return {}
        return {
            element.pk: last_known_of(self.strips.get(element.pk, ()), self.moment)
            for element in self.elements
            if self.is_asked(self.moment, element)
        }

    @cached_property
    def cells(self) -> dict[int, Cell]:
        """How each promise stands in the semester that is told, by its element's id."""
        return self.cells_in(self.semester)

    def cells_in(self, semester: Semester | None) -> dict[int, Cell]:
        """How each promise stands in SEMESTER, by its element's id."""
        return {
            pk: cell
            for pk, strip in self.strips.items()
            for cell in strip
            if cell.semester == semester
        }

    @cached_property
    def changes(self) -> Changes[PlanElement] | None:
        if self.semester is None or self.semester.previous not in self.by_semester:
            return None
        return changes_in(self.semester, self.elements, self.strips)

    @cached_property
    def debts(self) -> list[Debt]:
        owing = {
            element.pk: [self.units[pk] for pk in self.units_in(self.semester, element.pk)]
            for element in self.elements
        }
        return undelivered(self.elements, self.cells, owing)

    @cached_property
    def endings(self) -> list[str]:
        """Of a term that is over: what is known of that which had no last report."""
        if self.semester is None or not self.is_final:
            return []
        by_level = last_known(self.elements, self.strips, self.semester)
        return [last_known_sentence(level, counts) for level, counts in by_level.items()]

    def units_in(self, semester: Semester | None, element_id: int) -> Sequence[int]:
        """The ids of those that answered for an element in SEMESTER; until it closes, today's."""
        window = self.windows.get(semester) if semester else None
        if semester and window and window.is_closed:
            closing = self.closings.get((element_id, semester))
            return closing.units if closing else ()
        return self.answering.get(element_id, ())

    def who(self, element: PlanElement) -> str:
        """The offices that answer for ELEMENT by the moment, in words; "" where there are none."""
        return ", ".join(self.units[pk].name for pk in self.units_in(self.moment, element.pk))

    def is_asked(self, semester: Semester, element: PlanElement) -> bool:
        """Whether ELEMENT was, or is, to be reported in SEMESTER."""
        window = self.windows.get(semester)
        if window is None:
            return False
        if window.is_closed:
            return (element.pk, semester) in self.closings
        return self.plan.takes_reports and element.is_reportable

    @cached_property
    def kept(self) -> list[PlanElement]:
        """The promises that the reader chose; all of them where nothing was chosen.

        How a report stands is told of what was asked alone: a bar leads to as many as it counts.
        """
        if not self.choice.is_filter:
            return self.elements
        of_reports = bool(self.choice.state or self.choice.signal)
        return [
            element
            for element in self.elements
            if self.choice.matches(
                element, self.cells.get(element.pk), self.units_in(self.semester, element.pk)
            )
            and (not of_reports or self.semester is None or self.is_asked(self.semester, element))
            and self._is_as_wanted(element)
        ]

    def _is_as_wanted(self, element: PlanElement) -> bool:
        """Whether ELEMENT goes as was chosen, says the words that were, and is where."""
        known = self.known.get(element.pk)
        wanted = self.choice.verdict
        if wanted and (known is None or known.verdict != wanted):
            return False
        if self.choice.words and element.pk not in self.saying:
            return False
        return not self.choice.district or self._is_there(element, self.choice.district)

    def _is_there(self, element: PlanElement, district: str) -> bool:
        """Whether ELEMENT is carried out in DISTRICT; of UNSAID, whether it is a promise of which
        nobody said where."""
        locations = self.locations.get(element.pk, ())
        if district == UNSAID:
            return not locations and (element.pk in self.known or element.is_reportable)
        return is_in(locations, district)

    @cached_property
    def shown_roots(self) -> Sequence[Branch]:
        """The tree as far as it leads to what was chosen."""
        if not self.choice.is_filter:
            return self.roots
        return pruned(self.roots, {element.pk for element in self.kept})


def overview_of(
    plan: Plan, parameters: Mapping[str, Any], *, at: dt.date, also: Collection[int] = ()
) -> Overview:
    """What the page of PLAN tells on the day AT to whoever asks with PARAMETERS. Seven queries, and
    one more for words that were chosen.

    ValueError where PARAMETERS choose what the page does not offer. PLAN is published. ALSO are
    the ids of withdrawn elements to tell of.
    """
    units = {unit.pk: unit for unit in Unit.objects.filter(municipality=plan.municipality_id)}
    for unit in units.values():
        unit.municipality = plan.municipality
    chosen = Choice.read(parameters, plan, units)
    roots = current_tree(plan, also=also)
    elements = [branch.element for root in roots for branch in root.walk()]
    windows, closings = windows_of(plan), closings_of(elements)
    return Overview(
        plan=plan,
        at=at,
        roots=roots,
        windows=windows,
        closings=closings,
        strips=strips_of(plan, elements, windows, closings, at=at),
        standings=list(Standing.objects.filter(plan=plan, unit=None)),
        units=units,
        answering=units_answering(plan),
        chosen=chosen,
        saying=_saying(plan, chosen.words),
    )


def _saying(plan: Plan, words: str) -> Collection[int]:
    if not words:
        return ()
    return set(plan.elements.filter(search=Words(words)).values_list("pk", flat=True))
