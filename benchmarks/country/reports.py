"""What a made-up municipality reported: the demonstration's stories, with fewer files."""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from accounts.models import Municipality
from benchmarks.country.numbers import Numbers
from benchmarks.country.people import People
from benchmarks.country.plan import TERM, MadePlan
from plans.models import MeasuringTerms, Responsibility
from plans.semester import Semester
from tracking.demo.calendar import moment
from tracking.demo.chance import chance
from tracking.demo.reports import Filed, corrections_of, finish, first_revisions
from tracking.demo.semesters import closed
from tracking.demo.spending import expenditures_of
from tracking.demo.stories import Story, stories_of, told_by_planning
from tracking.demo.terms import terms_of
from tracking.demo.units import UNANSWERED, office_of
from tracking.measuring.windows import proposed_window
from tracking.models import ClosingLine, Expenditure, SemesterWindow

AT: Final = dt.date(2023, 6, 30)
SUSTAINED: Final = 35  # of a hundred promises, how many ever have a support


@dataclass(frozen=True)
class Told:
    """All that is told of one plan. The last window is still open."""

    responsibilities: list[Responsibility]
    terms: list[MeasuringTerms]
    windows: list[SemesterWindow]
    filed: list[Filed]
    lines: list[ClosingLine]
    expenditures: list[Expenditure]


def told_of(
    place: Municipality, made: MadePlan, people: People, random: Random, numbers: Numbers
) -> Told:
    planner = people.cast.planners[0]
    elements = made.reportable
    answering = {
        element.pk: people.units[office_of(element).mailbox]
        for element in elements
        if random.randrange(100) >= UNANSWERED
    }
    responsibilities = [
        Responsibility(
            element=element, unit=answering[element.pk], plan=made.plan, municipality=place
        )
        for element in elements
        if element.pk in answering
    ]
    versions_of = {
        each.pk: terms_of(chance("forma de medir", each), each, None, TERM, at=AT, by=planner)
        for each in elements
    }
    terms = [each for versions in versions_of.values() for each in versions]
    numbers.number(*responsibilities, *terms)
    for each in terms:
        each.created_at = moment(each.in_force_from, 10)
    semesters = Semester.all_of(TERM)
    windows = [proposed_window(place, semester, TERM) for semester in semesters]
    numbers.number(*windows)
    stories = stories_of(elements, versions_of, answering, people.cast, semesters)
    stories = [_thinned(random, story) for story in stories]
    stories += told_by_planning(made.dimensions, people.cast, semesters)
    filed = _filed(stories, windows, numbers)
    published = [each.report for each in filed if each.published_at]
    units = {pk: [unit.pk] for pk, unit in answering.items()}
    lines = closed(windows[:-1], elements, versions_of, units, published, by=planner)
    expenditures = expenditures_of(made.plan, elements, at=AT, by=planner)
    numbers.number(*lines, *expenditures)
    return Told(responsibilities, terms, windows, filed, lines, expenditures)


def _thinned(random: Random, story: Story) -> Story:
    """STORY, mostly without its supports: a country's would be four fifths of what is written."""
    if random.randrange(100) < SUSTAINED:
        return story
    return replace(story, outcomes=[replace(each, supports=0) for each in story.outcomes])


def _filed(stories: list[Story], windows: list[SemesterWindow], numbers: Numbers) -> list[Filed]:
    """The reports of STORIES; a correction after what it corrects."""
    window_of = {window.semester: window for window in windows}
    first = first_revisions(stories, window_of)
    filed = [*first, *corrections_of(first, window_of)]
    for each in filed:
        numbers.number(each.report, *each.supports)
        finish(each)
        numbers.number(*each.steps)
        for support in each.supports:
            support.report_id = each.report.pk
        for step in each.steps:
            step.report_id = each.report.pk
    return filed
