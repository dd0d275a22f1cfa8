"""A drawing as SVG in the page.

Hundreds stand on the page of one plan. They are written here and not in a template, which takes
five times as long; their words are escaped all the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tracking.public.charts.looks import look, strip_look
from tracking.public.charts.shapes import Drawing, Shape, Text, joined

HIDDEN: Final = mark_safe(' aria-hidden="true"')
IMAGE: Final = mark_safe(' role="img"')


def chart_svg(drawing: Drawing, kind: str, title: str = "", details: str = "") -> SafeString:
    """DRAWING, of the class KIND, with the ink of a printed page, which the style sheet recolours.

    TITLE and DETAILS say it to whoever does not see it; without a title it is decoration.
    """
    width, height = drawing.size
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}"{}{}>{}{}{}</svg>',
        *(kind, width, height, width, height),
        format_html(' font-size="{}" text-anchor="middle"', drawing.letters)
        if drawing.texts
        else "",
        _role(title),
        _alternative(title, details),
        _paths(drawing.shapes, _ink),
        format_html_join("", '<text{} x="{}" y="{}">{}</text>', map(_placed, drawing.texts)),
    )


def strip_svg(
    shapes: Sequence[Shape],
    size: tuple[int, int],
    words: str = "",
    labels: Sequence[tuple[str, str, str]] = (),
) -> SafeString:
    """A strip, with a margin of one around it; WORDS say it all to whoever does not see it."""
    width, height = size
    return format_html(
        '<svg class="{}" viewBox="-1 -1 {} {}" width="{}" height="{}"{}>{}{}{}</svg>',
        *("strip strip-large" if labels else "strip", width, height, width, height),
        _role(words),
        _alternative(words),
        _paths(shapes, lambda _kind: ""),
        format_html_join("", '<text x="{}" y="{}">{}</text>', labels),
    )


def strip_image(shapes: Sequence[Shape], size: tuple[int, int], words: str = "") -> SafeString:
    """The same for paper: an image of its own, in ink, whose alternative text is WORDS.

    Whoever lays out a page takes it for one thing, not for elements to be styled, and what has the
    same ink is one path: a report has hundreds.
    """
    width, height = size
    inked = joined((_strip_ink(kind), path) for kind, path in shapes)
    paths = "".join(f'<path{ink} d="{path}"/>' for ink, path in inked)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width} {height}"'
        f' width="{width}" height="{height}">{paths}</svg>'
    )
    return format_html(
        '<img class="strip" src="data:image/svg+xml,{}" alt="{}">', quote(drawn), words
    )


def _role(title: str) -> SafeString:
    """An image where it has a TITLE, else decoration, which is passed over."""
    return IMAGE if title else HIDDEN


def _alternative(title: str, details: str = "") -> SafeString | str:
    """What stands for the drawing where it is not seen: whole elements, "" for decoration."""
    if not title:
        return ""
    if not details:
        return format_html("<title>{}</title>", title)
    return format_html("<title>{}</title><desc>{}</desc>", title, details)


def _paths(shapes: Iterable[Shape], ink: Callable[[str], str]) -> SafeString:
    """SHAPES as paths: names and numbers of ours, in which nobody typed anything."""
    drawn = (f'<path class="{kind}"{ink(kind)} d="{path}"/>' for kind, path in shapes)
    return mark_safe("".join(drawn))  # noqa: S308


def _placed(text: Text) -> tuple[str, str, str, str]:
    anchor = format_html(' text-anchor="{}"', text.anchor) if text.anchor else ""
    return anchor, text.x, text.y, text.words


@cache
def _ink(kind: str) -> str:
    return _attributes(look(kind))


@cache
def _strip_ink(kind: str) -> str:
    return _attributes(strip_look(kind))


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in values.items())
