"""Tables without ruling lines: columns by where the words of their headings stand."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from plans.importers.document.pdf_habits import Habits
from plans.importers.document.pdf_page import Line, Word
from plans.importers.printed.labels import column_of, dimension_of
from plans.importers.printed.numbering import leading

GUTTER: Final = 1.2  # of the size of letters: a gap so wide parts two columns
APART: Final = 0.6  # of a line's height: a gap so wide parts two rows


Rows = list[list[list[str]]]


class TableByPlace(NamedTuple):
    """The rows of a table, how many lines it takes, and where its columns begin."""

    rows: Rows
    taken: int
    columns: Sequence[float] = ()


def table_by_place(
    lines: Sequence[Line], habits: Habits, carried: Sequence[float] = ()
) -> TableByPlace:
    """The table that begins with the first of LINES: by its headings, or in columns CARRIED over
    from the page before.

    Where none begins there: no rows, and how many lines come before one does.
    """
    for index, line in enumerate(lines):
        columns = _columns(line)
        goes_on = not (columns or index) and _fits(line, carried)
        if not columns and not goes_on:
            continue
        if index:
            return TableByPlace([], index)
        columns = columns or list(carried)
        return TableByPlace(*_rows(lines, columns, habits, has_headings=not goes_on), columns)
    return TableByPlace([], len(lines))


def _fits(line: Line, columns: Sequence[float]) -> bool:
    """Whether LINE is parted as COLUMNS are: two or more runs, each beginning with one of them."""
    groups = _groups(line)
    return len(groups) > 1 and all(
        any(abs(group[0].left - left) < group[0].size for left in columns) for group in groups
    )


def _columns(line: Line) -> list[float]:
    """Where the columns begin whose headings LINE has; none for another line."""
    groups = _groups(line)
    levels = {column_of(" ".join(word.text for word in group)) for group in groups} - {""}
    return [group[0].left for group in groups] if len(levels) >= 2 else []


def _groups(line: Line) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in line.words:
        if groups and word.left - groups[-1][-1].right < GUTTER * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _rows(
    lines: Sequence[Line], columns: Sequence[float], habits: Habits, *, has_headings: bool
) -> tuple[Rows, int]:
    rows: list[list[list[Word]]] = []
    last: Line | None = None
    taken = 0
    for line in lines:
        if taken and (_is_beyond(line, columns) or len(_groups(line)) == 1 == len(line.words) > 12):
            break
        cells = _cells(line, columns)
        if last is None or (has_headings and taken == 1) or _begins_row(line, last, cells):
            rows.append([[] for _column in columns])
        for own, cell in zip(rows[-1], cells, strict=True):
            own.extend(cell)
        last = line
        taken += 1
    return [[habits.text_of(cell) for cell in row] for row in rows], taken


def _is_beyond(line: Line, columns: Sequence[float]) -> bool:
    """Whether LINE is no part of the table: a title across it."""
    return dimension_of(line.text) is not None or (
        len(_groups(line)) == 1 and line.right > columns[1] and line.left < columns[1]
    )


def _begins_row(line: Line, last: Line, cells: Sequence[Sequence[Word]]) -> bool:
    if line.top - last.bottom > APART * (line.bottom - line.top):
        return True
    first = " ".join(word.text for word in cells[0])
    return bool(leading(first).code)


def _cells(line: Line, columns: Sequence[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _column in columns]
    for word in line.words:
        at = max(sum(word.middle[0] >= left - word.size for left in columns) - 1, 0)
        cells[at].append(word)
    return cells
