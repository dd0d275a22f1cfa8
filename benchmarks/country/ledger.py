"""The *registro de publicaciones* of a made-up municipality, as whoever publishes would enter it.

Its contents come from rows that were not read back from the database, so each is given here what
the ledger's queries add to a row: `verify_ledger` shows that both come to the same codes.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from accounts.models import Municipality
from benchmarks.country.plan import TERM, MadePlan
from benchmarks.country.reports import Told
from tracking.demo.reports import Filed
from tracking.ledger.kinds import CLOSINGS, EXPENDITURES, PLANS, REPORTS, TERMS, Kind, Recorded
from tracking.ledger.kinds.plans import COLUMNS
from tracking.ledger.writing import linked
from tracking.models import ClosingLine, LedgerEntry, PlanRecord


def chain_of(
    place: Municipality, made: MadePlan, record: PlanRecord, told: Told
) -> list[LedgerEntry]:
    """All that PLACE published, in order, from the first link on."""
    recorded = sorted(_recorded(place, made, record, told), key=attrgetter("happened_at"))
    return list(linked(recorded))


def _recorded(
    place: Municipality, made: MadePlan, record: PlanRecord, told: Told
) -> Iterator[Recorded]:
    def of(kind: Kind, row: Any, **said: Any) -> Recorded:
        whose = {"ledger_inei": place.inei, "ledger_municipality": place.pk}
        term = {"first_year": TERM.first_year, "last_year": TERM.last_year}
        vars(row).update(whose | term | said)
        return kind.of(row)

    kept = {f"recorded_{name}": getattr(record, name) for name in COLUMNS}
    yield of(PLANS, made.version, simulated=True, **kept)
    for terms in told.terms:
        yield of(TERMS, terms, ref=terms.element.ref, simulated=True)
    for filed in told.filed:
        if filed.published_at:
            yield of(REPORTS, filed.report, **_of_report(filed))
    for spending in told.expenditures:
        yield of(EXPENDITURES, spending, ref=spending.element.ref)
    place._prefetched_objects_cache = {"plans": [made.plan]}  # type: ignore[attr-defined]
    lines = [_of_line(line, place) for line in told.lines]
    for window in told.windows:
        if window.is_closed:
            own = [line for line in lines if line.window is window]
            yield of(CLOSINGS, window, _prefetched_objects_cache={"lines": own})
    del place._prefetched_objects_cache  # type: ignore[attr-defined]


def _of_report(filed: Filed) -> dict[str, Any]:
    report = filed.report
    return {
        "ref": report.element.ref,
        "unit_name": report.unit.name if report.unit else None,
        "terms_version": report.terms.version if report.terms else None,
        "terms_element": report.terms.element_id if report.terms else None,
        "_prefetched_objects_cache": {"supports": filed.supports},
    }


def _of_line(line: ClosingLine, place: Municipality) -> ClosingLine:
    report = line.report
    vars(line).update(
        ref=line.element.ref,
        place=place.pk,
        revision=report.revision if report else None,
        of_element=report.element_id if report else None,
        of_semester=report.semester if report else None,
    )
    return line
