"""A municipality's ledger, with all that it takes to compute its codes again."""

from collections.abc import Iterator
from typing import Final

from django.http import StreamingHttpResponse

from accounts.models import Municipality
from tracking.ledger.chain import instant, sealed, sealed_text
from tracking.public.tables.pieces import in_pieces
from tracking.public.tables.writing import Row, csv_table
from tracking.reading.places import as_text

HEADER: Final = (
    *("numero", "acto", "periodo", "promesa", "semestre", "revision", "oficina", "simulado"),
    *("fecha", "registrado", "municipalidad", "fila", "contenido", "anterior", "codigo", "texto"),
    "ubigeo_texto",
)


def ledger_table(municipality: Municipality) -> StreamingHttpResponse:
    """A row for each entry, oldest first; ``codigo`` is the SHA-256 of ``texto``."""
    return csv_table(f"{municipality.slug}-registro.csv", HEADER, _rows(municipality))


def _rows(municipality: Municipality) -> Iterator[Row]:
    for entry in in_pieces(municipality.ledger.order_by("number")):
        yield {
            **sealed(entry),
            "fecha": instant(entry.happened_at),
            "registrado": instant(entry.at),
            "codigo": entry.chain,
            "texto": sealed_text(entry),
            "ubigeo_texto": as_text(entry.inei),
        }
