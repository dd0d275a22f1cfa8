"""The electoral authority's list of those who were elected, read row by row: the mayors of it.

Its columns come in any order and spelling ("TXORGANIZACIONPOLITICA", "Organización política"). An
identity number is dropped with the column that holds it, unread.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.querysets import folded
from accounts.spreadsheets.cells import Row

# What a heading says, folded and without the sign of its type ("TX", "FE"): the first is JNE's own.
COLUMNS: Final = {
    "organization": ("organizacionpolitica", "organizacion", "partido"),
    "office": ("cargo", "cargoelectivo", "cargoautoridad"),
    "region": ("region", "departamento"),
    "province": ("provincia",),
    "district": ("distrito",),
    "since": ("iniciovigencia", "fechainiciovigencia", "inicio", "desde"),
    "until": ("finvigencia", "fechafinvigencia", "fin", "hasta"),
    "ruling": ("pronunciamiento", "resolucion", "documento", "credencial"),
    "period": ("periodo",),
    "name": ("nombrecompleto", "nombresyapellidos", "apellidosynombres", "autoridad", "candidato"),
    "first": ("nombres", "nombre", "prenombres"),
    "paternal": ("apellidopaterno", "primerapellido", "paterno"),
    "maternal": ("apellidomaterno", "segundoapellido", "materno"),
    "family": ("apellidos", "apellido"),
}
NEEDED: Final = ("office", "region", "province", "since")
TYPE_SIGN: Final = re.compile(r"^(?:tx|fe|str|no|de)(?=[a-z]{4})")
DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T].*)?\Z", re.ASCII)
YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?\Z", re.ASCII)
# What stands around the name of a province or a region: "PROVINCIA DE PUNO", "PROV. CONST. DEL …".
AROUND: Final = re.compile(
    r"^(?:(?:provincia|prov|region|departamento|distrito)(?: (?:constitucional|const))?"
    r"(?: de| del)? )"
)
MAYOR: Final = re.compile(r"\balcald(?:e|esa)\b")
PRINTED_PERIOD: Final = re.compile(r"(\d{4}) ?[-\u2013a/] ?(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Mayor:
    """One row of the list: who was elected where, and what says so. Names as they are printed.

    ``is_provincial`` is None where the office does not say which of the two it is.
    """

    number: int
    name: str
    office: str
    is_provincial: bool | None
    region: str
    province: str
    district: str
    since: dt.date
    until: dt.date | None
    source: str


@dataclass(frozen=True)
class RowFault:
    """A row that cannot be taken, and why, as a sentence."""

    number: int
    reason: str


class NotTheList(Exception):
    """The file has not the columns of the list; the message says which are missing."""


def read_mayors(rows: Iterable[Row]) -> Iterator[Mayor | RowFault | None]:
    """What each of ROWS says, after the one with the headings; None for an office that is another.

    Raises NotTheList where no row has the headings.
    """
    stream = iter(rows)
    columns = _columns(stream)
    for row in stream:
        said = {name: " ".join(row.at(index).split()) for name, index in columns.items()}
        yield _read(row.number, said)


def plain_place(name: str) -> str:
    """NAME of a region, province or district as two lists that spell it differently agree on."""
    words = " ".join(re.findall(r"[a-z0-9]+", folded(name)))
    return AROUND.sub("", words)


def _columns(stream: Iterator[Row]) -> dict[str, int]:
    """The place of each column that is known, from the first row that has those it needs."""
    best: list[str] = list(NEEDED)
    for row in stream:
        found = _headings(row.cells)
        missing = [name for name in NEEDED if name not in found]
        if not ({"name", "first", "family", "paternal"} & found.keys()):
            missing.append("name")
        if not missing:
            return found
        best = min(best, missing, key=len)
    titles = {"office": "TXCARGO", "region": "TXREGION", "province": "TXPROVINCIA"}
    titles |= {"since": "FEINICIOVIGENCIA", "name": _("los nombres de la persona")}
    message = _("No parece la lista de autoridades electas: le falta %s.")
    raise NotTheList(message % ", ".join(titles[name] for name in best))


def _headings(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        said = re.sub(r"[^a-z]", "", folded(cell))
        for name, spellings in COLUMNS.items():
            if name not in found and {said, TYPE_SIGN.sub("", said)} & set(spellings):
                found[name] = index
                break
    return found


def _read(number: int, said: dict[str, str]) -> Mayor | RowFault | None:
    office = folded(said["office"])
    if not MAYOR.search(office):
        return None
    try:
        since, until = _days(said)
        name = _name(said)
    except ValueError as refused:
        return RowFault(number, str(refused))
    is_provincial = True if "provincial" in office else None
    if "distrital" in office:
        is_provincial = False
    return Mayor(
        number=number,
        name=name,
        office=said["office"].capitalize()[:100],
        is_provincial=is_provincial,
        region=said["region"],
        province=said["province"],
        district=said.get("district", ""),
        since=since,
        until=until,
        source=_source(said),
    )


def _days(said: dict[str, str]) -> tuple[dt.date, dt.date | None]:
    since, until = _day(said["since"]), _day(said.get("until", ""))
    if since is None:
        raise ValueError(_("No dice desde qué día rige el cargo."))
    if until and until < since:
        raise ValueError(_("El cargo termina antes de empezar."))
    return since, until


def _name(said: dict[str, str]) -> str:
    """The whole name as it is read aloud, with capitals where the list shouts."""
    family = said.get("family") or f"{said.get('paternal', '')} {said.get('maternal', '')}"
    whole = said.get("name") or " ".join(f"{said.get('first', '')} {family}".split())
    if not whole:
        raise ValueError(_("No dice el nombre de la autoridad."))
    return _calmly(whole)[:150]


def _calmly(name: str) -> str:
    if not name.isupper():
        return name
    words = name.title().split()
    small = {"De", "Del", "La", "Las", "Los", "Y"}
    return " ".join(word.lower() if n and word in small else word for n, word in enumerate(words))


def _source(said: dict[str, str]) -> str:
    parts = [_("Lista de autoridades electas del JNE")]
    if ruling := said.get("ruling"):
        parts.append(ruling)
    if period := said.get("period"):
        printed = PRINTED_PERIOD.sub(r"\1–\2", period)
        parts.append(_("periodo %s") % printed)
    if organization := said.get("organization"):
        parts.append(organization)
    return "; ".join(parts)[:300]


def _day(written: str) -> dt.date | None:
    """The day that WRITTEN names; None for nothing. ValueError, with a sentence, for no day."""
    if not written:
        return None
    if found := DAY_FIRST.match(written):
        day, month, year = map(int, found.groups())
    elif found := YEAR_FIRST.match(written):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(_("«%s» no es una fecha: escriba 01/01/2027.") % written)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(_("La fecha «%s» no existe.") % written) from None
