"""Each figure that a statement prints, with what stands around it: unit, sign, the word before.

What only looks like a figure is none: the number of a law, the day of a date, a year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError

from plans.choices import PERCENT
from plans.figures import read_figure
from plans.importers.printed.numbering import leading
from plans.importers.printed.proving import PRINTED, YEAR

SOLES: Final = "S/"
_TIMES: Final = "año años mes meses día días dia dias hora horas semana semanas minuto minutos"
DURATIONS: Final = frozenset(_TIMES.split())
_SOLES_BEFORE: Final = re.compile(r"S/\.? ?\Z", re.IGNORECASE)
_PERCENT_WORDS: Final = re.compile(r" ?(?:por ciento|porciento|puntos porcentuales)\b", re.I)
# What is counted, or when: no quantity. "Ley 27972", "N° 12", "ODS 6", "artículo 5", "I.E. 70".
_NAMES: Final = re.compile(
    r"(?:\b(?:ley|leyes|art[ií]culos?|art\.|ordenanzas?|resoluci[oó]n|decreto|directiva|ods|oei|aei"
    r"|norma|iso|ruta|tramo|zona|sector|manzana|lote|jr\.|av\.|i\.?e\.?|eje|n[uú]mero|nro\.?|num\.)"
    r"|n ?[°º.]|#|[^\W\d_]-)\s*(?:n ?[°º.]+ ?)?\Z",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre"
    "|diciembre"
)
_DATE_AFTER: Final = re.compile(
    rf" (?:de )?(?:{_MONTHS})\b|[/-][0-9]{1, 2}[/-][0-9]|[°º](?! ?[0-9])|-[A-Z]\b", re.I
)
_UNIT: Final = re.compile(
    r"\s*(?:(?:a|y|hasta|[-–]) ?[0-9]+ )?(?:(?:de |nuev[oa]s |millones de )*)"
    r"(?P<word>m[²2³3]|[^\W\d_]+[²2³3]?)(?![\w.]*[0-9])"
)
_LITTLE_WORDS: Final = (
    "a al con de del el en entre la las los mas más menos o para por que se su sus u un una y e"
    " hasta como cada desde durante sobre según ni no"
)
_NO_UNIT: Final = frozenset(_LITTLE_WORDS.split())
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)\W*\Z")
_BEFORE_YEARS: Final = (
    "a al año años del de desde el en entre hasta para periodo período setiembre diciembre"
)
_YEAR_BEFORE: Final = frozenset(_BEFORE_YEARS.split())
_WORDS: Final = {
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "once": 11,
    "doce": 12,
    "quince": 15,
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "cien": 100,
    "mil": 1000,
}
_WORD: Final = re.compile(rf"(?<!\w)(?<![0-9] )({'|'.join(_WORDS)})\b", re.IGNORECASE)
# The comma of thousands and the apostrophe of millions, as they are written in Peru.
_THOUSANDS: Final = re.compile(
    r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[1-9][0-9]{0,2}['\u2019\u00b4][0-9]{3}(?:,[0-9]{3})+"
)
_DIGIT: Final = re.compile("[0-9]")
_DECIMAL_COMMA: Final = re.compile(r"(?<![\d.,'])[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})(?![\d,])")


@dataclass(frozen=True)
class Figure:
    """A figure at [start, end) of its text; ``written`` is what stands there.

    ``choices`` are the ways to read it: one where it is clear. ``unit`` is "%", "S/" or the word
    that follows; ``before`` the word before it, in small letters.
    """

    start: int
    end: int
    written: str
    choices: tuple[Decimal, ...]
    unit: str
    before: str

    @property
    def value(self) -> Decimal | None:
        return self.choices[0] if len(self.choices) == 1 else None

    @property
    def is_duration(self) -> bool:
        """An age, a term, opening hours: seldom what a target is to reach."""
        return self.unit.lower() in DURATIONS


@lru_cache(maxsize=256)  # a target's text is asked for them several times, one after the other
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of TEXT, in order; a number before the statement itself is none of it."""
    if not _DIGIT.search(text):
        return ()
    has_decimal_comma = _DECIMAL_COMMA.search(text) is not None
    beginning = leading(text).start
    return tuple(
        _figure(text, match, has_decimal_comma)
        for match in PRINTED.finditer(text)
        if match.start("body") >= beginning and _is_quantity(text, match)
    )


def years_in(text: str) -> list[int]:
    """The years that TEXT names: "al 2030", "2027-2030"; not "2000 viviendas"."""
    if "19" not in text and "20" not in text:
        return []
    return [int(match["body"]) for match in PRINTED.finditer(text) if _is_year(text, match)]


def words_in(text: str) -> Iterator[tuple[str, int]]:
    """The figures that TEXT writes in words, and what they mean: "dos", 2."""
    for match in _WORD.finditer(text):
        yield match[0], _WORDS[match[0].lower()]


def _figure(text: str, match: re.Match[str], has_decimal_comma: bool) -> Figure:
    body = match["body"]
    choices = _choices(body, has_decimal_comma)
    before = text[: match.start()]
    # "-3 carreteras": without "%" the hyphen is that of a list.
    sign = match["sign"] if match["percent"] else ""
    if sign:
        choices = tuple(-choice for choice in choices)
    written = f"{sign or ''}{body}{match['percent'] or ''}"
    start = match.start() if sign else match.start("body")
    word = _WORD_BEFORE.search(before)
    unit = _unit(text, match, before)
    return Figure(start, match.end(), written, choices, unit, word[1].lower() if word else "")


def _choices(body: str, has_decimal_comma: bool) -> tuple[Decimal, ...]:
    try:
        reading = read_figure(body)
    except ValidationError:
        return ()
    if reading.value is not None:
        return (reading.value,)
    if _THOUSANDS.fullmatch(body) and not has_decimal_comma:
        return reading.choices[:1]
    return reading.choices


def _unit(text: str, match: re.Match[str], before: str) -> str:
    if match["percent"] or _PERCENT_WORDS.match(text, match.end()):
        return PERCENT
    if _SOLES_BEFORE.search(before):
        return SOLES
    found = _UNIT.match(text, match.end())
    if not found or found["word"].lower() in _NO_UNIT:
        return ""
    return SOLES if found["word"].lower() in {"soles", "sol"} else found["word"]


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    if match["percent"]:
        return True
    before, end = text[: match.start()], match.end()
    if _SOLES_BEFORE.search(before):
        return True
    is_named = _NAMES.search(before) is not None
    return not (is_named or _DATE_AFTER.match(text, end) or _is_year(text, match))


def _is_year(text: str, match: re.Match[str]) -> bool:
    if not YEAR.fullmatch(match["body"]) or match["percent"]:
        return False
    word = _WORD_BEFORE.search(text[: match.start()])
    if word and word[1].lower() in _YEAR_BEFORE:
        return True
    unit = _UNIT.match(text, match.end())
    return not unit or unit["word"].lower() in _NO_UNIT or text[match.end()] in "-–/,;.:)"
