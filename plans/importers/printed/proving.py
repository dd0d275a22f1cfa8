"""The figures that a statement prints, read as officers' figures are."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.figures import read_figure, typed_plainly
from plans.importers.draft import TermsDraft

# "30,5", "1'200,000", "12 500", "1.25 millones". A hyphen between two figures is no sign.
PRINTED: Final = re.compile(
    r"(?<![\w.,])(?P<sign>(?<![0-9][ -])[-\u2212])?"
    r"(?P<body>(?:[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,'\u2019\u00b4][0-9]+)*)"
    r"(?: (?:mil millones|mil|mill[oó]n|millones)\b)?)(?P<percent> ?%)?",
    re.IGNORECASE,
)
YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def figures_of(terms: TermsDraft) -> Iterator[Decimal]:
    """All that TERMS take from the plan's text, and that it must print."""
    for figure in (terms.goal, terms.baseline, *terms.milestones.values()):
        if figure is not None:
            yield figure


def is_printed(figure: Decimal, statement: str, unit: str) -> bool:
    """Whether STATEMENT prints FIGURE, in one of the ways in which what it prints can be read.

    A year is no figure, unless the word of UNIT follows: "2000 viviendas".
    """
    for match in PRINTED.finditer(statement):
        if figure in _readings(match) and not _is_year(match, statement, unit):
            return True
    return False


def why_unprinted(figure: Decimal, printed: str, unit: str) -> str:
    """Why FIGURE is none that a target's text has PRINTED, in words; "" where it is one."""
    if is_printed(figure, printed, unit):
        return ""
    if _stands_as_year(figure, printed):
        reason = _(
            "en el texto de la meta %s es un año. Si es la cifra, ponga en «unidad» la palabra "
            "que le sigue."
        )
        return reason % typed_plainly(figure)
    return _("esa cifra no está en el texto de la meta ni en su indicador.")


def _stands_as_year(figure: Decimal, printed: str) -> bool:
    return any(
        YEAR.fullmatch(match["body"]) and figure == Decimal(match["body"])
        for match in PRINTED.finditer(printed)
    )


def _is_year(match: re.Match[str], statement: str, unit: str) -> bool:
    if not YEAR.fullmatch(match["body"]) or match["percent"]:
        return False
    word = unit.split(maxsplit=1)[0].casefold() if unit else ""
    return not word or not statement[match.end() :].lstrip().casefold().startswith(word)


def _readings(match: re.Match[str]) -> Iterator[Decimal]:
    """What is printed may mean. Without "%" a hyphen may be that of a list: "-3 carreteras"."""
    try:
        reading = read_figure(match["body"])
    except ValidationError:
        return
    for value in reading.choices if reading.value is None else (reading.value,):
        if match["sign"]:
            yield -value
        if not (match["sign"] and match["percent"]):
            yield value
