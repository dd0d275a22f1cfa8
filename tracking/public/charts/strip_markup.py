"""A strip as it stands in a page, and as it is printed: each drawn once, and kept."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracking.public.charts import strip
from tracking.public.charts.markup import strip_image, strip_svg
from tracking.reading.strip_words import strip_words
from tracking.reading.strips import Cell


def drawn_strip(
    cells: Sequence[Cell],
    *,
    labelled: bool = False,
    simulated: bool = False,
) -> SafeString:
    """CELLS for a page; LABELLED with their years, SIMULATED with that word."""
    return _drawn(tuple(cells), labelled, simulated, get_language())


def inked_strip(cells: Sequence[Cell]) -> SafeString:
    """CELLS as an image for paper."""
    return _inked(tuple(cells), get_language())


@lru_cache(5_000)
def _drawn(
    cells: tuple[Cell, ...],
    labelled: bool,
    simulated: bool,
    _language: str | None,
) -> SafeString:
    """The strip as SVG, cached by its cells: a page draws hundreds and few change."""
    size = (strip.width(cells) + 2, strip.WITH_LABELS if labelled else strip.WITH_MARK)
    labels = strip.labels(cells) if labelled else []
    drawn = strip_svg(strip.shapes(cells), size, strip_words(cells), labels)
    if not simulated:
        return drawn
    return format_html('{} <span class="simulated">{}</span>', drawn, _("simulado"))


@lru_cache(1_000)
def _inked(cells: tuple[Cell, ...], _language: str | None) -> SafeString:
    size = (strip.width(cells) + 2, strip.WITH_MARK)
    return strip_image(strip.shapes(cells), size, strip_words(cells))
