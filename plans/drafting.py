"""A kept draft as officers see it: what to look at first, each text with its place, the tree."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.cache import caches
from django.utils.translation import gettext as _

from plans.choices import ActivityKind, Dimension, Level
from plans.importers.mending.also_under import further_parents, twin_of
from plans.importers.mending.arranging import depths, holders
from plans.importers.mending.dividing import measures_of, wholes
from plans.importers.mending.kept import KeptOutline
from plans.importers.mending.quoting import all_spans, excerpt, numbered_lines, page_of
from plans.importers.mending.steps import MENDS, next_in_source
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.importers.picturing import pages_of, picture_of
from plans.importers.refs import Published, with_refs
from plans.models import Plan, PlanImport
from plans.services.importing import published_of
from plans.services.imports import kept_of, plan_of
from plans.source_text import SourceText, source_of
from plans.summary import noun

LOOKED_AT: Final = 10
"""How many things to look at stand on one page."""
SEVERAL: Final = 3
"""From how many doubts of one kind on they can be settled together."""
NEAREST: Final = 25
"""Of what something may hang from, how many a list offers in place; its own page offers all."""


@dataclass(frozen=True)
class Row:
    """One text of the draft: how deep it hangs, what of it is to be looked at, and under what else
    the draft says that it stands."""

    item: Item
    depth: int
    faults: list[dict[str, Any]]
    further: list[Item]

    @property
    def name(self) -> str:
        return name_of(self.item)

    @property
    def is_to_look_at(self) -> bool:
        return bool(self.faults or self.item.doubts)

    @property
    def controls(self) -> set[str]:
        kinds: set[Any] = {each.kind for each in self.item.doubts}
        found = {name for name, mended in MENDS.items() if not mended.isdisjoint(kinds)}
        return found | {"level", "drop"} if self.faults else found


class Desk:
    """The draft that is being mended, with what it is compared to. Three queries at most."""

    def __init__(self, draft: PlanImport) -> None:
        self.draft = draft
        self.kept: KeptOutline = kept_of(draft)
        self._faults: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for fault in draft.faults:
            self._faults[fault["key"]].append(fault)

    @cached_property
    def plan(self) -> Plan | None:
        return plan_of(self.draft)

    @cached_property
    def published(self) -> list[Published]:
        return published_of(self.plan)

    @cached_property
    def source(self) -> SourceText:
        return source_of(self.draft.text)

    @cached_property
    def with_refs(self) -> tuple[Item, ...]:
        return with_refs(self.kept.items, self.published)

    @cached_property
    def rows(self) -> list[Row]:
        """Every text, in the order of the tree."""
        deep = depths(self.kept.items)
        return [
            Row(
                each,
                deep[each.key],
                self._faults[each.key],
                further_parents(self.kept.items, each) if each.also_under else [],
            )
            for each in self.kept.items
        ]

    @cached_property
    def to_look_at(self) -> list[Row]:
        """What forbids publishing first, then what is doubted, each in the order of the tree."""
        found = [row for row in self.rows if row.is_to_look_at]
        return sorted(found, key=lambda row: not row.faults)

    @property
    def whole_faults(self) -> list[dict[str, Any]]:
        return self._faults[None]

    @property
    def whole_doubts(self) -> tuple[Doubt, ...]:
        return self.kept.outline.doubts

    @cached_property
    def things(self) -> int:
        """How many things there are to look at."""
        doubts = sum(len(row.item.doubts) for row in self.rows) + len(self.whole_doubts)
        return doubts + len(self.draft.faults)

    @property
    def forbids(self) -> int:
        return len(self.draft.faults)

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """How many there are of each level that there is: "metas", 12; or "meta del plan", 1."""
        counted = Counter(item.level for item in self.kept.items)
        return [
            (
                noun(level, counted[level]) if counted[level] > 1 else str(level.label).lower(),
                counted[level],
            )
            for level in Level
            if counted[level]
        ]

    @cached_property
    def alike(self) -> list[tuple[str, str, int]]:
        """The kinds of doubt that several texts share: kind, words, how many; most first."""
        counted = Counter(each.kind for row in self.rows for each in row.item.doubts)
        return [
            (kind, str(DoubtKind(kind).label), n)
            for kind, n in counted.most_common()
            if n >= SEVERAL and kind in DoubtKind.values
        ]

    def row(self, key: int) -> Row | None:
        return next((row for row in self.rows if row.item.key == key), None)

    def above(self, item: Item) -> str:
        """What ITEM hangs from, in words; "" at the top."""
        upper = next((each for each in self.kept.items if each.key == item.parent), None)
        return f"{name_of(upper)} · {shortened(upper.statement)}" if upper else ""

    def excerpt(self, item: Item) -> list[tuple[str, bool]]:
        """The words of ITEM in their surroundings: pieces of text, and which are its own."""
        return excerpt(self.draft.text, all_spans(item))

    def place(self, item: Item) -> str:
        """Where ITEM stands in what was sent: "página 3, línea 12"."""
        page = page_of(item.spans[0][0], self.draft.text) if item.spans else 0
        words = item.where.words
        if page and _("página") not in words:
            page_words = _("página %s") % page
            return f"{page_words}, {words}" if words else page_words
        return words

    @cached_property
    def is_pdf(self) -> bool:
        return PlanImport.objects.filter(pk=self.draft.pk).sent_as_pdf().exists()

    def pages(self, item: Item) -> list[int]:
        """The pages of the PDF that was sent on which ITEM stands; none of another file."""
        found = pages_of(all_spans(item), self.draft.text)
        return found if found and self.is_pdf else []

    def picture(self, item: Item, page: int, *, is_whole: bool) -> bytes | None:
        """PAGE of the PDF with the words of ITEM marked, or what is near them; None without one.

        What was drawn is kept a while. Raises BusyError.
        """
        if page not in self.pages(item):
            return None
        spans = all_spans(item)
        key = f"{self.draft.sha256}:{page}:{is_whole}:{sorted(spans)}".replace(" ", "")
        drawn: bytes | None = caches["pictures"].get(key)
        if drawn is None:
            content = PlanImport.objects.values_list("content", flat=True).get(pk=self.draft.pk)
            drawn = picture_of(bytes(content), self.draft.text, spans, page, is_whole=is_whole)
            caches["pictures"].set(key, drawn)
        return drawn

    def parents(self, item: Item, most: int | None = None) -> list[tuple[int, str]]:
        """From what ITEM may hang, the MOST nearest before it or all; with names that say it."""
        found = holders(self.kept.items, item)
        if most is not None and len(found) > most:
            at = {each.key: n for n, each in enumerate(self.kept.items)}
            nearest = sorted(found, key=lambda each: abs(at[each.key] - at[item.key]))[:most]
            found = sorted(nearest, key=lambda each: at[each.key])
        return [(each.key, f"{name_of(each)} · {shortened(each.statement)}") for each in found]

    @cached_property
    def lines(self) -> list[tuple[int, list[tuple[str, Item | None]]]]:
        """The lines of the document that hold words, by number: pieces, and whose they are."""
        return list(numbered_lines(self.draft.text, self.kept.items))

    def stated(self, item: Item) -> Item:
        """ITEM with the further parents that are published, where the draft says nothing of it."""
        return next(each for each in self.with_refs if each.key == item.key)

    def further_parents(self, item: Item) -> list[Item]:
        """Under what else ITEM stands."""
        return further_parents(self.kept.items, self.stated(item))

    def further(self, item: Item) -> list[tuple[int, str]]:
        """The same, with names that say it."""
        return [
            (each.key, f"{name_of(each)} · {shortened(each.statement)}")
            for each in self.further_parents(item)
        ]

    def twin(self, item: Item) -> Item | None:
        """What has the words of ITEM before it, below something else."""
        return twin_of(self.kept.items, item)

    def following(self, item: Item) -> Item | None:
        """The text that ITEM would be joined with."""
        return next_in_source(self.kept, item)

    def measures(self, item: Item) -> list[Item]:
        """What the target ITEM is divided into; empty for what is not divided."""
        return measures_of(self.kept.items, item)

    def is_last_but_one(self, item: Item) -> bool:
        """Whether ITEM is one of two measures: joined, they are their target again."""
        whole = wholes(self.kept.items).get(item.key)
        return whole is not None and len(self.measures(whole)) == 2


def name_of(item: Item) -> str:
    """What a text is, in words: "Proyecto", "Dimensión social", "Meta del plan"."""
    if item.level == Level.ACTIVITY:
        known = item.kind in ActivityKind.values
        return str(ActivityKind(item.kind).label if known else Level.ACTIVITY.label)
    if item.level == Level.DIMENSION and item.kind in Dimension.values:
        return _("Dimensión %s") % str(Dimension(item.kind).label).lower()
    return str(Level(item.level).label)


def shortened(words: str, most: int = 70) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
