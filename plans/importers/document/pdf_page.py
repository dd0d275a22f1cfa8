"""One page of a PDF: its words and its ruling lines, from the top left, in points."""

import ctypes
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as api

MOST_GLYPHS: Final = 60_000
MOST_PATHS: Final = 20_000
THIN: Final = 3.0  # points: what is no thicker is a ruling line
RAISED: Final = 0.75  # of the size of the letters before it
_HYPHENS: Final = ("\x02", "\ufffe", "\u00ad")
"""What stands for the hyphen with which a line cuts a word."""
_NO_LETTERS: Final = ("Cc", "Cn", "Cs")
"""Controls and what is no character: glyphs of which the file does not say what they mean."""
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SEGMENT_MOVE: Final = 2


@dataclass(frozen=True)
class Word:
    """A word, or one letter of it, and its box.

    ``size`` is that of its letters, ``is_cut`` says that a line cuts it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool
    is_cut: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Words side by side."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return statistics.median(word.size for word in self.words)

    @property
    def is_bold(self) -> bool:
        return all(word.is_bold for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_cut(self) -> bool:
        return self.words[-1].is_cut


@dataclass(frozen=True)
class Rule:
    """A ruling line: along x where it is horizontal, else along y, at the place that it keeps."""

    is_horizontal: bool
    at: float
    start: float
    end: float


class Page:
    """The words and rules of a page; nothing in it is run or followed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._turn = page.get_rotation()
        self.width, self.height = page.get_size()
        self._left, self._bottom, right, top = page.get_bbox()
        self._wide, self._high = right - self._left, top - self._bottom
        self.words = tuple(self._words())
        self.rules = tuple(self._rules())

    def _words(self) -> Iterator[Word]:
        textpage = self._page.get_textpage()
        letters: list[Word] = []
        for index in range(min(textpage.count_chars(), MOST_GLYPHS)):
            sign = chr(api.FPDFText_GetUnicode(textpage, index))
            if sign in _HYPHENS:
                yield from _word(letters, is_cut=True)
                letters = []
            elif sign.isspace() or unicodedata.category(sign) in _NO_LETTERS:
                yield from _word(letters)
                letters = []
            else:
                letter = self._letter(textpage, index, sign)
                if letters and not _goes_on(letters[-1], letter):
                    yield from _word(letters)
                    letters = []
                letters.append(letter)
        yield from _word(letters)
        textpage.close()

    def _letter(self, textpage: Any, index: int, sign: str) -> Word:
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        size = api.FPDFText_GetFontSize(textpage, index)
        box = self._placed(left, bottom, right, top)
        tall = box[3] - box[1]
        return Word(sign, *box, size if size > 1 else tall, _is_bold(textpage, index))

    def _placed(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box as a reader sees it: the page turned, counted from its top left corner."""
        left, right = left - self._left, right - self._left
        bottom, top = bottom - self._bottom, top - self._bottom
        if self._turn == 90:
            return bottom, left, top, right
        if self._turn == 180:
            return self._wide - right, bottom, self._wide - left, top
        if self._turn == 270:
            return self._high - top, self._wide - right, self._high - bottom, self._wide - left
        return left, self._high - top, right, self._high - bottom

    def _rules(self) -> Iterator[Rule]:
        for number, shape in enumerate(self._page.get_objects(filter=[api.FPDF_PAGEOBJ_PATH])):
            if number >= MOST_PATHS:
                return
            is_stroked = _is_stroked(shape)
            for points in _outlines(shape):
                xs, ys = [x for x, _ in points], [y for _, y in points]
                left, top, right, bottom = self._placed(min(xs), min(ys), max(xs), max(ys))
                yield from _edges(left, top, right, bottom, is_stroked and _is_box(points))


def _goes_on(before: Word, letter: Word) -> bool:
    """Whether LETTER stands in the same word as the one BEFORE it."""
    size = max(letter.size, before.size)
    # A raised figure may stand wholly above what is beside it.
    is_beside = letter.top < before.bottom + size / 2 and before.top < letter.bottom + size / 2
    return is_beside and -before.size < letter.left - before.right < 0.3 * size


def _word(letters: list[Word], *, is_cut: bool = False) -> Iterator[Word]:
    if not letters:
        return
    size = max(letter.size for letter in letters)
    texts = [
        letter.text.translate(_SUPERSCRIPTS)
        if letter.size < RAISED * size and letter.text.isdigit() and at
        else letter.text
        for at, letter in enumerate(letters)
    ]
    yield Word(
        "".join(texts),
        min(letter.left for letter in letters),
        min(letter.top for letter in letters),
        max(letter.right for letter in letters),
        max(letter.bottom for letter in letters),
        size,
        all(letter.is_bold for letter in letters),
        is_cut,
    )


def _is_bold(textpage: Any, index: int) -> bool:
    if api.FPDFText_GetFontWeight(textpage, index) >= 600:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    api.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    return b"bold" in name.value.lower()


def _is_stroked(shape: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(api.FPDFPath_GetDrawMode(shape, mode, stroke) and stroke.value)


def _outlines(shape: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure that a path draws, on its page."""
    matrix = shape.get_matrix()
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(api.FPDFPath_CountSegments(shape), MOST_PATHS)):
        segment = api.FPDFPath_GetPathSegment(shape, index)
        if api.FPDFPathSegment_GetType(segment) == _SEGMENT_MOVE and points:
            yield points
            points = []
        if api.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(matrix.on_point(x.value, y.value))
    if points:
        yield points


def _is_box(points: list[tuple[float, float]]) -> bool:
    """Whether all sides run along the page."""
    sides = pairwise([*points, points[0]])
    return len(points) >= 3 and all(
        abs(x - next_x) < 0.5 or abs(y - next_y) < 0.5 for (x, y), (next_x, next_y) in sides
    )


def _edges(left: float, top: float, right: float, bottom: float, is_box: bool) -> Iterator[Rule]:
    wide, high = right - left, bottom - top
    if high <= THIN < wide:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif wide <= THIN < high:
        yield Rule(False, (left + right) / 2, top, bottom)
    elif is_box and wide > THIN and high > THIN:
        yield Rule(True, top, left, right)
        yield Rule(True, bottom, left, right)
        yield Rule(False, left, top, bottom)
        yield Rule(False, right, top, bottom)


def lines_of(words: "tuple[Word, ...] | list[Word]") -> list[Line]:
    """WORDS in lines, from the top; in each from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.middle[1]):
        height = word.bottom - word.top
        if rows and word.middle[1] - statistics.fmean(w.middle[1] for w in rows[-1]) < height / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda each: each.left))) for row in rows]
