"""How each class of a shape looks without the style sheet, which only gives it other colours.

A drawing is also printed, sent and embedded where the sheet of the site does not reach (WeasyPrint
applies none to an SVG inside a page): so its form is in its attributes, and its ink is that of a
printed page, the same as the sheet has for print.
"""

from collections.abc import Mapping
from typing import Final

LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "tone-1": {"fill": "#000"},
    "tone-2": {"fill": "#313131"},
    "tone-3": {"fill": "#515151"},
    "tone-4": {"fill": "#717171"},
    "tone-5": {"fill": "#949494"},
    "outline": {"fill": "none", "stroke": "#666"},
    "strokes": {"fill": "none", "stroke": "#666"},
    "dotted": {"stroke-dasharray": "1 2"},
    "chosen": {"fill": "#000"},
    "trace": {"fill": "none", "stroke": "#313131", "stroke-width": "2.2"},
    "thin": {"stroke-width": "1.6"},
    "dot": {"fill": "#313131", "stroke": "#313131", "stroke-width": "1.6"},
    "hollow": {"fill": "none"},
    "grid": {"stroke": "#999"},
    "ground": {"stroke": "#666"},
    "goal": {"stroke": "#000", "stroke-width": "1.4"},
    "baseline": {"stroke": "#000", "stroke-width": "1.6", "stroke-dasharray": "1.6 3"},
    "planned": {"fill": "none", "stroke": "#333", "stroke-width": "1.6", "stroke-dasharray": "6 4"},
}

SIGNALLED: Final = ("on-time", "late", "very-late", "unscheduled")
"""The signals whose mark has a colour on the screen; on paper its shape tells them."""

IN_STRIPS: Final[Mapping[str, Mapping[str, str]]] = {
    "cell": {"fill": "none", "stroke": "#666"},
    "cell silent": {"fill": "none", "stroke": "#000"},
    "cell ahead": {"fill": "none", "stroke": "#666", "stroke-dasharray": "1 2"},
    "rungs": {"fill": "none", "stroke": "#666", "stroke-width": "0.5"},
    "lines": {"fill": "none", "stroke": "#000", "stroke-width": "1.6"},
    "lines hollow": {
        "fill": "none",
        "stroke": "#000",
        "stroke-width": "1.6",
        "stroke-dasharray": "1.6 1.2",
    },
    "fill": {"fill": "#000"},
    "fill hollow": {"fill": "none", "stroke": "#000"},
    **{f"mark {signal}": {"fill": "#000"} for signal in SIGNALLED},
    "mark silent": {"fill": "none", "stroke": "#000", "stroke-width": "1.3"},
    "mark unscheduled": {
        "fill": "none",
        "stroke": "#000",
        "stroke-width": "1.3",
        "stroke-dasharray": "1.4 1.43",
    },
}
"""The semester strip and its marks, whose classes mean something only together."""


def strip_look(kind: str) -> Mapping[str, str]:
    """The attributes of a shape of a strip, by all its classes. KeyError for one without a look."""
    return IN_STRIPS[kind]


def look(kind: str) -> dict[str, str]:
    """The attributes of a shape of KIND, one class or several; the later one wins."""
    classes: dict[str, str] = {}
    for each in kind.split():
        classes |= LOOKS[each]
    return classes
