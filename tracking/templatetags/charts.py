"""The charts: what the public reads, drawn in the page as SVG."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from plans.models import PlanElement
from tracking.drawing import strip as strips
from tracking.reading.strip_words import strip_words
from tracking.reading.strips import Cell

register = template.Library()


@register.filter
def of(cells: Mapping[int, list[Cell]], element: PlanElement) -> list[Cell]:
    """The strip of ELEMENT among CELLS, by id; empty where it has none."""
    return cells.get(element.pk, [])


@register.inclusion_tag("tracking/charts/_strip.html")
def strip(
    cells: Sequence[Cell], *, labelled: bool = False, simulated: bool = False
) -> dict[str, Any]:
    """Draw CELLS, the semesters of whole years; LABELLED with their years below.

    Nothing where there are none. What is SIMULATED says so beside each strip.
    """
    return {
        "simulated": simulated,
        "shapes": strips.shapes(cells),
        "words": strip_words(cells),
        "width": str(strips.width(cells) + 2),
        "height": str(strips.WITH_LABELS if labelled else strips.WITH_MARK),
        "labels": strips.labels(cells) if labelled else [],
    }


@register.inclusion_tag("tracking/charts/_strip_legend.html")
def strip_legend() -> dict[str, Any]:
    """How a strip is read: one cell of each kind, drawn as they all are, with its words."""
    return {
        "samples": [(strips.shapes([cell]), words) for cell, words in strips.SAMPLES],
        "width": str(strips.WIDTH + 2),
        "height": str(strips.WITH_MARK),
    }
