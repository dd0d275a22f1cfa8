"""The closings of semesters, with all that each of them fixed."""

from typing import Any, Final

from django.db.models import F, Prefetch

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import LedgerAct
from tracking.models import ClosingLine, SemesterWindow
from tracking.recorded.kind import Kind, Rows, term_of


def _closed_windows() -> Rows:
    return SemesterWindow.objects.exclude(closed_at=None).order_by("pk")


def _closing(row: SemesterWindow) -> dict[str, Any]:
    plans = row.municipality.plans.all()
    plan = next((each for each in plans if row.semester in Semester.all_of(each.term)), Plan())
    lines = [
        {
            "promesa": line.ref,  # type: ignore[attr-defined]
            "revision": line.revision,  # type: ignore[attr-defined]
            "senal": line.signal,
            "clase": line.kind,
            "oficinas": line.units,
        }
        for line in row.lines.all()
    ]
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


CLOSINGS: Final = Kind(
    (LedgerAct.CLOSING,),
    _closed_windows,
    "municipality",
    _closing,
    (
        Prefetch(
            "lines",
            ClosingLine.objects.annotate(ref=F("element__ref"), revision=F("report__revision")),
        ),
        "municipality__plans",
    ),
    chunk=20,  # each has a line for every promise
)
