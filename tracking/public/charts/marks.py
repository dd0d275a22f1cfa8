"""The marks of the signals: each told by its shape, whatever its colour."""

from collections.abc import Mapping
from typing import Final

from tracking.choices import Signal

MARK_CLASSES: Final[Mapping[str, str]] = {
    Signal.ON_TIME: "on-time",
    Signal.LATE: "late",
    Signal.VERY_LATE: "very-late",
    Signal.SILENT: "silent",
    Signal.NO_SCHEDULE: "unscheduled",
    Signal.NOT_MEASURABLE: "unscheduled",
    Signal.NOT_DUE: "unscheduled",
}

GLYPHS: Final[Mapping[str, str]] = {
    Signal.ON_TIME: "●",
    Signal.LATE: "▲",
    Signal.VERY_LATE: "◆",
    Signal.SILENT: "○",
    Signal.NO_SCHEDULE: "◌",
    Signal.NOT_MEASURABLE: "◌",
    Signal.NOT_DUE: "",
}
"""The same shapes as characters."""


def mark(signal: str, x: float, y: float) -> str:
    """The shape of SIGNAL around a point: each differs from the others without its colour."""
    if signal == Signal.LATE:
        return f"M{x - 3.6:g} {y + 2.9:g}h7.2L{x:g} {y - 3.4:g}z"
    if signal == Signal.VERY_LATE:
        return f"M{x - 3.9:g} {y:g}L{x:g} {y - 3.9:g} {x + 3.9:g} {y:g} {x:g} {y + 3.9:g}z"
    radius = 3.2 if signal == Signal.ON_TIME else 2.7
    across = f"a{radius} {radius} 0 1 0 "
    return f"M{x - radius:g} {y:g}{across}{2 * radius:g} 0{across}-{2 * radius:g} 0"
