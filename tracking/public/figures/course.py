"""The course of one promise in figures, where it has them: what its chart draws."""

from collections.abc import Sequence
from decimal import Decimal

from plans.choices import PERCENT, Direction, MeasureKind
from plans.models import MeasuringTerms
from tracking.measuring import progress
from tracking.measuring.entry import Entry
from tracking.public.charts.lines import Course
from tracking.public.charts.points import Point
from tracking.reading.story import Chapter, Revision


def course_of(chapters: Sequence[Chapter]) -> Course | None:
    """What the newest revisions of CHAPTERS give as figures, in order of time.

    Of a level or a change the values in their own unit, beside goal and baseline; of anything else
    that has one its percentage, beside what was planned. None where there is no figure. Values that
    were given in another unit than the newest are gaps: they are not comparable.
    """
    reported = [each for each in chapters if each.is_reported]
    if not reported:
        return None
    terms = reported[-1].newest.terms
    if terms and any(each.newest.entry == Entry.VALUE for each in reported):
        course = _values(chapters, terms)
    else:
        course = _percentages(chapters)
    return course if any(point.value is not None for point in course.points) else None


def _values(chapters: Sequence[Chapter], terms: MeasuringTerms) -> Course:
    points = []
    for chapter in chapters:
        planned = terms.milestones.get(str(chapter.semester))
        points.append(
            _point(chapter, _value(chapter, terms), Decimal(planned) if planned else None)
        )
    return Course(points, terms.value_unit, _target(terms), terms.baseline)


def _value(chapter: Chapter, terms: MeasuringTerms) -> Decimal | None:
    if not chapter.is_reported:
        return None
    revision = chapter.newest
    unit = revision.terms.unit_of_measure if revision.terms else ""
    return revision.report.value if unit == terms.unit_of_measure else None


def _target(terms: MeasuringTerms) -> Decimal | None:
    """The value that fulfils TERMS; None where they do not say it."""
    if terms.goal is None or terms.kind != MeasureKind.CHANGE:
        return terms.goal
    if terms.baseline is None or not terms.direction:
        return None
    distance = abs(terms.baseline) * terms.goal / 100 if terms.is_relative else terms.goal
    return (
        terms.baseline - distance
        if terms.direction == Direction.DOWN
        else terms.baseline + distance
    )


def _percentages(chapters: Sequence[Chapter]) -> Course:
    points = [_point(each, *_percentage(each)) for each in chapters]
    return Course(points, PERCENT, Decimal(100))


def _percentage(chapter: Chapter) -> tuple[Decimal | None, Decimal | None]:
    """What was reached and what was planned, in percent; a planned step is no percentage."""
    if not chapter.is_reported:
        return None, None
    revision: Revision = chapter.newest
    planned = None if revision.entry.is_step else revision.report.planned
    return progress.rounded(revision.report.progress), planned


def _point(chapter: Chapter, value: Decimal | None, planned: Decimal | None) -> Point:
    return Point(
        chapter.semester,
        value,
        planned=planned,
        is_supported=chapter.cell.is_supported,
        is_corrected=chapter.cell.is_corrected,
    )
