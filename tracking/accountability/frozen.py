"""Freeze a content to the bytes that are published, and read it again."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any, Final

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from tracking.accountability.content import (
    CauseSaid,
    CellSaid,
    Content,
    Promise,
    ReportSaid,
    SupportSaid,
)
from tracking.ledger.chain import canonical
from tracking.reading.spending import YearOfSpending

LATER: Final[dict[type, tuple[str, ...]]] = {
    CellSaid: ("is_halted",),
    CauseSaid: ("next_steps",),
    SupportSaid: ("has_place",),
    ReportSaid: ("cause_before", "said_before"),
    YearOfSpending: ("latest",),
    Promise: ("cui", "locations"),
    Content: ("projection_year", "projected_on", "answering", "hearing", "log"),
}
"""Members that came later: where there is nothing to say, the JSON is as it was."""


def _converter() -> Converter:
    """Classes to plain objects and back; `canonical` alone decides how a figure is written."""
    made = Converter()
    for kind in (Decimal, dt.date, dt.datetime):
        made.register_unstructure_hook(kind, lambda value: value)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    made.register_structure_hook(dt.date, lambda value, _: dt.date.fromisoformat(value))
    made.register_structure_hook(dt.datetime, lambda value, _: dt.datetime.fromisoformat(value))
    for said, names in LATER.items():
        omitted: dict[str, Any] = dict.fromkeys(names, override(omit_if_default=True))
        made.register_unstructure_hook(said, make_dict_unstructure_fn(said, made, **omitted))
    return made


_CONVERTER: Final = _converter()


def frozen(content: Content) -> str:
    """CONTENT as canonical JSON: the same content, the same text."""
    return canonical(_CONVERTER.unstructure(content))


def read(text: str) -> Content:
    """Parse TEXT, which `frozen` wrote, into its content."""
    return _CONVERTER.structure(json.loads(text), Content)
