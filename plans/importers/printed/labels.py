"""Words that say what stands beside or below them: "Objetivo estratégico 1:", "Principales metas:".

One place for the headings of columns, the titles of sections and the labels before a statement,
whichever the format: general words of plans, none of any one plan.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from plans.choices import ActivityKind, Dimension, Level
from plans.importers.printed.numbering import MARKUP, leading
from plans.source_text import bare

INDICATOR: Final = "indicator"
"""A column or label that is no level of its own: what the target beside it is measured by."""

_LEVELS: Final[tuple[tuple[str, str], ...]] = (
    (Level.DIMENSION, r"dimension(?:es)?|ejes?(?: de desarrollo)?"),
    (
        Level.PROBLEM,
        r"problemas?|problematicas?|necesidad(?:es)?(?: identificadas?)?|nudos? criticos?",
    ),
    (Level.OBJECTIVE, r"objetivos?|politicas?|soluci[o]n(?:es)?(?: propuestas?)?"),
    (
        Level.ACTIVITY,
        r"programas?|proyectos?|subprogramas?|subproyectos?|actividad(?:es)?|acci[o]n(?:es)?"
        r"|propuestas?|lineas? de acci[o]n|obras?|iniciativas?|intervenci[o]n(?:es)?"
        r"|estrategias?|medidas?",
    ),
    (INDICATOR, r"indicador(?:es)?"),
    (Level.TARGET, r"metas?|resultados? esperados?|logros? esperados?"),
)
_ADJECTIVES: Final = (
    r"(?: (?:estrategic[oa]s?|identificad[oa]s?|principal(?:es)?|general(?:es)?|especific[oa]s?"
    r"|prioritari[oa]s?|propuest[oa]s?|planteadas?|central(?:es)?|municipal(?:es)?|y|a(?= )|de|del"
    r"|la|el|los|las|al|por|valor(?:es)?|resolver|alcanzar|lograr|realizar|ejecutar|gobierno|plan"
    r"|producto|resultados?|clave|operativ[oa]s?|inversion|20[0-9]{2})\b)*"
)
_CODE: Final = (
    r"(?: ?(?:n[°º.]? ?)?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]\.?[0-9]{1,2}(?:\.[0-9]+)*|[ivx]+))"
)
_BRACKET: Final = r"(?: ?\([^)]{1,80}\))?"
_END: Final = r" ?(?:\.-|[:.–—-])(?= |\Z)"

_LABELS: Final = [
    (
        level,
        re.compile(
            rf"(?:(?:principal(?:es)?|los|las|nuestr[oa]s) )?(?P<word>{words}){_ADJECTIVES}"
            rf"(?P<code>{_CODE})?{_BRACKET}(?P<end>{_END})?"
        ),
    )
    for level, words in _LEVELS
]
_BEGINNINGS: Final = re.compile(
    rf"(?:(?:principal(?:es)?|los|las|nuestr[oa]s) )?(?:{'|'.join(words for _, words in _LEVELS)})"
)
_FIRST_WORDS: Final = 60
_KINDS: Final = (
    (ActivityKind.PROGRAMME, "programa"),
    (ActivityKind.PROJECT, "proyecto"),
    (ActivityKind.ACTION, "accion"),
    (ActivityKind.ACTIVITY, "actividad"),
)
_DIMENSIONS: Final = (
    (Dimension.SOCIAL, r"social(?:es)?"),
    (Dimension.ECONOMIC, r"economic[oa]s?"),
    (Dimension.ENVIRONMENTAL, r"ambiental(?:es)?|ambiente|territorial(?:es)?"),
    (Dimension.INSTITUTIONAL, r"institucional(?:es)?|institucionalidad|gobernabilidad"),
)
_DIMENSION: Final = re.compile(
    r"(?:(?:la|los|el|en) )?(?:dimension|ejes?|ambito|aspectos?|componente|area|lineas?)\b"
    rf"(?P<code>{_CODE}(?=[:. –-]))?[^.;]{{0,70}}[.:]?"
)
_FORM_TITLE: Final = re.compile(
    r"(?:(?:la )?(?:dimension|eje|ambito|aspecto|componente|area)s? )?"
    rf"(?:(?:{'|'.join(words for _, words in _DIMENSIONS)})[ .:]*)+"
)
_OWN_TITLE: Final = re.compile(
    r"(?P<word>dimension|eje)(?: (?:estrategic[oa]|tematic[oa]))?[:.-]{0,2}"
    r" (?!(?:estrategic|tematic|de\b|del\b|que\b|en\b|y\b|a\b|es\b|se\b|para\b))"
    r"[^\s.;:,]{3,}(?: [^\s.;:,]+){0,4}"
)
# A label inside a text: a capital where a line or a sentence begins, or with a colon.
_WORDS: Final = (
    "Problema|Objetivo|Pol[ií]tica|Programa|Proyecto|Subproyecto|Actividad|Acci[oó]n|Meta|Indicador"
    "|Resultado"
)
_WITHIN: Final = re.compile(
    rf"(?:(?:\n|<(?:p|br)\s*/?>)(?:\s|{MARKUP})*(?=(?:{_WORDS}))"
    rf"|(?<=[\s>*])(?=(?:{_WORDS})(?:e?s)?(?: [\w°º.]{{1,6}})?{MARKUP}? ?(?::|\.-))"
    rf"|(?<=[.;] )(?=(?:{_WORDS})(?:e?s)? (?:N[°º]? ?)?[0-9]))"
)
_LONGEST_TITLE: Final = 100
_GAPS: Final = re.compile(rf"(?:\s|{MARKUP})+")
_MARKED: Final = frozenset("<*_")
_SEPARATES: Final = re.compile(r"\s|<(?:p|br)")


class Label(NamedTuple):
    """What a text says of itself before it begins, at ``start``, to speak.

    ``code`` is the label as printed where it counts ("POLITICA A.1:"), else the number before it.
    ``kind`` is an activity's; ``is_title`` says that nothing follows: it speaks of what is below.
    """

    level: str
    start: int
    code: str = ""
    kind: str = ""
    is_title: bool = False


def label_of(text: str) -> Label | None:
    """The label with which TEXT begins, after its number or bullet; None where it has none.

    A word of a level is one only with a colon or a number after it, or alone: "Proyecto de riego"
    begins with none.
    """
    lead = leading(text)
    said = text[lead.start : lead.end]
    if not _BEGINNINGS.match(_small(said[:_FIRST_WORDS])):
        return None
    plain, places = _plain(said)
    for level, pattern in _LABELS:
        found = pattern.match(plain)
        if not found or (found.end() < len(plain) and plain[found.end()].isalnum()):
            continue
        is_title = not plain[found.end() :].strip(" .:;-–")
        if not (is_title or found["end"] or (found["code"] and plain[found.end() :][:1] == " ")):
            continue
        if level == Level.DIMENSION and not is_title and not found["code"]:
            continue
        after = places[found.end()] if found.end() < len(plain) else len(said)
        code = bare(said[:after]) if found["code"] else lead.code
        start = lead.start + after
        rest = re.match(rf"(?:\s|{MARKUP}|[:.–—-])*", text[start:])
        return Label(
            level,
            start + (rest.end() if rest else 0),
            code,
            kind_of(found["word"]) if level == Level.ACTIVITY else "",
            is_title,
        )
    return None


def labels_within(text: str) -> list[int]:
    """Where labels begin after the beginning of TEXT: at its line ends, or between sentences.

    "Proyecto: Riego. Actividad: Limpiar" has one; "el proyecto: riego" has none.
    """
    return [
        match.end()
        for match in _WITHIN.finditer(text)
        if label_of(text[match.end() :]) and bare(text[: match.end()])
    ]


def kind_of(text: str) -> str:
    """What kind of activity TEXT is by its first word ("Proyecto de riego"); else ""."""
    plain = plain_words(text).removeprefix("sub")
    return next((str(kind) for kind, word in _KINDS if plain.startswith(word)), "")


def sole_kind(heading: str) -> str:
    """The one kind of activity that HEADING names; "" for none, or several."""
    plain = plain_words(heading)
    kinds = [str(kind) for kind, word in _KINDS if word in plain]
    return kinds[0] if len(kinds) == 1 else ""


def column_of(heading: str) -> str:
    """The level, or INDICATOR, of a column under HEADING; "" for one that is none of a plan's.

    "Indicadores 2022 (metas)" is the column of targets: the last of two words decides.
    """
    plain = plain_words(heading)
    if not plain or len(plain) > _LONGEST_TITLE:
        return ""
    outer = re.sub(r"\(.*?\)", "", plain).strip()
    if re.search(r"\bmetas?\b", plain) and re.search(r"\bindicador", outer):
        return Level.TARGET
    for level, words in _LEVELS:
        if re.match(rf"(?:(?:n[°º]|[0-9]+\.?|principal(?:es)?) )*(?:{words})\b", outer):
            return level
    within = re.findall(r"\b(problema|objetivo|meta|indicador|actividad)(?:es|s)?\b", outer)
    return column_of(within[0]) if len(within) == 1 and within[0] != outer else ""


def dimension_of(text: str) -> tuple[str, bool] | None:
    """The kind of the dimension that TEXT is the title of, "" for one of the plan's own.

    None for what is no such title. With the kind: whether the text itself says "dimensión" or
    "eje", which a lone "Social" does not.
    """
    plain = plain_words(text)
    # A small letter goes on with a sentence, whose last word may be "sociales.".
    if not plain or len(plain) > _LONGEST_TITLE or _goes_on(text):
        return None
    kinds = [
        (found.start(), str(kind))
        for kind, words in _DIMENSIONS
        if (found := re.search(rf"\b(?:{words})\b", plain))
    ]
    kind = min(kinds)[1] if kinds else ""  # one of two is the first
    if found := _DIMENSION.fullmatch(plain):
        own = found["code"] and plain.startswith(("dimension", "eje"))
        return (kind, True) if kind or own else None
    if any(re.fullmatch(rf"(?:{words})[.:]?", plain) for _, words in _DIMENSIONS):
        return kind, False
    return None


def own_title_word(text: str) -> str:
    """The word by which TEXT may be the title of a dimension: "dimension" of "Dimensión cultural".

    "" for what cannot be one, and for what `dimension_of` knows. It is one only where the plan
    calls its other dimensions by that word, too: `title_word` of them.
    """
    if _goes_on(text) or dimension_of(text) is not None:
        return ""
    found = _OWN_TITLE.fullmatch(plain_words(text))
    return found["word"] if found else ""


def title_word(text: str) -> str:
    """The word that says of a known title what it is: "eje" of "EJE SOCIAL"; "" of any other."""
    found = dimension_of(text)
    word = re.match(r"dimension|eje", plain_words(text))
    return word[0] if found and word else ""


def is_form_title(text: str) -> bool:
    """Whether TEXT is the title of a dimension and nothing more: "EJE SOCIAL", "Ambiental"."""
    return _FORM_TITLE.fullmatch(plain_words(text)) is not None


def _goes_on(text: str) -> bool:
    lead = leading(text)
    return bare(text[lead.start : lead.end])[:1].islower() and not lead.code


def plain_words(text: str) -> str:
    """TEXT without its number or bullet, markup and accents, in small letters."""
    lead = leading(text)
    return _small(text[lead.start : lead.end])


def _small(said: str) -> str:
    words = " ".join(said.split())
    if not _MARKED.isdisjoint(words):
        words = _GAPS.sub(lambda gap: " " if _SEPARATES.search(gap[0]) else "", said).strip()
    if words.isascii():
        return words.lower()
    return "".join(_letters(words))


def _letters(words: str) -> Iterator[str]:
    """The letters of WORDS, small and without accents; the tilde of an ñ stays, after its n."""
    for letter in unicodedata.normalize("NFD", words.casefold()):
        if not unicodedata.combining(letter) or letter == "\u0303":
            yield letter


def _plain(text: str) -> tuple[str, list[int]]:
    """TEXT in small letters without accents and markup, and where each of its letters stands."""
    letters: list[str] = []
    places: list[int] = []
    done = 0
    for gap in _GAPS.finditer(text):
        _spell(text, done, gap.start(), letters, places)
        if letters and letters[-1] != " " and _SEPARATES.search(gap[0]):
            letters.append(" ")
            places.append(gap.start())
        done = gap.end()
    _spell(text, done, len(text), letters, places)
    return "".join(letters), places


def _spell(text: str, start: int, end: int, letters: list[str], places: list[int]) -> None:
    """Add the letters of TEXT between START and END, and their places."""
    piece = text[start:end]
    if piece.isascii():
        letters.extend(piece.lower())
        places.extend(range(start, end))
        return
    for at, found in enumerate(piece, start):
        for letter in _letters(found):
            letters.append(letter)
            places.append(at)
