"""What a document says of the plan as a whole, in its first lines."""

import re
from typing import Final

from plans.importers.document.blocks import Document, in_capitals
from plans.importers.outline import About
from plans.importers.printed.labels import plain_words
from plans.source_text import SourceText, Span, bare

_FIRST: Final = 25
_TERM: Final = re.compile(r"\b(20[0-9]{2}) ?[-–—/] ?(20[0-9]{2})\b")
_PLACE: Final = re.compile(
    r"(?i:municipalidad|provincia|distrito)(?i: provincial| distrital| provincia)? "
    r"(?i:de (?:la provincia |distrito )?(?:de )?|del )?"
    r"(?P<name>[^\W\d_a-z][\w' ]{2,60})",
)
_ORGANIZATION: Final = re.compile(
    r"(?:partido politico|partido|movimiento|alianza|frente|organizacion politica)\b.{2,90}"
)
_FORM: Final = r"distrito|provincia|regi[oó]n|departamento"
_CALLED: Final = re.compile(
    rf"(?i)\borganizaci[oó]n pol[ií]tica ?[:–-] ?(?P<name>.{{3,150}}?)(?= *\b(?:{_FORM}) ?:|\Z)"
)
_FIELD: Final = re.compile(
    rf"(?i)\b(?P<what>{_FORM}) ?: ?(?P<name>[^\W\d_][\w' ]{{1,60}}?)"
    rf"(?= *(?:\b(?:{_FORM}) ?:|[,;|/\t.]|\Z))"
)


def about_of(document: Document, source: SourceText, vision: Span | None) -> About:
    """What DOCUMENT says of its plan; "" for what its beginning does not say."""
    lines = [
        words
        for block in document.blocks[:_FIRST]
        if not block.is_row and 0 < len(words := bare(document.said(block))) <= 150
    ]
    term = next((found for line in lines if (found := _TERM.search(line))), None)
    return About(
        title=next((line for line in lines if "plan de gobierno" in plain_words(line)), ""),
        place=_place(lines),
        term=f"{term[1]}-{term[2]}" if term else "",
        organization=_organization(lines),
        vision=source.quoted([vision]) if vision else "",
        vision_spans=[list(vision)] if vision else [],
    )


def _place(lines: list[str]) -> str:
    """As a form says it, from the district up: "Coata, Puno, Puno"; else as a sentence does."""
    fields = {
        found["what"][0].lower(): found["name"] for found in _FIELD.finditer("\t".join(lines))
    }
    if fields:
        return ", ".join(fields[each].strip() for each in "dpr" if each in fields)
    for line in lines:
        if found := _PLACE.search(line):
            return found["name"].strip()
    return ""


def _organization(lines: list[str]) -> str:
    """As a form says it; else the line in capitals that is one."""
    for line in lines:
        if found := _CALLED.search(line):
            return found["name"]
    return next((line.strip("“”\"'") for line in lines if _is_organization(line)), "")


def _is_organization(line: str) -> bool:
    return in_capitals(line) and _ORGANIZATION.fullmatch(plain_words(line).strip('“”"')) is not None
