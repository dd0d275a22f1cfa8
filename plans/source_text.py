"""Where a statement stands in its document, word for word: white space folded, markup removed."""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import TypeVar

from plans.comparable import comparable, said_by

T = TypeVar("T")
Span = tuple[int, int]  # half-open character offsets in SourceText.text

MOST_AT_HAND = 1_000_000  # characters: some 8 MB with what is read of them
# A run of white space and markup. Bullets and "#" count only where a line or a table cell begins.
_REMOVED = re.compile(
    r"(?:(?:^|(?<=\t))[^\S\n\t]*(?:(?:\#+|-)(?=\s|\Z)|[✓➤•])|\s"
    r"|</?(?:p|br|b|i|u|em|strong|su[bp])\s*/?>|\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w))+",
    re.IGNORECASE | re.MULTILINE,
)
_SEPARATES = re.compile(r"\s|</?(?:p|br)\b", re.IGNORECASE)
# Where a list that was copied into one line had its lines.
_ITEM_BEGINS = re.compile(r"\s(?=(?:\#+|-|[✓➤•])\s)")
# A position that divides a word ("sa|lud") or a figure ("1|,500"), and what is left of a word.
_DIVIDES = re.compile(r"(?<=\w)(?=\w)|(?=[\u0300-\u036f])|(?<=\d)(?=[.,]\d)|(?<=\d[.,])(?=\d)")
_REST_OF_WORD = re.compile(r"\w*")
_PLACE = re.compile(r"([1-9][0-9]{0,6})(?::([1-9][0-9]{0,6}))?(?:-([1-9][0-9]{0,6}))?")


def overlaps(
    claims: Iterable[tuple[Span, T]], above: Mapping[T, T] | None = None
) -> Iterator[tuple[T, T]]:
    """Pairs of claimants whose spans share characters, in the order of the text.

    Whoever stands in ABOVE may take words of the one that it names there, and of whom that names.
    """
    upper = above or {}
    still_open: list[tuple[int, T]] = []
    for (start, end), claimant in sorted(claims, key=lambda claim: claim[0]):
        still_open = [(until, other) for until, other in still_open if until > start]
        for _until, other in still_open:
            if not are_in_line(claimant, other, upper):
                yield other, claimant
        still_open.append((end, claimant))


def are_in_line(one: T, other: T, above: Mapping[T, T]) -> bool:
    """Whether ONE is above the OTHER, or below it: ABOVE names the next above of each."""
    return other in _chain(one, above) or one in _chain(other, above)


def _chain(claimant: T, above: Mapping[T, T]) -> Iterator[T]:
    while claimant in above:
        claimant = above[claimant]
        yield claimant


def left_of(spans: Iterable[Sequence[int]], taken: Iterable[Sequence[int]]) -> list[list[int]]:
    """What of SPANS is not TAKEN."""
    left = [[start, end] for start, end in spans]
    for start, end in taken:
        cut = ([[a, min(b, start)], [max(a, end), b]] for a, b in left)
        left = [[a, b] for pair in cut for a, b in pair if a < b]
    return left


class NotInDocument(ValueError):
    """The statement does not stand in the named place; the message says why, in Spanish."""


@dataclass(frozen=True)
class Place:
    """Lines of a document, 1-based and inclusive, from a 1-based column of the first one."""

    first_line: int
    last_line: int
    column: int = 0  # not given: the statement must stand there once; else its first one counts


def parse_places(value: object) -> tuple[Place, ...]:
    """Read `linea` of a plan file: 78, "78-79", "78:31" (from column 31), a list; or ValueError."""
    places: list[Place] = []
    for written in value if isinstance(value, list) else [value]:
        text = str(written) if type(written) is int and 0 < written < 10**7 else written
        match = _PLACE.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError('«linea» debe ser como 78, "78-79", "78:31" o [78, 80]; desde 1.')
        first, column, last = map(int, match.groups(default="0"))
        if 0 < last < first:
            raise ValueError(f"«linea: {written}» está al revés: la línea menor va primero.")
        places.append(Place(first, last or first, column))
    if not 1 <= len(places) <= 20:
        raise ValueError("«linea» admite entre 1 y 20 fragmentos.")
    return tuple(places)


