"""What a Word document says of its paragraphs elsewhere: styles, and the numbers of lists.

The numbers are not in the text: Word counts them when it shows it. They are counted here, so that
the text has what a person sees.
"""

from collections import defaultdict
from typing import Final, NamedTuple

from lxml import etree

_NS: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_LEVELS: Final = 9
_TITLES: Final = ("heading", "título", "titulo", "title", "encabezado")
_OFF: Final = ("0", "false", "off")
_BULLET: Final = "•"
_ROMAN: Final = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


def w(name: str) -> str:
    return _NS + name


def value_of(element: "etree._Element | None", otherwise: str = "") -> str:
    return otherwise if element is None else str(element.get(w("val"), otherwise))


class Styles:
    """The paragraph styles: which are headings, which are bold, which are lists."""

    def __init__(self, root: "etree._Element | None") -> None:
        found = [] if root is None else root.findall(w("style"))
        self._styles = {str(style.get(w("styleId"))): style for style in found}

    def form_of(self, paragraph: "etree._Element", path: str) -> "etree._Element | None":
        """A property of PARAGRAPH: its own, or that of its style, or of the style's own."""
        found = paragraph.find(f"{w('pPr')}/{path}")
        if found is not None:
            return found
        for style in self._chain(paragraph):
            if (found := style.find(f"{w('pPr')}/{path}")) is not None:
                return found
        return None

    def rank_of(self, paragraph: "etree._Element") -> int:
        """The rank of a heading, from 1; 0 for what is none."""
        level = value_of(self.form_of(paragraph, w("outlineLvl")))
        if level.isdigit():
            return int(level) + 1 if int(level) < _MOST_LEVELS else 0
        for style in self._chain(paragraph):
            name = value_of(style.find(w("name"))).casefold()
            if name.startswith(_TITLES):
                return int(name[-1]) if name[-1:].isdigit() else 1
        return 0

    def is_bold(self, paragraph: "etree._Element") -> bool:
        """Whether all that PARAGRAPH says is bold."""
        own = any(_is_on(style.find(f"{w('rPr')}/{w('b')}")) for style in self._chain(paragraph))
        runs = [
            run for run in paragraph.iter(w("r")) if any(text.text for text in run.iter(w("t")))
        ]
        return bool(runs) and all(_is_on(run.find(f"{w('rPr')}/{w('b')}"), own) for run in runs)

    def _chain(self, paragraph: "etree._Element") -> "list[etree._Element]":
        chain: list[etree._Element] = []
        name = value_of(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        while (style := self._styles.get(name)) is not None and style not in chain:
            chain.append(style)
            name = value_of(style.find(w("basedOn")))
        return chain


class _Level(NamedTuple):
    form: str
    text: str
    start: int


class Lists:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: "etree._Element | None", styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._counted_by: dict[str, str] = {}
        if root is None:
            return
        shapes = {
            str(each.get(w("abstractNumId"))): _levels(each)
            for each in root.findall(w("abstractNum"))
        }
        for number in root.findall(w("num")):
            own = str(number.get(w("numId")))
            shape = value_of(number.find(w("abstractNumId")))
            self._levels[own] = {**shapes.get(shape, {}), **_overridden(number, shapes.get(shape))}
            # Lists of one shape count on, but for one that says where it starts.
            restarts = number.find(f"{w('lvlOverride')}/{w('startOverride')}") is not None
            self._counted_by[own] = f"own {own}" if restarts else f"shape {shape}"

    def mark_of(self, paragraph: "etree._Element") -> tuple[str, int]:
        """The mark that Word shows before PARAGRAPH, and how deep in its list it stands, from 0."""
        form = self._styles.form_of(paragraph, w("numPr"))
        number = value_of(form.find(w("numId"))) if form is not None else ""
        levels = self._levels.get(number)
        if form is None or not levels or number == "0":
            return "", 0
        depth = value_of(form.find(w("ilvl")), "0")
        at = min(int(depth) if depth.isdigit() else 0, _MOST_LEVELS - 1)
        level = levels.get(at)
        if level is None:
            return "", 0
        counts = self._counts[self._counted_by[number]]
        counts[at] = counts.get(at, level.start - 1) + 1
        for below in [each for each in counts if each > at]:
            del counts[below]
        if level.form == "bullet":
            return _BULLET, at
        if level.form == "none":
            return "", at
        return _shown(level, levels, counts), at


def _shown(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    text = level.text
    for at in range(_MOST_LEVELS):
        own = levels.get(at)
        if own and f"%{at + 1}" in text:
            text = text.replace(f"%{at + 1}", _numeral(counts.get(at, own.start), own.form))
    return text.strip()[:20]


def _levels(shape: "etree._Element") -> dict[int, _Level]:
    found = {}
    for level in shape.findall(w("lvl")):
        at = str(level.get(w("ilvl"), ""))
        if at.isdigit():
            start = value_of(level.find(w("start")), "1")
            found[int(at)] = _Level(
                value_of(level.find(w("numFmt")), "decimal"),
                value_of(level.find(w("lvlText"))),
                int(start) if start.isdigit() else 1,
            )
    return found


def _overridden(number: "etree._Element", shape: dict[int, _Level] | None) -> dict[int, _Level]:
    found = {}
    for each in number.findall(w("lvlOverride")):
        at = str(each.get(w("ilvl"), ""))
        start = value_of(each.find(w("startOverride")))
        if at.isdigit() and shape and int(at) in shape and start.isdigit():
            found[int(at)] = shape[int(at)]._replace(start=int(start))
    return found


def _numeral(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 100:
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def _is_on(element: "etree._Element | None", otherwise: bool = False) -> bool:
    return otherwise if element is None else value_of(element, "1") not in _OFF
