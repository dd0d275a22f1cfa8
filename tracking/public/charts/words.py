"""What the charts say, for whoever does not see them, and in their tables."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import PERCENT
from plans.figures import figure_text
from tracking.measuring import progress
from tracking.public.charts.bars import Segment, in_order
from tracking.public.charts.columns import Column
from tracking.public.charts.lines import Course
from tracking.public.charts.points import Point, figure

KEYS: Final = {
    "reported": gettext_lazy("Informado"),
    "hollow": gettext_lazy("Declarado sin sustento"),
    "corrected": gettext_lazy("Corregido"),
    "planned": gettext_lazy("Cronograma declarado"),
}


def counted(segments: Sequence[Segment]) -> str:
    """A bar: "2 funcionando, 1 entregado en parte, 4 sin informe"."""
    pieces = [_counted(each) for each in in_order(segments) if each.count]
    return ", ".join(pieces) or _("nada que contar")


def _counted(segment: Segment) -> str:
    words = str(segment.words)
    return f"{figure_text(Decimal(segment.count))} {words[:1].lower()}{words[1:]}"


def by_semester(columns: Sequence[Column]) -> str:
    """Columns: "2019-I, de 16: 2 funcionando, 14 sin informe; 2019-II: sin datos"."""
    return "; ".join(_semester(each) for each in columns)


def _semester(column: Column) -> str:
    if not column.total:
        return _("%s: sin datos") % column.semester
    return _("%(semester)s, de %(total)s: %(counts)s") % {
        "semester": column.semester,
        "total": figure_text(Decimal(column.total)),
        "counts": counted(column.segments),
    }


def course_in_words(course: Course) -> str:
    """A line: "2019-I: 20 %, sin sustento; 2019-II a 2020-II: sin cifra. Meta: 80 %"."""
    pieces = []
    for is_gap, group in groupby(course.points, key=lambda each: each.value is None):
        run = list(group)
        if is_gap and len(run) > 1:
            shown = {"first": run[0].semester, "last": run[-1].semester}
            pieces.append(_("%(first)s a %(last)s: sin cifra") % shown)
        else:
            pieces += [f"{each.semester}: {_reported(each, course.unit)}" for each in run]
    return ". ".join(filter(None, ["; ".join(pieces), *levels(course).values()]))


def levels(course: Course) -> dict[str, str]:
    """The lines across a chart, by their kind: "Meta: 1,500 viviendas"."""
    sentences = {
        "goal": (_("Meta: %s"), course.goal),
        "baseline": (_("Línea de base: %s"), course.baseline),
    }
    return {
        kind: words % with_unit(value, course.unit)
        for kind, (words, value) in sentences.items()
        if value is not None
    }


def key_of(course: Course) -> dict[str, str]:
    """What there is to explain in a line, by its kind, in words."""
    points = [each for each in course.points if each.value is not None]
    there = {
        "reported": any(each.is_supported and not each.is_corrected for each in points),
        "hollow": not all(each.is_supported for each in points),
        "corrected": any(each.is_corrected for each in points),
        "planned": any(each.planned is not None for each in course.points),
    }
    return {kind: str(KEYS[kind]) for kind, is_there in there.items() if is_there} | levels(course)


def last_in_words(course: Course) -> tuple[str, str]:
    """The last figure, and of when it is: "62.5 %", "2022-I, sin sustento"; "" before the first."""
    if course.last is None or course.last.value is None:
        return "", ""
    when = ", ".join([str(course.last.semester), *notes(course.last)])
    return with_unit(course.last.value, course.unit), when


def in_units(course: Course) -> str:
    """What the figures of its axis are: "En viviendas", "En millones de soles"; "" for percent."""
    is_large = course.axis is not None and course.axis.scale > 1
    if course.unit == PERCENT:
        return _("En millones de puntos porcentuales") if is_large else ""
    if not course.unit:
        return _("En millones") if is_large else ""
    return (_("En millones de %s") if is_large else _("En %s")) % course.unit


def with_unit(value: Decimal, unit: str) -> str:
    return figure(value, unit) if unit == PERCENT else figure_text(value, unit)


def _reported(point: Point, unit: str) -> str:
    if point.value is None:
        return _("sin cifra")
    return ", ".join([figure(point.value, unit), *notes(point)])


def notes(point: Point) -> list[str]:
    """What a reader should know of a figure that was reported."""
    notes = [] if point.is_supported else [_("sin sustento")]
    return [*notes, _("corregido")] if point.is_corrected else notes


def _percentage(percent: Decimal) -> str:
    return figure(progress.rounded(percent), PERCENT)