def fold(text: str) -> str:
    """NFC, each run of white space as one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(text: str) -> str:
    """TEXT as it is compared with a document: folded, its markup removed as the document's is."""
    text = unicodedata.normalize("NFC", text)
    return fold(
        _REMOVED.sub(
            lambda removed: removed[0] if removed[0] == " " else _left_by(removed[0]), text
        )
    )


def readings(statement: str) -> list[str]:
    """As what STATEMENT is looked for: as it was copied; then, if it may be one, as a list."""
    copied, opened = bare(statement), bare(_ITEM_BEGINS.sub("\n", statement))
    return [copied] if opened == copied else [copied, opened]


def _left_by(removed: str) -> str:
    """What is left of a run of white space and markup: nothing, a space, a tab between cells."""
    if not _SEPARATES.search(removed):
        return ""
    return "\t" if "\t" in removed else " "


class SourceText:
    """A document; `text` is its NFC form, and offsets count its characters."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        self.line_count = len(self._starts) - (self._starts[-1] == len(self.text))
        folded: list[str] = []  # no markup; white space as a space, or as a tab between cells
        self._offsets = array("I")  # where each of its characters stands in the text
        done = 0
        for removed in _REMOVED.finditer(self.text):
            if removed[0] == " ":
                continue  # it stays where it is
            folded.append(self.text[done : removed.start()])
            self._offsets.extend(range(done, removed.start()))
            done = removed.end()
            if left := _left_by(removed[0]):
                folded.append(left)
                self._offsets.append(removed.start())
        self._folded = "".join(folded) + self.text[done:]
        self._offsets.extend(range(done, len(self.text)))

    def line_of(self, offset: int) -> int:
        """The 1-based line of a character offset."""
        return bisect_right(self._starts, offset)

    def locate(self, statement: str, places: Sequence[Place]) -> list[Span]:
        """A span of `statement` in each place; a fragment ends where its cell or place does.

        Markup and bullets that were copied with it count as little as the document's own. What
        stands there in other signs only (a cut word, a joined letter, the figure of a footnote) is
        found where it has one place: its words are then those that `quoted` gives.
        """
        refused: NotInDocument | None = None
        for reading in readings(statement):
            try:
                return self._locate(reading, places)
            except NotInDocument as error:
                refused = refused or error
        if len(places) == 1 and (found := self._as_said(statement, places[0])):
            return found
        raise refused or NotInDocument("No hay texto que buscar.")

    def _as_said(self, statement: str, place: Place) -> list[Span]:
        """Where PLACE says what STATEMENT says, once, whatever a page or a copy did to either.

        A cell of a table is crossed only by a copy that has its tab.
        """
        if place.last_line > self.line_count:
            return []
        first = self._starts[place.first_line - 1] + max(place.column - 1, 0)
        last = (self._starts[place.last_line : place.last_line + 1] or [len(self.text)])[0]
        said, offsets = comparable(self.text[first:last])
        wanted = said_by(statement)
        spans = list[Span]()
        for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", said) if wanted else ():
            span = first + offsets[found.start()], first + offsets[found.end() - 1] + 1
            if _DIVIDES.match(said, found.start()) or _DIVIDES.match(said, found.end()):
                continue
            if "\t" in statement or "\t" not in self.text[slice(*span)]:
                spans.append(span)
        return spans[:1] if place.column or len(spans) == 1 else []

    def _locate(self, rest: str, places: Sequence[Place]) -> list[Span]:
        spans = list[Span]()
        if not 1 <= len(places) <= len(rest.split()):
            raise NotInDocument("El texto tiene menos palabras que fragmentos «linea».")
        for left, place in zip(reversed(range(len(places))), places, strict=True):
            area, origin = self._area(place)
            fragment = _first_words(area, rest, bool(spans), left) if left else rest
            offsets = list(islice(_standing(area, fragment, bool(spans), left > 0), 2))
            if not offsets:
                raise NotInDocument(f"No está, palabra por palabra, en su lugar: {fragment[:80]}")
            starts = [self._offsets[origin + at] for at in offsets]
            if len(starts) > 1 and not place.column:
                second = starts[1] - self._starts[self.line_of(starts[1]) - 1] + 1
                raise NotInDocument(f"Está más de una vez; indique la columna (como :{second}).")
            spans.append((starts[0], self._offsets[origin + offsets[0] + len(fragment) - 1] + 1))
            rest = rest[len(fragment) + 1 :]
        if any(start < end for (_, end), (start, _) in pairwise(sorted(spans))):
            raise NotInDocument("Los fragmentos de «linea» se superponen.")
        return spans

    def quoted(self, spans: Iterable[Sequence[int]]) -> str:
        """The spans' text, folded, bare of markup."""
        return fold(" ".join(self._between(start, end) for start, end in spans))

    def says(self, spans: Iterable[Sequence[int]], text: str) -> bool:
        """Whether TEXT is, word for word, what stands at SPANS."""
        quoted = self.quoted(spans)
        return quoted == text or bare(quoted) == bare(text)

    def printed_before(self, code: str, start: int, place: Place) -> bool:
        """Whether a code ("1.1") stands right before `start`, a label ("Proyecto:") between."""
        before = " " + fold(self._between(self._starts[place.first_line - 1], start))
        return re.search(rf" {re.escape(bare(code))}(?: ?[^\W\d_]+:)?\Z", before) is not None

    def _between(self, start: int, end: int) -> str:
        return self._folded[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]

    def _area(self, place: Place) -> tuple[str, int]:
        """The place's folded text with a tab at each end, and where the first tab would stand."""
        if place.last_line > self.line_count:
            raise NotInDocument(f"El documento termina en la línea {self.line_count}.")
        start = self._starts[place.first_line - 1] + max(place.column - 1, 0)
        after = self._starts[place.last_line : place.last_line + 1] or [len(self.text)]
        area = self._between(start, after[0])
        origin = bisect_left(self._offsets, start) + len(area) - len(area.lstrip()) - 1
        return f"\t{area.strip()}\t", origin


