"""Municipalities side by side: how their plans stood in one semester, and where that says nothing.

Never by how far they went: each plan promises other things, and who promises little is there first.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Self

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from plans.models import Plan
from plans.plan_path import PATH_COLUMNS
from plans.semester import Semester
from tracking.measuring.standings import FIGURES
from tracking.models import SemesterWindow, Standing
from tracking.public.figures import incomparable
from tracking.public.figures.punctuality import Punctuality

Due = Mapping[int, Collection[Semester]]
"""By the id of a municipality, the semesters of which all reports should be there."""


@dataclass(frozen=True)
class Counts:
    """What a PLAN was asked in one semester and what came of it, all its levels together."""

    figures: Punctuality
    verdicts: Mapping[str, int]


@dataclass(frozen=True)
class Place:
    """A municipality in a comparison: its PLAN of that term, else its newest, and its COUNTS.

    ``why_not`` says why its shares cannot stand beside others'; "" where they can.
    """

    municipality: Municipality
    plan: Plan | None = None
    counts: Counts | None = None
    why_not: str = ""

    @property
    def is_compared(self) -> bool:
        return self.counts is not None and not self.why_not


@dataclass(frozen=True)
class Comparison:
    """PLACES in SEMESTER, of the SEMESTERS in which there is something to compare, newest first."""

    semester: Semester | None
    semesters: Sequence[Semester]
    places: Sequence[Place]

    @cached_property
    def compared(self) -> list[Place]:
        return [each for each in self.places if each.is_compared]

    @property
    def is_simulated(self) -> bool:
        """Whether all that there is of plans is made up."""
        plans = [each.plan for each in self.places if each.plan]
        return bool(plans) and all(plan.simulated for plan in plans)


@dataclass(frozen=True)
class Ground:
    """What is known of some municipalities before a semester is chosen."""

    municipalities: Sequence[Municipality]
    plans: Mapping[int, Sequence[Plan]] = field(default_factory=dict)
    due: Due = field(default_factory=dict)

    @classmethod
    def of(cls, rows: MunicipalityQuerySet, *, at: dt.date) -> Self:
        """ROWS, their plans in force, and what was due there by the day AT. Three queries."""
        plans: dict[int, list[Plan]] = defaultdict(list)
        municipalities = list(rows.defer("search_name", "search_text"))
        filed = Plan.objects.published().in_force().filter(municipality__in=rows.order_by())
        for plan in filed.only(*OF_A_PLAN).order_by("-first_year"):
            plans[plan.municipality_id].append(plan)
        due: dict[int, list[Semester]] = defaultdict(list)
        windows = SemesterWindow.objects.due(at=at).filter(municipality__in=rows.order_by())
        for place, semester in windows.order_by().values_list("municipality", "semester"):
            due[place].append(semester)
        for municipality in municipalities:
            for plan in plans.get(municipality.pk, ()):
                plan.municipality = municipality
        return cls(municipalities, plans, due)

    def having_plans(self) -> Self:
        """The same of those that have a plan."""
        with_plan = [each for each in self.municipalities if self.plans.get(each.pk)]
        return replace(self, municipalities=with_plan)

    def plan_in(self, semester: Semester, place: int) -> Plan | None:
        """The plan of PLACE whose term holds SEMESTER."""
        held = (each for each in self.plans.get(place, ()) if each.term.holds(semester.year))
        return next(held, None)

    @cached_property
    def semesters(self) -> dict[Semester, int]:
        """In how many places reports of each were due to a plan that takes them, newest first."""
        told: Counter[Semester] = Counter()
        for place, plans in self.plans.items():
            terms = [each.term for each in plans if each.takes_reports]
            years = {year for term in terms for year in range(term.first_year, term.last_year + 1)}
            told.update(each for each in self.due.get(place, ()) if each.year in years)
        return {each: told[each] for each in sorted(told, reverse=True)}

    @property
    def usual_semester(self) -> Semester | None:
        """The newest that was due in at least half as many places as the one with most."""
        most = max(self.semesters.values(), default=0)
        return next((each for each, n in self.semesters.items() if 2 * n >= most), None)

    def compared(
        self, semester: Semester | None = None, *, with_verdicts: bool = True
    ) -> Comparison:
        """All of them in SEMESTER, or in the usual one; WITH_VERDICTS, or shares alone.

        One query.
        """
        semester = semester or self.usual_semester
        if semester is None:
            return Comparison(None, [], [self._unasked(each) for each in self.municipalities])
        plans = {each.pk: self.plan_in(semester, each.pk) for each in self.municipalities}
        asked = [place for place, plan in plans.items() if plan]
        counts = counts_in(semester, asked, with_verdicts=with_verdicts)
        told = [
            each for each in plans.values() if each and each.takes_reports and each.pk in counts
        ]
        beside_real = any(not each.simulated for each in told)
        places = [
            self._place(each, semester, counts, beside_real=beside_real)
            for each in self.municipalities
        ]
        return Comparison(semester, [*self.semesters], places)

    def _unasked(self, municipality: Municipality) -> Place:
        """Where nothing was due anywhere yet."""
        newest = next(iter(self.plans.get(municipality.pk, ())), None)
        why_not = newest.why_not_asked if newest else incomparable.of_another_term([])
        return Place(municipality, newest, why_not=why_not)

    def _place(
        self,
        municipality: Municipality,
        semester: Semester,
        counts: Mapping[int, Counts],
        *,
        beside_real: bool,
    ) -> Place:
        plans = self.plans.get(municipality.pk, ())
        plan = self.plan_in(semester, municipality.pk)
        if plan is None:
            why_not = incomparable.of_another_term(plans)
            return Place(municipality, next(iter(plans), None), why_not=why_not)
        if semester not in self.due.get(municipality.pk, ()):
            return Place(municipality, plan, why_not=incomparable.not_due(plan, semester))
        found = counts.get(plan.pk) if plan.takes_reports else None
        if found is None:
            return Place(municipality, plan, why_not=incomparable.not_asked(plan, semester))
        why_not = incomparable.incomparable(plan, found.figures, beside_real=beside_real)
        return Place(municipality, plan, found, why_not)


OF_A_PLAN: Final = (
    *("municipality_id", *PATH_COLUMNS),
    *("organization", "standing", "simulated", "version"),
)


def counts_in(
    semester: Semester, places: Collection[int], *, with_verdicts: bool
) -> dict[int, Counts]:
    """What was asked in SEMESTER in PLACES, which are municipalities, by the id of a plan.

    One query. Without verdicts an index holds all of it, so that a whole country can be read.
    """
    rows = Standing.objects.filter(
        municipality__in=places, semester=semester, dimension="", unit=None
    ).order_by()
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    verdicts: dict[int, Counter[str]] = defaultdict(Counter)
    columns = ("verdicts",) if with_verdicts else ()
    for plan, *values in rows.values_list("plan", *FIGURES, *columns):
        sums[plan].update(dict(zip(FIGURES, values, strict=False)))
        if with_verdicts:
            verdicts[plan].update(values[-1])
    return {
        plan: Counts(Punctuality(**{name: found[name] for name in FIGURES}), verdicts[plan])
        for plan, found in sums.items()
    }
