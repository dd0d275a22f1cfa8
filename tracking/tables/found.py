"""What a search found, a row for each promise."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse

from plans.querysets import PlanElementQuerySet
from tracking.choices import Signal
from tracking.reading.found import with_coverage
from tracking.reading.states import STATES
from tracking.tables.about import (
    ABOUT_THE_PLAN,
    ABOUT_THE_PROMISE,
    about_the_plan,
    about_the_promise,
    declared_by,
)
from tracking.tables.writing import Row, csv_table

HEADER: Final = (
    *ABOUT_THE_PROMISE,
    *("semestre", "estado", "senal", "cobertura"),
    *ABOUT_THE_PLAN,
)
CHUNK: Final = 500


def found_table(rows: PlanElementQuerySet) -> StreamingHttpResponse:
    """ROWS with their plans, as `with_newest` gives them, with their newest report if any."""
    return csv_table("busqueda.csv", HEADER, _rows(with_coverage(rows)))


def _rows(rows: PlanElementQuerySet) -> Iterator[Row]:
    for element in rows.iterator(CHUNK):
        yield {**about_the_promise(element), **about_the_plan(element.plan), **_stands(element)}


def _stands(element: Any) -> Row:
    if element.stage is None:
        return {}
    return {
        "declarado_por": declared_by(simulated=element.plan.simulated),
        "semestre": str(element.semester),
        "estado": STATES[element.stage],
        "senal": Signal(element.signal).label,
        "cobertura": f"{element.covered} de {element.asked}" if element.asked else "",
    }
