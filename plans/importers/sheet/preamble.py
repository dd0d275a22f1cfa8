"""What the rows above a table, or a sheet of their own, say of the plan as a whole."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from plans.importers.draft import Spans
from plans.importers.outline import About
from plans.importers.printed.labels import plain_words
from plans.importers.printed.placeholders import states_nothing

_SAYS: Final = (
    ("organization", r"(?:organizacion|partido|lista|agrupacion)(?: politic[oa])?|movimiento"),
    ("place", r"municipalidad|distrito|provincia|lugar|ambito|jurisdiccion"),
    ("inei", r"ubigeo(?: inei)?|codigo inei"),
    ("term", r"periodo(?: de gobierno)?|gestion"),
    ("vision", r"vision(?: (?:de desarrollo|del plan|al 20[0-9]{2}))*"),
    ("title", r"titulo|nombre del plan"),
)
_TERM: Final = re.compile(r"(20[0-9]{2}) ?(?:-|–|a|al) ?(20[0-9]{2})")
_UBIGEO: Final = re.compile(r"[0-9]{6}")


def told(about: About, cells: Iterable[tuple[str, Spans]]) -> About:
    """ABOUT with what one row says: "Organización política: X", or the label and X beside it."""
    filled = [(text, spans) for text, spans in cells if text.strip()]
    if not filled:
        return about
    (first, spans), *others = filled
    label, colon, rest = first.partition(":")
    name = next((name for name, words in _SAYS if re.fullmatch(words, plain_words(label))), "")
    value, where = (rest, spans) if rest.strip() or not others else others[0]
    if colon or others:
        if name and not getattr(about, name) and not states_nothing(value):
            return _with(about, name, value, where)
    elif not about.title and _TERM.search(first):
        return replace(about, title=" ".join(first.split()), term=about.term or term_in(first))
    return about


def _with(about: About, name: str, value: str, spans: Spans) -> About:
    text = " ".join(value.split())
    if name == "vision":
        [[_start, end]] = spans
        return replace(about, vision=text, vision_spans=[[end - len(text), end]])
    if name == "term":
        text = term_in(text)
    if name == "inei" and not _UBIGEO.fullmatch(text):
        return about
    told: dict[str, Any] = {name: text}
    return replace(about, **told)


def term_in(text: str) -> str:
    """The years of a term that TEXT names, as "2027-2030"; "" where it names none."""
    found = _TERM.search(text)
    return f"{found[1]}-{found[2]}" if found else ""
