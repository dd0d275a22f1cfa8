"""The summaries of plans that the electoral authority publishes as JSON, many in one file."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from accounts.hidden_characters import hidden_in
from plans.choices import Level
from plans.importers.draft import Spans
from plans.importers.faults import Fault, FileRefused, Where, refusal_of
from plans.importers.form_rows import Cell, FormRows, Said
from plans.importers.jne.shapes import Fields, Part, Summary, fields_of, summaries
from plans.importers.jne.texts import is_cut, text_of
from plans.importers.jne.values import Value, values
from plans.importers.outline import About, Doubt, DoubtKind, Outline, Source
from plans.importers.printed.placeholders import states_nothing
from plans.importers.transcript import Transcript
from plans.source_text import SourceText, bare
from plans.term import Term

COLUMNS: Final = ("problema", "objetivo", "indicador", "meta")
LEVELS: Final = {
    "problema": Level.PROBLEM,
    "objetivo": Level.OBJECTIVE,
    "meta": Level.TARGET,
}
_ELECTION: Final = re.compile(r"\b(20[0-9]{2})\b")
_PLACES: Final = (("region", "departamento"), ("provincia",), ("distrito",))
Twins = dict[bytes, list[str]]


def read(file: BinaryIO, name: str) -> Iterator[Outline | FileRefused]:
    """The plans in FILE, called NAME, in its order: memory does not grow with their number.

    What cannot be read is a FileRefused in its place, and so is each of two plans of one list for
    one place.
    """
    twins = _twins(file)
    file.seek(0)
    is_empty = True
    for value in values(file):
        is_empty = False
        if value.fault:
            yield _refused(value, value.fault)
            continue
        found = list(summaries(value.content))
        if not found and value.content is not None:
            yield _refused(value, _("no tiene la forma del resumen de un plan."))
        for summary in found:
            if others := [words for words in twins.get(_key(summary), []) if words != value.words]:
                reason = _("la misma lista y el mismo lugar están también en: %s.")
                yield _refused(value, reason % ", ".join(others[:3]))
            else:
                yield _Plan(name, value, summary).outline()
    if is_empty:
        yield refusal_of(_("plan"), _("el archivo no tiene ninguno."))


def _twins(file: BinaryIO) -> Twins:
    """Where the plans stand that are not alone for their place and list: found in a pass before."""
    found: Twins = {}
    for value in values(file):
        for summary in summaries(value.content):
            if key := _key(summary):
                found.setdefault(key, []).append(value.words)
    return {key: words for key, words in found.items() if len(words) > 1}


def _key(summary: Summary) -> bytes:
    """By which two plans are of one list for one place; b"" where the file does not say both."""
    place, organization = _place(summary), summary.general.get("organizacionpolitica", "")
    if not (place and organization):
        return b""
    words = bare(f"{place}|{organization}").casefold()
    return hashlib.blake2b(words.encode(), digest_size=12).digest()


def _refused(value: Value, reason: str) -> FileRefused:
    return refusal_of(_("plan"), reason, Where(value.order, value.words))


def _place(summary: Summary) -> str:
    """The municipality in the file's own words, from the region down; else its code.

    Where the file says no district, or an election of the province, the word "provincia" keeps
    what the fields said: words alone do not tell a province from a district called as it.
    """
    general = summary.general
    words = [next((general[n] for n in names if n in general), "") for names in _PLACES]
    region, province, district = ["" if states_nothing(word) else word for word in words]
    election = general.get("tipoeleccion", "").lower()
    kinds = {kind for kind in ("provincial", "distrital") if kind in election}
    if province and (kinds == {"provincial"} or not (district or kinds)):
        province, district = f"provincia de {province}", ""
    stated = filter(None, (region, province, district))
    return " / ".join(stated) or general.get("descripcionubigeo", "") or general.get("ubigeo", "")


class _Plan:
    """One summary while it is written out as text, and its statements are found in it."""

    def __init__(self, name: str, value: Value, summary: Summary) -> None:
        self._name = name
        self._value = value
        self._summary = summary
        self._transcript = Transcript()
        self._rows = FormRows(carries=False)
        self._faults: list[Fault] = []

    def outline(self) -> Outline | FileRefused:
        about = self._about()
        for part in self._summary.parts:
            self._take(part)
        if self._faults:
            return FileRefused(self._faults)
        text = self._transcript.text
        items = self._rows.finished(SourceText(text))
        digest = hashlib.sha256(
            json.dumps(self._value.content, sort_keys=True).encode("utf-8", "surrogatepass")
        )
        source = Source(self._name, "jne", digest.hexdigest(), text)
        return Outline(source, about, items)

    def _about(self) -> About:
        general = self._summary.general
        organization = general.get("organizacionpolitica", "")
        self._said(_("Organización política"), organization)
        vision_spans = self._said(_("Visión"), general.get("vision", ""))
        self._said(_("Ideario"), general.get("ideario", ""))
        vision = " ".join(general.get("vision", "").split()) if vision_spans else ""
        expediente = general.get("codexpedienteext") or general.get("codigoexpediente", "")
        told = [
            _("Jurado Nacional de Elecciones, resumen del plan de gobierno"),
            _("expediente %s") % expediente if expediente else "",
            general.get("rutacompleto", "") or general.get("rutaarchivo", ""),
        ]
        return About(
            title=_("Resumen del plan de gobierno de %s") % organization if organization else "",
            place=_place(self._summary),
            term=_term(general),
            organization=organization,
            provenance=", ".join(filter(None, told)),
            vision=vision,
            vision_spans=vision_spans,
        )

    def _said(self, name: str, text: str) -> Spans:
        if states_nothing(text):
            return []
        return self._transcript.line(name, text)[1]

    def _take(self, part: Part) -> None:
        [spans] = self._transcript.line(part.title)
        self._rows.begin_dimension(part.title, part.kind, spans, self._where(part.title))
        self._transcript.line(_("Problema"), _("Objetivo"), _("Indicador"), _("Meta"))
        for number, row in enumerate(part.rows, start=1):
            self._take_row(part, number, fields_of(row))

    def _take_row(self, part: Part, number: int, row: Fields) -> None:
        texts = {column: text_of(row.get(column)) for column in COLUMNS}
        texts = {column: "" if states_nothing(text) else text for column, text in texts.items()}
        if not any(texts.values()):
            return
        spans = dict(zip(COLUMNS, self._transcript.line(*texts.values()), strict=True))
        cells: dict[str, Cell] = {}
        for column, text in texts.items():
            if text:
                where = self._where(f"{part.title}, {_('fila %s') % number}")
                if hidden := hidden_in(text):
                    reason = _("tiene un carácter que no se ve: %s.") % hidden
                    self._faults.append(Fault(where, column, reason))
                level = LEVELS.get(column, Level.TARGET)
                cells[column] = Cell(
                    level, text, spans[column], where, doubts=self._cut(row.get(column))
                )
        indicator = cells.pop("indicador", None)
        self._rows.add_row(cells.values(), Said(indicator=indicator))

    def _cut(self, value: object) -> tuple[Doubt, ...]:
        if not is_cut(value):
            return ()
        pdf = self._summary.general.get("rutacompleto", "")
        reason = _("La ficha lo corta en 1,500 caracteres: vea el resto en el PDF del plan.")
        return (Doubt(DoubtKind.CUT, f"{reason} {pdf}".strip()),)

    def _where(self, words: str) -> Where:
        return Where(self._transcript.line_number, f"{self._value.words}, {words}")


def _term(general: Fields) -> str:
    """The term for which an election was held, in October of the year before it."""
    for name in ("procesoelectoral", "tipoeleccion", "anioeleccion"):
        words = str(general.get(name, ""))
        year = _ELECTION.search(words)
        if year and ("municipal" in words.lower() or name == "anioeleccion"):
            return str(Term(int(year[1]) + 1, int(year[1]) + 4))
    return ""
