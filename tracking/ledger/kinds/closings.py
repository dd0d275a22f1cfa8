"""The closings of semesters, with all that each of them fixed."""

from typing import Any, Final

from django.db.models import F, Prefetch

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import LedgerAct
from tracking.ledger.kinds.kind import Kind, Rows, term_of
from tracking.models import ClosingLine, SemesterWindow


def _closed_windows() -> Rows:
    return SemesterWindow.objects.exclude(closed_at=None).order_by("pk")


def _closing(row: SemesterWindow) -> dict[str, Any]:
    plans = row.municipality.plans.all()
    asked = (each for each in plans if each.in_force)
    plan = next((each for each in asked if row.semester in Semester.all_of(each.term)), Plan())
    lines = [_line(line, row) for line in row.lines.all()]
    return {
        "act": LedgerAct.CLOSING,
        "term": term_of(plan.first_year, plan.last_year),
        "semester": str(row.semester),
        "simulated": plan.simulated,
        "happened_at": row.closed_at,
        "content": {
            "semestre": str(row.semester),
            "se_abrio": row.opens_on,
            "vencio": row.due_on,
            "se_podia_cerrar": row.closes_on,
            "cerrado": row.closed_at,
            "lineas": sorted(lines, key=lambda line: line["promesa"]),
        },
    }


def _line(line: Any, window: SemesterWindow) -> dict[str, Any]:
    """A line whose element or report is from elsewhere, which none ever is, says so."""
    said = {
        "promesa": line.ref,
        "revision": line.revision,
        "senal": line.signal,
        "clase": line.kind,
        "oficinas": line.units,
    }
    at_home = line.place == window.municipality_id
    own = (line.element_id, window.semester)
    if not at_home or (line.report_id and own != (line.of_element, line.of_semester)):
        said["ajeno"] = [line.element_id, line.report_id]
    return said


CLOSINGS: Final = Kind(
    (LedgerAct.CLOSING,),
    _closed_windows,
    "municipality",
    _closing,
    (
        Prefetch(
            "lines",
            ClosingLine.objects.annotate(
                ref=F("element__ref"),
                place=F("element__plan__municipality"),
                revision=F("report__revision"),
                of_element=F("report__element"),
                of_semester=F("report__semester"),
            ),
        ),
        "municipality__plans",
    ),
    chunk=20,  # each has a line for every promise
)
