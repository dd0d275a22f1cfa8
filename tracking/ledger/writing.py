"""Enter what is published in the *registro de publicaciones* of its municipality.

Whoever publishes calls `enter` in the same transaction, after `let_pages_know` or `held`: that
holds the municipality's row until the commit, so that two publications at once make one chain.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Final

from django.db.models import Model, Q
from django.utils import timezone

from accounts.models import Municipality
from plans.models import Plan
from tracking.ledger.chain import chain_value
from tracking.ledger.kinds import KINDS, PLANS, STANDINGS, TERMS, Kind, Recorded, as_it_stands
from tracking.models import LedgerEntry, PlanRecord
from tracking.models.ledger import GENESIS

BATCH: Final = 1000


def enter(kind: Kind, rows: Collection[Model]) -> None:
    """Enter ROWS, of one municipality, published just now. They are read as they were stored."""
    published = kind.published().filter(pk__in=[row.pk for row in rows])
    _append(kind.to_enter(published))


def enter_plan(plan: Plan) -> None:
    """Enter the version of PLAN that was published just now, and its standing where it is another.

    With it what no entry says yet of how its promises are measured, and of earlier versions.
    """
    _record(plan)
    of_it = {PLANS: "plan", STANDINGS: "version__plan", TERMS: "element__plan"}
    _append(_unentered({kind: Q(**{path: plan.pk}) for kind, path in of_it.items()}))


def _record(plan: Plan) -> None:
    """Keep how PLAN stands, unless its version was entered: that is held to what it said then."""
    unrecorded = plan.versions.published().filter(number=plan.version, record=None)
    version = PLANS.unentered(unrecorded).first()
    if version:
        PlanRecord.objects.create(version=version, **as_it_stands(plan))


def enter_missing(municipality: Municipality) -> int:
    """Enter all that MUNICIPALITY published and no entry names, in order of its publication.

    Returns how many that were. The municipality's row must be held.
    """
    for plan in municipality.plans.published():
        _record(plan)
    return _append(_unentered({kind: Q(**{kind.municipality: municipality.pk}) for kind in KINDS}))


def _unentered(wanted: Mapping[Kind, Q]) -> list[Recorded]:
    """What is published and no entry names, of each kind what is WANTED, oldest first."""
    missing = [
        recorded
        for kind, of_it in wanted.items()
        for recorded in kind.to_enter(kind.unentered().filter(of_it))
    ]
    return sorted(missing, key=attrgetter("happened_at"))


def _append(rows: Iterable[Recorded]) -> int:
    """Continue the chain with ROWS, in their order: how many. Two queries, none for no rows."""
    entered = list(rows)
    if not entered:
        return 0
    place = entered[0].municipality_id
    head = LedgerEntry.objects.filter(municipality=place).order_by("-number").first()
    number, previous = (head.number, head.chain) if head else (0, GENESIS)
    links = linked(entered, number=number, previous=previous, at=timezone.now())
    return len(LedgerEntry.objects.bulk_create(links, BATCH))


def linked(
    rows: Iterable[Recorded],
    *,
    number: int = 0,
    previous: str = GENESIS,
    at: dt.datetime | None = None,
) -> Iterator[LedgerEntry]:
    """The links of a chain after the one that has that NUMBER and that code, PREVIOUS; not saved.

    ROWS are of one municipality and entered AT that instant, or else each when it happened.
    """
    for row in rows:
        number += 1
        entry = LedgerEntry(
            municipality_id=row.municipality_id,
            inei=row.inei,
            number=number,
            act=row.act,
            subject_id=row.subject_id,
            term=row.term,
            ref=row.ref,
            semester=row.semester,
            revision=row.revision,
            unit=row.unit,
            simulated=row.simulated,
            happened_at=row.happened_at,
            at=at or row.happened_at,
            digest=row.digest,
            previous=previous,
        )
        entry.chain = previous = chain_value(entry)
        yield entry
