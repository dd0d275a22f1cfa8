"""What may be said of a text that nobody took a figure from: that it has none, or only that.

A claim in public that a plan gives no figure must be true. So whatever may be one counts: in doubt
between a year or a numbering and a figure, it is a figure.
"""

import re
from typing import Final

from plans.models import MeasuringTerms, PlanElement

DIGITS: Final = (
    r"(?<![\w.,])[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|(?<![\w.,])[0-9]+(?:[.,'\u2019\u00b4][0-9]+)*"
)
SCALE: Final = r"(?: (?:mil millones|mil|mill[oó]n|millones)\b)?(?: ?%)?"
WORDS: Final = (
    r"\b(?:cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti\w+|treinta|cuarenta|cincuenta"
    r"|sesenta|setenta|ochenta|noventa|cien|ciento|\w*cient[oa]s|quinient[oa]s|mil|mill[oó]n"
    r"|millones|docenas?|decenas?|centenar(?:es)?|miles|mitad|tercio|doble|triple"
    r"|(?:duplic|triplic)\w+)\b"
)
FIGURE: Final = re.compile(rf"(?P<digits>{DIGITS}){SCALE}|{WORDS}", re.IGNORECASE)

YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
BEFORE_A_YEAR: Final = re.compile(
    r"(?:\b(?:al?|año|años|de|del|desde|el|en|gesti[oó]n|hacia|hasta|para|periodo|per[ií]odo|y)"
    r"|[0-9] ?[-\u2013/]) ?\Z",
    re.IGNORECASE,
)
A_YEAR_S_END: Final = re.compile(r" ?[-\u2013/] ?(?:19|20)[0-9]{2}\b")
# "2000 viviendas", "2000 ha", "2000 m2": what can be counted.
COUNTED: Final = re.compile(r" ?(?:%|\w{3,}s\b|(?:km|ha|m|ml|kg|tn)[23²³]?\b)", re.IGNORECASE)

LIST_BEGINS: Final = re.compile(r"(?:\A|\n|[.;]\s)\s*\Z")
LIST_SIGN: Final = re.compile(r"[.)\-]+\s|\.?\s*\Z|\s(?=[A-ZÁÉÍÓÚÑ])")
ITEM: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*")
ORDINAL: Final = re.compile(r"(?:er|r[ao]|d[ao]|t[ao]|v[ao]|m[ao]|[°ºª])(?!\w)", re.IGNORECASE)
NUMBER_OF: Final = re.compile(r"\bn(?:ro)?[.°º]{1,2} ?\Z", re.IGNORECASE)


def figures_in(text: str) -> list[str]:
    """All that may be a figure in TEXT, as it is written; a word in small letters.

    No year, no numbering of a list, no ordinal, no number of a law.
    """
    return [
        found[0] if found["digits"] else found[0].lower()
        for found in FIGURE.finditer(text)
        if not (found["digits"] and _is_something_else(found, text))
    ]


def gives_no_figure(element: PlanElement) -> bool:
    """Whether the whole of what ELEMENT says, its indicator included, has no figure."""
    return not figures_in(_whole(element))


def declares_no_baseline(element: PlanElement, terms: MeasuringTerms | None) -> bool:
    """Whether TERMS took every figure that ELEMENT prints, and none is a baseline."""
    if terms is None:
        return gives_no_figure(element)
    taken = {terms.goal, terms.tolerance, *terms.milestones.values()} - {None}
    return terms.baseline is None and len(figures_in(_whole(element))) <= len(taken)


def _whole(element: PlanElement) -> str:
    return f"{element.statement}\n{element.indicator}"


def _is_something_else(found: re.Match[str], text: str) -> bool:
    before, after = text[: found.start()], text[found.end("digits") :]
    written = found["digits"]
    if ORDINAL.match(after) or NUMBER_OF.search(before):
        return True
    if ITEM.fullmatch(written) and _numbers_an_item(written, before, after):
        return True
    return YEAR.fullmatch(written) is not None and _is_year(before, after)


def _numbers_an_item(written: str, before: str, after: str) -> bool:
    """Whether a list has it before one of its items: "2. Bajar", "1.2 Bajar", "b; 3) Bajar"."""
    if after.startswith(")"):
        return not before.endswith("(")
    begins = LIST_BEGINS.search(before) is not None
    return begins and LIST_SIGN.match(after) is not None and ("." in written or after[:1] != " ")


def _is_year(before: str, after: str) -> bool:
    if A_YEAR_S_END.match(after):
        return True
    return BEFORE_A_YEAR.search(before) is not None and not COUNTED.match(after)
