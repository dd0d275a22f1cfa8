"""A strip as it stands in a page, and as it is printed: each drawn once, and kept."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracking.public.charts import strip
from tracking.public.charts.markup import strip_image, strip_svg
from tracking.reading.strip_words import strip_words
from tracking.reading.strips import Cell

Drawn = tuple[tuple[Any, ...], ...]
"""Cells by what is drawn of them."""


def drawn_strip(
    cells: Sequence[Cell],
    *,
    labelled: bool = False,
    simulated: bool = False,
) -> SafeString:
    """CELLS for a page; LABELLED with their years, SIMULATED with that word."""
    return _drawn(_as_drawn(cells), labelled, simulated, get_language())


def inked_strip(cells: Sequence[Cell]) -> SafeString:
    """CELLS as an image for paper."""
    return _inked(_as_drawn(cells), get_language())


def _as_drawn(cells: Sequence[Cell]) -> Drawn:
    """What a drawing of CELLS is kept by: what it shows, and not whose it is."""
    return tuple([cell.as_drawn for cell in cells])


@lru_cache(5_000)
def _drawn(
    seen: Drawn,
    labelled: bool,
    simulated: bool,
    _language: str | None,
) -> SafeString:
    """The strip as SVG, kept by what it shows: a page draws hundreds and few change."""
    cells = [Cell(*each) for each in seen]
    size = (strip.width(cells) + 2, strip.WITH_LABELS if labelled else strip.WITH_MARK)
    labels = strip.labels(cells) if labelled else []
    drawn = strip_svg(strip.shapes(cells), size, strip_words(cells), labels)
    if not simulated:
        return drawn
    return format_html('{} <span class="simulated">{}</span>', drawn, _("simulado"))


@lru_cache(1_000)
def _inked(seen: Drawn, _language: str | None) -> SafeString:
    cells = [Cell(*each) for each in seen]
    size = (strip.width(cells) + 2, strip.WITH_MARK)
    return strip_image(strip.shapes(cells), size, strip_words(cells))