def source_of(text: str) -> SourceText:
    """The document TEXT; what was read of it last is at hand, because each step of a draft asks."""
    return _at_hand(text) if len(text) <= MOST_AT_HAND else SourceText(text)


@lru_cache(maxsize=4)
def _at_hand(text: str) -> SourceText:
    return SourceText(text)


def _standing(area: str, fragment: str, begins: bool, ends: bool) -> Iterator[int]:
    """Where `fragment` stands in `area` as whole words; if asked for, at the edges of a cell."""
    wanted = "\t" * begins + fragment + "\t" * ends
    at = area.find(wanted)
    while at >= 0:
        first = at + begins
        if not (_DIVIDES.match(area, first) or _DIVIDES.match(area, first + len(fragment))):
            yield first
        at = area.find(wanted, next(_REST_OF_WORD.finditer(area, at + 1)).end())


def _first_words(area: str, rest: str, begins: bool, left: int) -> str:
    """The most words of `rest` that stand in `area`, at least one for each place left."""
    ends = [space.start() for space in re.finditer(" ", rest)]
    kept = len(ends) - left + 1  # bisection holds: a shorter beginning stands where a longer does
    words = bisect_left(
        range(kept), True, key=lambda n: not any(_standing(area, rest[: ends[n]], begins, False))
    )
    return rest[: ends[max(words - 1, 0)]]
