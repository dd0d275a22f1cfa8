"""A strip as it stands in a page, and as it is printed: each drawn once, and kept."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.semester import Semester
from tracking.public.charts import strip
from tracking.public.charts.markup import strip_image, strip_svg
from tracking.reading.strip_words import in_words, strip_words
from tracking.reading.strips import Cell


def drawn_strip(
    cells: Sequence[Cell],
    *,
    labelled: bool = False,
    simulated: bool = False,
    now: Semester | None = None,
) -> SafeString:
    """CELLS for a page; LABELLED with their years, SIMULATED with that word, NOW told below."""
    return _drawn(tuple(cells), labelled, simulated, now, get_language())


def inked_strip(cells: Sequence[Cell]) -> SafeString:
    """CELLS as an image for paper."""
    return _inked(tuple(cells), get_language())


@lru_cache(5_000)
def _drawn(
    cells: tuple[Cell, ...],
    labelled: bool,
    simulated: bool,
    now: Semester | None,
    _language: str | None,
) -> SafeString:
    """Kept: what is published changes the strip of one promise, and the page draws hundreds."""
    size = (strip.width(cells) + 2, strip.WITH_LABELS if labelled else strip.WITH_MARK)
    labels = strip.labels(cells) if labelled else []
    drawn = strip_svg(strip.shapes(cells), size, strip_words(cells), labels)
    if simulated:
        drawn = format_html('{} <span class="simulated">{}</span>', drawn, _("simulado"))
    current = next((cell for cell in cells if cell.semester == now and cell.is_asked), None)
    if current is None:
        return drawn
    words = format_html('<span class="now">{}: {}</span>', current.semester, in_words(current))
    return format_html("{} {}", drawn, words)


@lru_cache(1_000)
def _inked(cells: tuple[Cell, ...], _language: str | None) -> SafeString:
    size = (strip.width(cells) + 2, strip.WITH_MARK)
    return strip_image(strip.shapes(cells), size, strip_words(cells))
