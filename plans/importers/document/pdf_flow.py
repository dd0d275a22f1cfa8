"""Lines of a page put together to paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.importers.document.blocks import goes_on, is_terminated
from plans.importers.document.pdf_habits import Habits
from plans.importers.document.pdf_page import Line
from plans.importers.printed.labels import dimension_of, label_of
from plans.importers.printed.numbering import leading

APART: Final = 0.25  # of a line's height: a gap so much wider than usual parts two paragraphs
FULL: Final = 0.85  # of the way to the right margin: the sentence of a line so long may go on
LARGE: Final = 1.15  # of the usual size: a heading
STEP: Final = 8.0  # points of one indent


@dataclass
class Paragraph:
    lines: list[str] = field(default_factory=list)
    rank: int = 0
    indent: int = 0
    is_bold: bool = False
    after_gap: bool = False


def paragraphs(lines: Sequence[Line], habits: Habits, margin: float) -> list[Paragraph]:
    """LINES as paragraphs; MARGIN is where full lines end."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _is_one(groups[-1], line, habits, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    bottom: float | None = None
    for group in groups:
        height = group[0].bottom - group[0].top
        is_large = group[0].size >= LARGE * habits.size
        found.append(
            Paragraph(
                habits.whole([(_shown(line), line.is_cut) for line in group]),
                # The larger its letters, the higher a heading.
                rank=max(1, 9 - round(4 * group[0].size / habits.size)) if is_large else 0,
                indent=round(group[0].left / STEP),
                is_bold=all(line.is_bold for line in group),
                after_gap=bottom is None or group[0].top - bottom > habits.gap + APART * height,
            )
        )
        bottom = group[-1].bottom
    return found


def _is_one(group: Sequence[Line], line: Line, habits: Habits, margin: float) -> bool:
    """Whether LINE continues the paragraph of GROUP."""
    last = group[-1]
    height = last.bottom - last.top
    if (
        line.top - last.bottom > habits.gap + APART * height
        or abs(line.size - last.size) > 0.12 * last.size
    ):
        return False
    text = _shown(line)
    label = label_of(text)
    dimension = dimension_of(text)
    if leading(text).mark or (dimension and dimension[1]):
        return False
    if label and not goes_on(last.text, text):
        return False
    if last.is_cut or goes_on(last.text, text):
        return True
    is_alike = last.is_bold == line.is_bold
    return is_alike and last.right >= FULL * margin and not _is_short_end(last, margin)


def _is_short_end(line: Line, margin: float) -> bool:
    return is_terminated(line.text) and line.right < 0.95 * margin


def _shown(line: Line) -> str:
    """The text of LINE; the letter "o" of a list of the second level as the ring that it draws."""
    first, *rest = line.words
    if first.text == "o" and rest and rest[0].left - first.right > 0.8 * first.size:
        return f"◦ {line.text[2:]}"
    return line.text
