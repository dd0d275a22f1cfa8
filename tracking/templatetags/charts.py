"""The charts: what the public reads, drawn in the page as SVG."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from plans.semester import Semester
from tracking.public.charts import bars, dot_map, lines, words
from tracking.public.charts import columns as by_semester
from tracking.public.charts import strip as strips
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import Column
from tracking.public.charts.fills import EXPLAINED
from tracking.public.charts.lines import Course
from tracking.public.charts.markup import chart_svg, strip_image, strip_svg
from tracking.public.charts.points import Point, figure
from tracking.public.charts.shapes import LETTERS, Drawing
from tracking.public.charts.strip_markup import drawn_strip, inked_strip
from tracking.reading.strips import Cell

register = template.Library()

register.simple_tag(chart_svg, name="svg")
register.simple_tag(dot_map.dot_map)
register.simple_tag(dot_map.swatch, name="dot_swatch")


@register.simple_tag
def strip(
    cells: Sequence[Cell],
    *,
    labelled: bool = False,
    simulated: bool = False,
    inked: bool = False,
) -> SafeString | str:
    """Draw CELLS, the semesters of whole years; LABELLED with their years below.

    Nothing where there are none. What is SIMULATED says so beside each strip. INKED it is an image
    for paper, whose every page says what is simulated.
    """
    if not cells:
        return ""
    if inked:
        return inked_strip(cells)
    return drawn_strip(cells, labelled=labelled, simulated=simulated)


@register.inclusion_tag("tracking/charts/_strip_legend.html")
def strip_legend(*, inked: bool = False) -> dict[str, Any]:
    """How a strip is read: one cell of each kind, drawn as they all are, with its words."""
    size = (strips.WIDTH + 2, strips.WITH_MARK)
    samples = []
    for cell, called in strips.SAMPLES:
        shapes = strips.shapes([cell])
        drawn = strip_image(shapes, size, str(called)) if inked else strip_svg(shapes, size)
        samples.append((drawn, called))
    return {
        "inked": inked,
        "samples": samples,
    }


@register.inclusion_tag("tracking/charts/_bars_legend.html")
def bars_legend() -> dict[str, Any]:
    """How bars and columns are read: the fill of each state, with its words."""
    return {"samples": [(bars.swatch(key), called) for key, called in EXPLAINED.items()]}


@register.inclusion_tag("tracking/charts/_stacked_bar.html")
def stacked_bar(
    segments: Sequence[Segment],
    *,
    title: str,
    keyed: bool = True,
    simulated: bool = False,
    inked: bool = False,
) -> dict[str, Any]:
    """Draw how many promises stand in each state; TITLE says of which: "De 16 metas".

    SEGMENTS in any order. The list of counts below is the bar's table: each count is a link where
    its segment has an address. Not KEYED, the bar stands alone, in a list whose states were told.
    What is SIMULATED says so. INKED, on paper, the counts stand in the list alone.
    """
    return {
        "title": title,
        "words": f"{title}: {words.counted(segments)}",
        "drawing": bars.bar(segments, counted=not inked),
        "keys": _keys(segments) if keyed else [],
        "simulated": simulated,
    }


@register.inclusion_tag("tracking/charts/_columns.html")
def columns(
    semesters: Sequence[Column],
    *,
    title: str,
    keyed: bool = True,
    simulated: bool = False,
    inked: bool = False,
) -> dict[str, Any]:
    """Draw the counts of SEMESTERS, of whole years, side by side on one scale.

    Below, a link to each that has an address, and the table, whose rows explain the fills. Not
    KEYED, it is folded: a bar beside has explained them. What is SIMULATED says so. INKED, for
    paper, its words are larger.
    """
    letters = by_semester.INKED_LETTERS if inked else LETTERS
    return {
        "title": title,
        "details": words.by_semester(semesters),
        "drawing": by_semester.columns(semesters, letters=letters),
        "links": [each for each in semesters if each.address],
        "semesters": semesters,
        "years": [str(each.semester.year) for each in semesters if each.semester.half == 1],
        "rows": [_row(each, semesters) for each in _states(semesters)],
        "keyed": keyed,
        "simulated": simulated,
    }


@register.inclusion_tag("tracking/charts/_line.html")
def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    unit: str = "",
    goal: Decimal | None = None,
    baseline: Decimal | None = None,
    simulated: bool = False,
) -> dict[str, Any]:
    """Draw what was reported of one promise, POINTS of the semesters of whole years, all in UNIT.

    A semester without a figure is a gap. GOAL and BASELINE are lines across; what the points have
    planned is dashed. The table is folded below. What is SIMULATED says so.
    """
    course = Course(points, unit, goal, baseline)
    samples = lines.samples()
    axis = course.axis
    return {
        "title": title,
        "details": words.course_in_words(course),
        "drawing": lines.line(course),
        "last": words.last_in_words(course),
        "in_units": words.in_units(course),
        "is_cut": axis is not None and axis.is_cut,
        "keys": [(samples[kind], called) for kind, called in words.key_of(course).items()],
        "has_plan": any(each.planned is not None for each in points),
        "rows": [_figures(each, unit) for each in points],
        "simulated": simulated,
    }


def _keys(segments: Sequence[Segment]) -> list[tuple[Segment, Drawing]]:
    return [(each, bars.swatch(each.key)) for each in bars.in_order(segments)]


def _states(semesters: Sequence[Column]) -> list[Segment]:
    """The states that occur in SEMESTERS, in order, each as it is called."""
    words_of = {each.key: each.words for column in semesters for each in column.counted}
    return bars.in_order([Segment(key, called, 1) for key, called in words_of.items()])


def _row(state: Segment, semesters: Sequence[Column]) -> tuple[Segment, Drawing, list[int | str]]:
    """A STATE, its fill, and how many stood in it in each of SEMESTERS; "–" where none is known."""
    counts = [column.count(state.key) if column.total else "–" for column in semesters]
    return state, by_semester.swatch(state.key), counts


def _figures(point: Point, unit: str) -> tuple[Semester, str, str, str]:
    """A row of the table: the semester, what was reported, what was planned, and what to know."""
    value, planned = (
        "" if each is None else figure(each, unit) for each in (point.value, point.planned)
    )
    return point.semester, value, planned, ", ".join(words.notes(point)) if value else ""
