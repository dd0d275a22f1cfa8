"""One kind of what is published, and the columns of an entry that each of its rows gives."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from plans.term import Term
from tracking.choices import LedgerAct
from tracking.ledger.chain import canonical, digest
from tracking.models import LedgerEntry

Rows = QuerySet[Any]


FIXED: Final = ("act", "term", "ref", "semester", "revision", "happened_at")
"""The columns of an entry that a published row can never change; a name, as a unit's, may be."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the ledger says of a published row: the columns of its entry that can be held to it."""

    municipality_id: int
    number: int
    act: str
    term: str
    ref: str
    semester: str
    revision: int | None
    simulated: bool
    happened_at: dt.datetime
    digest: str

    @classmethod
    def of(cls, columns: dict[str, Any]) -> Self:
        happened_at = dt.datetime.fromisoformat(columns.pop("happened_at"))
        return cls(**columns, happened_at=happened_at)


ENTERED: Final = JSONObject(**{each.name: each.name for each in fields(Entered)})


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A published row in the columns of an entry, and its ``content``, of which it has the digest.

    ``entries`` are those that name it, in the order of their numbers: one, where all is well; none
    of what is still to be entered.
    """

    municipality_id: int
    inei: str
    act: LedgerAct
    subject_id: int
    term: str = ""
    ref: str = ""
    semester: str = ""
    revision: int | None = None
    unit: str = ""
    simulated: bool
    happened_at: dt.datetime
    digest: str
    entries: tuple[Entered, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of what is published: its ``acts``, its rows, and what the ledger says of each."""

    acts: tuple[LedgerAct, ...]
    published: Callable[[], Rows]
    municipality: str
    read: Callable[[Any], dict[str, Any]]
    prefetch: tuple[Any, ...] = ()
    chunk: int = 500
    """Rows that are in memory at once, however many there are."""
    fixed: tuple[str, ...] = FIXED
    """The columns in which each of its rows and its entry can never differ."""

    def recorded(self, rows: Rows | None = None) -> Iterator[Recorded]:
        """ROWS, else all that is published, one by one: memory does not grow with them."""
        selected = self.published() if rows is None else rows
        entries = self._entries().order_by("number").values_list(ENTERED)
        for row in self._read(selected.annotate(ledger_entries=ArraySubquery(entries))):
            named = tuple(Entered.of(each) for each in row.ledger_entries)
            yield self.of(row, named)

    def to_enter(self, rows: Rows) -> Iterator[Recorded]:
        """ROWS, of which no entry names one, one by one: nothing is asked of the ledger."""
        yield from map(self.of, self._read(rows))

    def _read(self, rows: Rows) -> Iterator[Any]:
        whose = {
            "ledger_inei": F(f"{self.municipality}__inei"),
            "ledger_municipality": F(self.municipality),
        }
        yield from rows.annotate(**whose).prefetch_related(*self.prefetch).iterator(self.chunk)

    def of(self, row: Any, entries: tuple[Entered, ...] = ()) -> Recorded:
        """ROW as an entry has it; it carries what ``published`` and `_read` annotate."""
        said = self.read(row)
        return Recorded(
            municipality_id=row.ledger_municipality,
            inei=row.ledger_inei,
            subject_id=row.pk,
            digest=digest(said.pop("content")),
            entries=entries,
            **said,
        )

    def numbered(self, rows: Rows) -> Rows:
        """ROWS, each with the ``ledger_number`` of its entry, None where it has none."""
        numbers = self._entries().values("number")[:1]
        numbered: Rows = rows.annotate(ledger_number=Subquery(numbers))
        return numbered

    def _entries(self) -> "QuerySet[LedgerEntry]":
        """Those that name a row, in a query of it."""
        return LedgerEntry.objects.filter(act__in=self.acts, subject_id=OuterRef("pk"))

    def content(self, pk: int) -> str | None:
        """What is published in that row, as its digest takes it; None where nothing is."""
        return self.contents([pk]).get(pk)

    def contents(self, pks: Collection[int]) -> dict[int, str]:
        """By its id, what is published in each of those rows, as far as anything is."""
        rows = self.published().filter(pk__in=pks).prefetch_related(*self.prefetch)
        return {row.pk: canonical(self.read(row)["content"]) for row in rows}

    def unentered(self, rows: Rows | None = None) -> Rows:
        """Of ROWS, else of all that is published, what stands in no entry."""
        return (self.published() if rows is None else rows).exclude(Exists(self._entries()))

    def entries_without_row(self) -> Rows:
        """Entries of this kind that name nothing published any more."""
        rows = self.published().filter(pk=OuterRef("subject_id"))
        return LedgerEntry.objects.filter(act__in=self.acts).exclude(Exists(rows))


def term_of(first_year: int | None, last_year: int | None) -> str:
    return str(Term(first_year, last_year)) if first_year and last_year else ""
