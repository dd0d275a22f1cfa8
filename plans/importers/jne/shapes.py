"""The shapes in which the electoral authority has given the summary of a plan, as one shape.

2026, municipal: `dimensiones[].txDimension, detalle[]`; 2026, general: lists `dimensionSocial` …;
before: lists `ListPGDSocial` … of `strPG…`. Any of them may stand in {success, message, data}.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from plans.choices import Dimension
from plans.importers.jne.texts import text_of
from plans.importers.printed.labels import dimension_of

Fields = Mapping[str, Any]
_PREFIX: Final = re.compile(r"(?:(?:tx|str|id|nu)(?=[A-Z]))?(?:P[gG](?=[A-Z]))?")
_LIST: Final = re.compile(
    r"(?:dimension|listp[gt]d)(social|econ[oó]mic[ao]|ambiental|institucional|propuesta)s?", re.I
)
_KINDS: Final = {
    "social": Dimension.SOCIAL,
    "econom": Dimension.ECONOMIC,
    "ambien": Dimension.ENVIRONMENTAL,
    "instit": Dimension.INSTITUTIONAL,
}
_TITLES: Final = {
    Dimension.SOCIAL: "Dimensión social",
    Dimension.ECONOMIC: "Dimensión económica",
    Dimension.ENVIRONMENTAL: "Dimensión ambiental",
    Dimension.INSTITUTIONAL: "Dimensión institucional",
}
_WRAPPED: Final = ("data", "result", "planGobierno", "resumen")


@dataclass(frozen=True)
class Part:
    """A dimension: its title, its kind ("" for one of the plan's own), its rows."""

    title: str
    kind: str
    rows: tuple[Fields, ...]


@dataclass(frozen=True)
class Summary:
    """The summary of a plan: what is said of it, by the bare names of its fields, and its parts."""

    general: Mapping[str, str]
    parts: tuple[Part, ...]


def summaries(content: Any) -> Iterator[Summary]:
    """The plans in CONTENT, a JSON value: one, or those of a wrapped list, or of an object."""
    if isinstance(content, list):
        for each in content:
            yield from summaries(each)
    if not isinstance(content, dict):
        return
    parts = tuple(_parts(content))
    if parts or "datoGeneral" in content:
        yield Summary(_general(content), parts)
        return
    for name in _WRAPPED:
        if isinstance(content.get(name), dict | list):
            yield from summaries(content[name])
            return
    if content and all(isinstance(each, dict) for each in content.values()):
        for each in content.values():
            yield from summaries(each)


def fields_of(row: Fields) -> dict[str, Any]:
    """ROW by the bare names of its fields: txPgMeta and strPGMeta are "meta"."""
    return {bare_name(name): value for name, value in row.items()}


def bare_name(name: str) -> str:
    return _PREFIX.sub("", name, count=1).lower()


def _general(content: Fields) -> dict[str, str]:
    """What is said of the plan, beside its parts or in `datoGeneral`, which counts more."""
    own = {name: value for name, value in content.items() if not isinstance(value, list | dict)}
    inner = content.get("datoGeneral")
    told = {**own, **(inner if isinstance(inner, dict) else {})}
    return {bare_name(name): text for name, value in told.items() if (text := text_of(value))}


def _parts(content: Fields) -> Iterator[Part]:
    dimensions = content.get("dimensiones")
    for each in dimensions if isinstance(dimensions, list) else ():
        if isinstance(each, dict):
            title = text_of(each.get("txDimension") or each.get("strDimension"))
            yield _titled(title, _rows(each.get("detalle")))
    for name, value in content.items():
        found = _LIST.fullmatch(name)
        if found and isinstance(value, list) and (rows := _rows(value)):
            kind = _KINDS.get(found[1].lower()[:6], "")
            yield Part(_TITLES[Dimension(kind)] if kind else "Propuesta", str(kind), rows)


def _titled(title: str, rows: tuple[Fields, ...]) -> Part:
    """A part by its title; one that has none, by the number that its rows give their dimension."""
    found = dimension_of(title)
    kind = found[0] if found else ""
    if not kind and rows:
        number = text_of(fields_of(rows[0]).get("dimension"))
        kinds = dict(zip("1234", Dimension.values, strict=True))
        kind = kinds.get(number, "") if not title else ""
    return Part(title or (_TITLES[Dimension(kind)] if kind else "Propuesta"), kind, rows)


def _rows(value: Any) -> tuple[Fields, ...]:
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()
