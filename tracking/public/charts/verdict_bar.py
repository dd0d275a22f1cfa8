"""A thin bar of how promises go, where words with their marks stand beside it and say it all.

Each part is told by its form, in grey too, which the style sheet gives it: what is done or goes on
time is full, what is late half as high, what is halted cut in slices, what nobody knows hollow.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracking.choices import Verdict
from tracking.public.charts.bars import GAP, shares
from tracking.public.charts.shapes import WIDTH, Box, inset, rectangle, short
from tracking.public.charts.verdict_marks import class_of

HEIGHT: Final = 10
LEAST: Final = 5.0
SWATCH: Final = 18
HOLLOW: Final = (Verdict.UNKNOWN, Verdict.UNTIMED)


def verdict_bar(counts: Mapping[str, int]) -> SafeString | str:
    """COUNTS by `Verdict` side by side, in the order of a sentence; "" where there is none."""
    there = [each for each in Verdict if counts.get(each)]
    if not there:
        return ""
    room = WIDTH - GAP * (len(there) - 1)
    widths = shares([counts[each] for each in there], room, LEAST)
    paths, x = [], 0.0
    for each, width in zip(there, widths, strict=True):
        paths.append((class_of(each), _path(each, Box(x, 0, width, HEIGHT))))
        x += width + GAP
    return format_html(
        '<svg class="how-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        *(WIDTH, HEIGHT),
        format_html_join("", '<path class="{}" d="{}"/>', paths),
    )


@cache
def verdict_legend() -> SafeString:
    """How each part of such a bar looks, for the list in which several stand; heard by nobody, as
    the bars."""
    box = Box(0, 0, SWATCH, HEIGHT)
    return format_html(
        '<p class="how-legend" aria-hidden="true">{}</p>',
        format_html_join(
            " ",
            '<span><svg viewBox="0 0 {} {}" aria-hidden="true"><path class="{}" d="{}"/></svg>'
            " {}</span>",
            ((SWATCH, HEIGHT, class_of(each), _path(each, box), each.label) for each in Verdict),
        ),
    )


def _path(verdict: Verdict, box: Box) -> str:
    """The border of what is hollow; of the others a line, as thick as the style sheet says."""
    if verdict in HOLLOW:
        return rectangle(inset(box, 1))
    middle = HEIGHT * (0.75 if verdict == Verdict.LATE else 0.5)
    return f"M{short(box.x)} {short(middle)}h{short(box.width)}"
