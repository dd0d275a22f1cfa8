"""The place of a statement in its document, as an editor writes it and as a form proves it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from plans.source_text import NotInDocument, Place, SourceText, Span, parse_places


class Misplaced(Exception):
    """A statement cannot be proven; FIELD is the one to mend: "statement" or "lineas"."""

    def __init__(self, field: str, reason: object) -> None:
        self.field, self.reason = field, str(reason)
        super().__init__(self.reason)


class Proven(NamedTuple):
    """Where a statement stands, and the first of its places as it was written."""

    spans: list[Span]
    place: Place


def parse_lines(written: str) -> tuple[Place, ...]:
    """Read "78", "78-79", "78, 80" or "78:31"; ValueError, with a sentence, for anything else."""
    parts: list[object] = [part.strip() for part in written.split(",")]
    return parse_places(parts)


def written_lines(source: SourceText, spans: Sequence[Span], statement: str) -> str:
    """SPANS as an editor would write them: with columns only where lines alone would not do."""
    for with_columns in (False, True):
        written = ", ".join(_written(source, span, with_columns) for span in spans)
        try:
            if source.locate(statement, parse_lines(written)) == list(spans):
                return written
        except (NotInDocument, ValueError):
            continue
    return ", ".join(_written(source, span, False) for span in spans)


def prove(source: SourceText, statement: str, written: str) -> Proven:
    """Find STATEMENT in the lines WRITTEN; or Misplaced, which says where it does stand."""
    try:
        places = parse_lines(written)
    except ValueError:
        reason = _("Escriba las líneas como 78, 78-79, 78:31 (desde la columna 31) o 78, 80.")
        raise Misplaced("lineas", reason) from None
    if any(place.last_line > source.line_count for place in places):
        reason = _("El documento termina en la línea %s.") % source.line_count
        raise Misplaced("lineas", reason)
    try:
        return Proven(source.locate(statement, places), places[0])
    except NotInDocument as error:
        elsewhere = _anywhere(source, statement)
        if elsewhere is None:
            raise Misplaced("statement", error) from None
        hint = _("El texto está en la línea %s del documento.") % source.line_of(elsewhere)
        raise Misplaced("lineas", f"{error} {hint}") from None


def _written(source: SourceText, span: Span, with_column: bool) -> str:
    first, last = source.line_of(span[0]), source.line_of(span[1] - 1)
    column = f":{_column(source, span[0])}" if with_column else ""
    return f"{first}{column}" + (f"-{last}" if last > first else "")


def _column(source: SourceText, offset: int) -> int:
    """1-based, in its line."""
    return offset - source.text.rfind("\n", 0, offset)


def _anywhere(source: SourceText, statement: str) -> int | None:
    """The offset where STATEMENT first stands, on whatever line; None where it does not."""
    try:
        return source.locate(statement, [Place(1, source.line_count, 1)])[0][0]
    except NotInDocument:
        return None
