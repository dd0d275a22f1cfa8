"""Tables of a page, by the lines that are ruled around their cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from plans.importers.document.pdf_page import Page, Rule, Word

NEAR: Final = 3.0  # points: two rules so near are one, and a rule so near to another meets it
MOST_RULES: Final = 2_000
MOST_COLUMNS: Final = 40
MOST_ROWS: Final = 400


@dataclass(frozen=True)
class Grid:
    """A table: its box, and its rows, each the words of each cell.

    What is merged has its words in the first of its cells.
    """

    top: float
    bottom: float
    rows: tuple[tuple[tuple[Word, ...], ...], ...]
    words: frozenset[int]
    """The identities of the words that it holds."""


def grids_of(page: Page) -> list[Grid]:
    """The tables of PAGE that have at least two columns, from the top."""
    rules = _joined(page.rules)
    if len(rules) > MOST_RULES:
        return []
    grids = [_grid(cluster, page.words) for cluster in _clusters(rules)]
    return sorted((each for each in grids if each is not None), key=lambda grid: grid.top)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """RULES, those on one line together."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (each.is_horizontal, each.at, each.start)):
        for index in range(len(found) - 1, max(-1, len(found) - 40), -1):
            other = found[index]
            if (
                other.is_horizontal == rule.is_horizontal
                and abs(other.at - rule.at) <= NEAR
                and rule.start <= other.end + NEAR
                and other.start <= rule.end + NEAR
            ):
                start, end = min(other.start, rule.start), max(other.end, rule.end)
                found[index] = Rule(rule.is_horizontal, other.at, start, end)
                break
        else:
            found.append(rule)
    return found


def _clusters(rules: Sequence[Rule]) -> list[list[Rule]]:
    """RULES in groups that meet one another."""
    flat = [rule for rule in rules if rule.is_horizontal]
    upright = [rule for rule in rules if not rule.is_horizontal]
    group = {id(rule): {id(rule)} for rule in rules}
    by_id = {id(rule): rule for rule in rules}
    for rule in flat:
        for other in upright:
            one, two = group[id(rule)], group[id(other)]
            if one is not two and _meet(rule, other):
                one |= two
                for member in two:
                    group[member] = one
    distinct = {id(members): members for members in group.values()}
    return [[by_id[member] for member in members] for members in distinct.values()]


def _meet(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - NEAR <= upright.at <= flat.end + NEAR
        and upright.start - NEAR <= flat.at <= upright.end + NEAR
    )


def _grid(rules: Sequence[Rule], words: Sequence[Word]) -> Grid | None:
    xs = _places(rule.at for rule in rules if not rule.is_horizontal)
    # A row that goes on over the page has no rule at its end: the columns' own ends are one.
    upright = [rule for rule in rules if not rule.is_horizontal]
    ends = [edge for rule in upright for edge in (rule.start, rule.end)] if upright else []
    ends = [min(ends), max(ends)] if ends else []
    ys = _places([*(rule.at for rule in rules if rule.is_horizontal), *ends])
    if not (3 <= len(xs) <= MOST_COLUMNS and 2 <= len(ys) <= MOST_ROWS):
        return None  # a frame; or a drawing, a map
    squares = _Squares(xs, ys, rules)
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        if place := squares.at(word):
            inside.setdefault(squares.first_of(place), []).append(word)
    rows = [
        tuple(tuple(inside.get((row, column), ())) for column in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    ]
    held = frozenset(id(word) for cell in inside.values() for word in cell)
    return Grid(ys[0], ys[-1], tuple(row for row in rows if any(row)), held)


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


class _Squares:
    """The squares of a grid, those without a rule between them together."""

    def __init__(self, xs: list[float], ys: list[float], rules: Sequence[Rule]) -> None:
        self._xs, self._ys = xs, ys
        self._upright = [_near(x, False, rules) for x in xs]
        self._flat = [_near(y, True, rules) for y in ys]
        self._first: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(ys) - 1):
            for column in range(len(xs) - 1):
                self._first[row, column] = self._found(row, column)

    def at(self, word: Word) -> tuple[int, int] | None:
        x, y = word.middle
        column = sum(x >= each for each in self._xs) - 1
        row = sum(y >= each for each in self._ys) - 1
        is_inside = 0 <= column < len(self._xs) - 1 and 0 <= row < len(self._ys) - 1
        return (row, column) if is_inside else None

    def first_of(self, place: tuple[int, int]) -> tuple[int, int]:
        return self._first[place]

    def _found(self, row: int, column: int) -> tuple[int, int]:
        """The first square of the cell to which this one belongs: that to its left or above it."""
        middle_x = (self._xs[column] + self._xs[column + 1]) / 2
        middle_y = (self._ys[row] + self._ys[row + 1]) / 2
        if column and not _is_ruled(self._upright[column], middle_y):
            return self._first[row, column - 1]
        if row and not _is_ruled(self._flat[row], middle_x):
            return self._first[row - 1, column]
        return row, column


def _near(at: float, is_horizontal: bool, rules: Sequence[Rule]) -> list[Rule]:
    return [
        rule for rule in rules if rule.is_horizontal == is_horizontal and abs(rule.at - at) <= NEAR
    ]


def _is_ruled(rules: Sequence[Rule], along: float) -> bool:
    return any(rule.start - NEAR <= along <= rule.end + NEAR for rule in rules)
