"""A drawing as SVG in the page.

Hundreds stand on the page of one plan. Written here and not in a template, which takes five times
as long; everything that is told in it is escaped all the same.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tracking.drawing.shapes import Shape

HIDDEN: Final = mark_safe(' aria-hidden="true"')
SVG: Final = '<svg class="{}" viewBox="{} {} {} {}" width="{}" height="{}"{}>{}{}</svg>'


def strip_svg(
    shapes: Sequence[Shape],
    size: tuple[int, int],
    words: str = "",
    labels: Sequence[tuple[str, str, str]] = (),
) -> SafeString:
    """A strip, with a margin of one around it; WORDS say it all to whoever does not see it."""
    width, height = size
    kind = "strip strip-large" if labels else "strip"
    told = format_html(' role="img"><title>{}</title', words) if words else HIDDEN
    texts = format_html_join("", '<text x="{}" y="{}">{}</text>', labels)
    return format_html(SVG, kind, -1, -1, width, height, width, height, told, paths(shapes), texts)


def paths(shapes: Sequence[Shape]) -> SafeString:
    """SHAPES, a path for each class: names and numbers of ours, in which nobody typed anything."""
    return mark_safe("".join(f'<path class="{kind}" d="{path}"/>' for kind, path in shapes))  # noqa: S308
