"""What a search found, a row for each promise or passage of a document."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse

from plans.querysets import PassageQuerySet, PlanElementQuerySet
from tracking.choices import Signal
from tracking.public.tables.about import (
    ABOUT_THE_PLAN,
    ABOUT_THE_PROMISE,
    about_the_plan,
    about_the_promise,
)
from tracking.public.tables.pieces import in_pieces
from tracking.public.tables.writing import Row, csv_table
from tracking.reading.addresses import absolute
from tracking.reading.declared import declared_by
from tracking.reading.found import with_coverage
from tracking.reading.passages import told_apart, with_their_plans
from tracking.reading.states import STATES

HEADER: Final = (
    *ABOUT_THE_PROMISE,
    *("semestre", "estado", "senal", "cobertura"),
    *ABOUT_THE_PLAN,
)
PASSAGE_HEADER: Final = (
    *("linea", "pasaje", "enlace", "documento", "codigo_de_verificacion"),
    *(name for name in ABOUT_THE_PLAN if name != "declarado_por"),
)


def search_table(rows: PlanElementQuerySet) -> StreamingHttpResponse:
    """ROWS with their plans, as `with_newest` gives them, with their newest report if any."""
    return csv_table("busqueda.csv", HEADER, _rows(with_coverage(rows)))


def passages_table(rows: PassageQuerySet) -> StreamingHttpResponse:
    """ROWS whole, each with its first line and the digest of the document that it stands in."""
    return csv_table("busqueda-documentos.csv", PASSAGE_HEADER, _passages(with_their_plans(rows)))


def _passages(rows: PassageQuerySet) -> Iterator[Row]:
    for passage in in_pieces(rows):
        document = passage.document
        page = absolute(document.get_absolute_url())
        yield {
            "linea": passage.first_line,
            "pasaje": told_apart(passage.text),
            "enlace": f"{page}#L{passage.first_line}",
            "documento": document.file_name,
            "codigo_de_verificacion": document.sha256,
            **about_the_plan(document.plan),
        }


def _rows(rows: PlanElementQuerySet) -> Iterator[Row]:
    for element in in_pieces(rows):
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
