"""The promises of a plan as its page shows them: all in one picture, and those chosen in a list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from plans.models import Plan, PlanElement
from tracking.choices import Verdict
from tracking.public.figures.by_district import ByDistrict
from tracking.public.figures.choice import Choice
from tracking.public.figures.overview import Overview
from tracking.public.figures.punctuality import Punctuality
from tracking.public.promise_rows import PromiseRow, shortened
from tracking.reading.causes import Cause, causes_of
from tracking.reading.verdicts import WORST_FIRST, LastKnown, counted, sentence_of, total_of

UNFOLDED: Final = 30
"""The groups that begin within so many promises, the worst first, are shown unfolded."""

TROUBLED: Final = frozenset({Verdict.LATE, Verdict.HALTED})
"""Of what goes so a reader asks why."""


class Group(NamedTuple):
    """Some promises below what they have in common. VERDICT is "" where nothing is asked; ANCHOR
    is that of their dimension, where no picture has it."""

    title: str
    verdict: str
    anchor: str
    rows: Sequence[PromiseRow]
    is_open: bool


class Counted(NamedTuple):
    """How many promises go in one way, in words, and the address that lists them."""

    verdict: Verdict
    words: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class PromiseList:
    """What OVERVIEW has of promises: those that the reader chose, or those of an office alone."""

    overview: Overview
    of_office: Sequence[PlanElement] | None = None

    @cached_property
    def all(self) -> list[PlanElement]:
        """What is promised: asked by the moment, or to be asked once it is anybody's."""
        known = self.overview.known
        return [each for each in self.overview.elements if each.pk in known or each.is_reportable]

    @cached_property
    def chosen(self) -> Sequence[PlanElement]:
        if self.of_office is not None:
            return self.of_office
        promised = {each.pk for each in self.all}
        return [each for each in self.overview.kept if each.pk in promised]

    # The answer

    @cached_property
    def counts(self) -> Counter[str]:
        """How many go in each way."""
        return Counter(each.verdict.value for each in self.overview.known.values())

    @property
    def sentence(self) -> str:
        """ "De 50 promesas: 3 cumplidas, …"; "" where nothing is asked of the plan."""
        return sentence_of(self.counts) if self.counts else ""

    @property
    def total(self) -> str:
        return total_of(self.counts)

    @property
    def counted(self) -> list[Counted]:
        """The parts of the sentence, each with the list of what it counts."""
        choice = self.overview.chosen
        return [
            Counted(
                verdict,
                words,
                self.overview.address_of(Choice(choice.semester, verdict=verdict.value)),
                is_current=choice.verdict == verdict,
            )
            for verdict, words in counted(self.counts)
        ]

    @property
    def troubled(self) -> str:
        """The address that lists what is late, with its causes; "" where nothing is."""
        late = (each.address for each in self.counted if each.verdict == Verdict.LATE)
        return next(late, "")

    @property
    def coverage(self) -> Punctuality | None:
        """How the last semester that was due was reported; None before any."""
        rows = [each.standing for each in self.overview.balances]
        return Punctuality.of(rows) if rows else None

    @cached_property
    def by_district(self) -> ByDistrict:
        return ByDistrict(self.overview, self.all)

    # The picture

    @cached_property
    def by_dimension(self) -> list[tuple[str, list[PlanElement]]]:
        """All promises of which something is known, in the plan's order."""
        asked = [each for each in self.all if each.pk in self.overview.known]
        return _by_dimension(self.overview.plan, asked)

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """How many of each dimension go in each way that there is: the picture in figures."""
        return [
            (title, [self._count(elements, verdict) for verdict in self.verdicts])
            for title, elements in self.by_dimension
        ]

    @property
    def verdicts(self) -> list[Verdict]:
        return [verdict for verdict, _words in counted(self.counts)]

    def _count(self, elements: Iterable[PlanElement], verdict: Verdict) -> int:
        return sum(self.overview.known[each.pk].verdict == verdict for each in elements)

    # The list

    @cached_property
    def groups(self) -> list[Group]:
        """What was chosen, the worst first; by dimension where nothing is known of how it goes."""
        if not self.overview.known:
            named = [
                (title, "", rows) for title, rows in _by_dimension(self.overview.plan, self.chosen)
            ]
        else:
            named = self._by_verdict()
        groups, shown = [], 0
        for title, verdict, elements in named:
            is_open = shown < UNFOLDED or self.overview.choice.is_filter
            anchor = "" if verdict else anchor_of(elements)
            groups.append(Group(title, verdict, anchor, self._rows(elements), is_open))
            shown += len(elements)
        return groups

    def _by_verdict(self) -> list[tuple[str, str, list[PlanElement]]]:
        known = self.overview.known
        by_verdict: dict[Verdict, list[PlanElement]] = defaultdict(list)
        for element in self.chosen:
            going = known.get(element.pk)
            by_verdict[going.verdict if going else Verdict.AHEAD].append(element)
        sizes = dict(counted({each.value: len(rows) for each, rows in by_verdict.items()}))
        return [
            (sizes[each], each.value, by_verdict[each])
            for each in WORST_FIRST
            if each in by_verdict
        ]

    def _rows(self, elements: Iterable[PlanElement]) -> list[PromiseRow]:
        known, causes = self.overview.known, self._causes
        rows = (
            row_of(self.overview, each, why=why_of(known.get(each.pk), causes.get(each.pk)))
            for each in elements
        )
        return [row if self.of_office is None else row._replace(who=None) for row in rows]

    @cached_property
    def _causes(self) -> Mapping[int, Cause]:
        """Why each of those in trouble is so. One query."""
        overview = self.overview
        if overview.moment is None:
            return {}
        wanted = [pk for pk, known in overview.known.items() if known.verdict in TROUBLED]
        return causes_of(overview.plan, wanted, until=overview.moment)


def row_of(overview: Overview, element: PlanElement, *, why: str = "") -> PromiseRow:
    """ELEMENT in a list of its plan: how it goes by the moment, who answers, and WHY."""
    return PromiseRow(
        f"{overview.plan.get_absolute_url()}{element.ref}/",
        shortened(element.statement),
        overview.known.get(element.pk),
        who=overview.who(element) if overview.plan.in_force else None,
        why=why,
        where=element.added,
    )


def why_of(known: LastKnown | None, cause: Cause | None) -> str:
    """Why what goes as KNOWN is in trouble, by CAUSE, said last; "" where it is not."""
    if known is None or known.cell is None or known.verdict not in TROUBLED:
        return ""
    if cause is None:
        return _("Ningún informe dice por qué.")
    if cause.semester == known.cell.semester:
        return cause.words
    return f"{cause.when} {cause.words}"


def _by_dimension(
    plan: Plan, elements: Iterable[PlanElement]
) -> list[tuple[str, list[PlanElement]]]:
    """ELEMENTS of PLAN below the names of their dimensions; last what stands outside of them."""
    by_value: dict[str, list[PlanElement]] = defaultdict(list)
    for element in elements:
        by_value[element.dimension].append(element)
    names = [*plan.dimensions, ("", _("Compromisos generales"))]
    return [(name, by_value[value]) for value, name in names if value in by_value]


def anchor_of(elements: Sequence[PlanElement]) -> str:
    """Where the page shows the dimension of ELEMENTS: its code, which addresses have had."""
    first = elements[0]
    return first.ref.partition(".")[0] if first.dimension else "lineamientos"
