"""Write whole municipalities: who works there, the plan, what was reported, and the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate
from random import Random
from typing import Final

from django.db import connection

from accounts.models import Municipality
from benchmarks.country.copying import Sheets
from benchmarks.country.ledger import chain_of
from benchmarks.country.numbers import Numbers
from benchmarks.country.people import people_of
from benchmarks.country.plan import MadePlan, plan_of
from benchmarks.country.reports import Told, told_of
from benchmarks.country.tree import size_of
from benchmarks.country.words import Words
from plans.models import Plan
from plans.semester import Semester
from tracking.ledger.kinds import as_it_stands
from tracking.measuring.standings import standings_of
from tracking.models import PlanRecord

SEED: Final = "vigia"


@dataclass(frozen=True)
class Order:
    """A municipality to be written, with a plan of so many elements, and what comes before it."""

    place: Municipality
    size: int
    places_before: int
    elements_before: int

    def numbers(self) -> Numbers:
        return Numbers(self.places_before, self.elements_before)


def orders(seed: str = SEED, *, count: int | None = None) -> list[Order]:
    """The first COUNT municipalities, else all, in an order that SEED gives."""
    places = list(Municipality.objects.order_by("inei"))
    Random(seed).shuffle(places)  # noqa: S311
    chosen = places[:count]
    sizes = [size_of(Random(f"{seed} tamaño {place.inei}")) for place in chosen]  # noqa: S311
    before = accumulate(sizes, initial=0)
    return [
        Order(place, size, number, elements)
        for number, (place, size, elements) in enumerate(zip(chosen, sizes, before, strict=False))
    ]


def write(some: Sequence[Order], words: Words, *, seed: str = SEED) -> None:
    """Write all of SOME but their standings, with as many statements as one would take."""
    sheets = Sheets()
    written = [_written(order, words, seed, sheets) for order in some]
    sheets.write()
    for made, told, numbers in written:
        # What a version says is read as it was stored, by what the ledger always reads it with.
        record = PlanRecord(
            version=made.version,
            pk=made.version.pk,
            **as_it_stands(Plan.objects.get(pk=made.plan.pk)),
        )
        entries = chain_of(made.plan.municipality, made, record, told)
        numbers.number(*entries)
        sheets.add([record, *entries])
    sheets.write()


def _written(
    order: Order, words: Words, seed: str, sheets: Sheets
) -> tuple[MadePlan, Told, Numbers]:
    place, numbers = order.place, order.numbers()
    random = Random(f"{seed} {place.inei}")  # noqa: S311
    people = people_of(place, numbers)
    made = plan_of(place, order.size, words, random, numbers)
    told = told_of(place, made, people, random, numbers)
    sheets.add(people.rows)
    sheets.add([made.plan, made.document, made.version, *made.passages, *made.elements])
    sheets.add([*told.responsibilities, *told.terms, *told.windows, *told.lines])
    sheets.add(told.expenditures)
    for each in told.filed:
        sheets.add([each.report, *each.supports, *each.steps])
    return made, told, numbers


def write_newest() -> None:
    """Keep the newest report of each promise, as those are that were published earlier."""
    _keep(import_module("tracking.migrations.0029_newest_reports_known").KNOWN)


def write_closed_totals() -> None:
    """Add up what was closed, as for plans whose semesters were closed earlier."""
    _keep(import_module("tracking.migrations.0034_closed_total").KNOWN)


def _keep(known: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(known)


def write_standings(some: Iterable[Order]) -> None:
    """Count SOME as the portal does, from what was written of them."""
    sheets = Sheets()
    for order in some:
        plan = Plan.objects.get(municipality=order.place)
        rows = standings_of(plan, Semester.all_of(plan.term))
        order.numbers().number(*rows)
        sheets.add(rows)
    sheets.write()
