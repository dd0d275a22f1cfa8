"""Plan the reports of one simulated promise: its author, its terms and its outcomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from accounts.models import Unit, User
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.demo.chance import chance
from tracking.demo.course import Fate, Outcome, course_of
from tracking.demo.people import Cast
from tracking.measuring.entry import Entry, entry_of


@dataclass(frozen=True)
class Story:
    """``author`` sends, ``reviewer`` publishes; ``versions`` are the terms, oldest first."""

    element: PlanElement
    versions: Sequence[MeasuringTerms]
    entry: Entry
    unit: Unit | None
    author: User
    reviewer: User
    outcomes: Sequence[Outcome]

    def random(self, purpose: str) -> Random:
        return chance(purpose, self.element)

    @property
    def terms(self) -> MeasuringTerms | None:
        return self.versions[-1] if self.versions else None


def stories_of(
    elements: Iterable[PlanElement],
    versions_of: Mapping[int, Sequence[MeasuringTerms]],
    units: Mapping[int, Unit],
    cast: Cast,
    semesters: Sequence[Semester],
) -> list[Story]:
    """A story for each of ELEMENTS, which carry ``is_reportable``; the last semester is open."""
    stories = []
    for element in elements:
        random = chance("curso", element)
        versions = versions_of.get(element.pk, ())
        newest = versions[-1] if versions else None
        entry = entry_of(element, newest, is_reportable=True)
        unit = units.get(element.pk)
        author = cast.reporters.get(unit.pk, cast.planners[0]) if unit else cast.planners[0]
        reviewers = [person for person in cast.planners if person != author] or cast.planners
        outcomes = course_of(
            random, semesters, last_is_open=True, may_fall=entry in {Entry.VALUE, Entry.COUNT}
        )
        reviewer = random.choice(reviewers)
        stories.append(Story(element, versions, entry, unit, author, reviewer, outcomes))
    return stories


def told_by_planning(
    dimensions: Iterable[PlanElement], cast: Cast, semesters: Sequence[Semester]
) -> list[Story]:
    """Once a year planning tells how each of DIMENSIONS goes, in words."""
    outcomes = [
        Outcome(semester, Fate.PUBLISHED, points=0, supports=0, halted_since=None)
        for semester in semesters[:-1]
        if semester.half == 2
    ]
    author, reviewer = cast.planners[0], cast.planners[-1]
    return [
        Story(element, (), Entry.NARRATIVE, None, author, reviewer, outcomes)
        for element in dimensions
    ]
