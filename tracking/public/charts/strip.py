"""The semester strip, the mark of Vigía: one small cell for each semester of a term.

A cell's fill rises with the progress, or stands on as many rungs as the step of the rubric has;
three lines are a report in words. The fill is hollow where no support came with it, the cell has a
notch where it was corrected, and an empty one was not reported. The mark below is the signal, told
by its shape. The style sheet colours the classes; in print all is ink.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from plans.semester import Semester
from tracking.choices import Signal
from tracking.public.charts.marks import MARK_CLASSES, mark
from tracking.public.charts.shapes import Shape, joined
from tracking.reading.strips import Arrival, Cell, Look

# In units of the drawing: a cell, the space after it, and the one after the second of a year.
WIDTH, HEIGHT, GAP, YEAR_GAP = 15, 22, 3, 7
YEAR = 2 * WIDTH + GAP + YEAR_GAP
NOTCH = 6
INSET = 2.5  # from the outline to the fill
TOP, FLOOR = INSET, HEIGHT - INSET
RUNG, BETWEEN_RUNGS = 3.5, 1
MARK_AT, WITH_MARK, WITH_LABELS = 28, 33, 52
EMPTY_CLASSES: Final = {
    Arrival.MISSING: "cell silent",
    Arrival.DUE: "cell",
    Arrival.AHEAD: "cell ahead",
    Arrival.UNASKED: "cell ahead",
}


def _sample(arrival: Arrival = Arrival.REPORTED, *, is_supported: bool = True, **seen: Any) -> Cell:
    return Cell(Semester(2019, 1), arrival, is_supported=is_supported, **seen)


SAMPLES: Final = (
    (_sample(progress=Decimal(60), signal=Signal.ON_TIME), _("Avance del 60 %, al día")),
    (_sample(progress=Decimal(40), signal=Signal.LATE), _("Avance del 40 %, con retraso")),
    (_sample(progress=Decimal(15), signal=Signal.VERY_LATE), _("Avance del 15 %, muy retrasado")),
    (_sample(step=2, signal=Signal.NO_SCHEDULE), _("Paso 2 de 4, sin cronograma")),
    (_sample(signal=Signal.NO_SCHEDULE), _("Informado en palabras o sin porcentaje")),
    (
        _sample(progress=Decimal(60), signal=Signal.ON_TIME, is_supported=False),
        _("Relleno hueco: declarado sin sustento"),
    ),
    (
        _sample(progress=Decimal(60), signal=Signal.ON_TIME, is_corrected=True),
        _("Esquina cortada: corregido"),
    ),
    (_sample(Arrival.MISSING), _("Vacío con un círculo: sin informe")),
    (_sample(Arrival.AHEAD), _("Vacío punteado: aún no corresponde, o no se pidió")),
)


def width(cells: Sequence[Cell]) -> int:
    """How wide the strip of CELLS is, the semesters of whole years."""
    return _left(len(cells) - 1) + WIDTH


def shapes(cells: Sequence[Cell]) -> list[Shape]:
    """The shapes of CELLS, side by side."""
    return joined(
        piece for index, cell in enumerate(cells) for piece in _cell(cell.look, _left(index))
    )


def _left(index: int) -> int:
    """Where the cell number INDEX begins; two make a year."""
    return index // 2 * YEAR + index % 2 * (WIDTH + GAP)


@lru_cache(10_000)
def _cell(cell: Look, left: int) -> tuple[Shape, ...]:
    return tuple(_pieces(cell, left))


def _pieces(cell: Look, left: int) -> Iterator[Shape]:
    yield from box(cell, left)
    signal = Signal.SILENT if cell.arrival == Arrival.MISSING else cell.signal
    if cell.arrival in {Arrival.REPORTED, Arrival.MISSING} and signal != Signal.NOT_DUE:
        yield f"mark {MARK_CLASSES[signal]}", mark(signal, left + WIDTH / 2, MARK_AT)


def box(cell: Look, left: int = 0) -> Iterator[Shape]:
    """CELL without its mark: what was done by then, on one scale whatever the signal."""
    if cell.arrival != Arrival.REPORTED:
        yield EMPTY_CLASSES[cell.arrival], outline(left)
        return
    fill = "fill" if cell.is_supported else "fill hollow"
    if cell.progress is not None:
        yield fill, _column(cell.progress, left, is_notched=cell.is_corrected)
    elif cell.step is not None:
        yield "rungs", _rungs(left)
        yield fill, _steps(cell.step, left)
    else:
        yield ("lines" if cell.is_supported else "lines hollow"), _lines(left)
    yield "cell", outline(left, corner=NOTCH if cell.is_corrected else 0)


def outline(left: int = 0, *, corner: int = 0) -> str:
    """A cell's edge; CORNER is how much of its upper right one is cut off."""
    cut = f"l{corner} {corner}" if corner else ""
    return f"M{left} 0h{WIDTH - corner}{cut}v{HEIGHT - corner}h-{WIDTH}z"


def _column(progress: Decimal, left: int, *, is_notched: bool) -> str:
    """A column as high as PROGRESS; at 0 and below it only lies on the floor, below 100 it is not
    full."""
    room = FLOOR - TOP
    height = float(progress) / 100 * room
    top = FLOOR - (room if progress >= 100 else min(max(height, 1), room - 1))
    x, end = left + INSET, left + WIDTH - INSET
    below_notch = NOTCH + 0.5
    if is_notched and top < below_notch:
        turn = end - (below_notch - top)
        return f"M{x:g} {FLOOR:g}V{top:g}H{turn:g}L{end:g} {below_notch:g}V{FLOOR:g}z"
    return f"M{x:g} {FLOOR:g}V{top:g}H{end:g}V{FLOOR:g}z"


def _steps(step: int, left: int) -> str:
    """As many blocks as the STEP of the rubric; "sin actividad" only lies on the floor."""
    x, width = left + INSET, WIDTH - 2 * INSET
    if step == 0:
        return f"M{x:g} {FLOOR:g}v-1h{width:g}v1z"
    tops = (FLOOR - each * (RUNG + BETWEEN_RUNGS) for each in range(step))
    return "".join(f"M{x:g} {top:g}v-{RUNG}h{width:g}v{RUNG}z" for top in tops)


def _rungs(left: int) -> str:
    """The four places where a block can stand."""
    tops = (FLOOR - each * (RUNG + BETWEEN_RUNGS) for each in range(4))
    return "".join(f"M{left + INSET:g} {top:g}h{WIDTH - 2 * INSET:g}" for top in tops)


def _lines(left: int) -> str:
    x = left + INSET + 1
    return f"M{x:g} 7h8M{x:g} 11h8M{x:g} 15h5"


def labels(cells: Sequence[Cell]) -> list[tuple[str, str, str]]:
    """Text with its place: I or II below each cell, and the year below both."""
    placed = []
    for index, cell in enumerate(cells):
        left = _left(index)
        placed.append((f"{left + WIDTH / 2:g}", "42", "I" * cell.semester.half))
        if cell.semester.half == 1:
            placed.append((f"{left + WIDTH + GAP / 2:g}", "50.5", str(cell.semester.year)))
    return placed
