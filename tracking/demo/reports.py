"""The reports of a story, with their steps, as people would have written and reviewed them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from django.utils import timezone

from plans.semester import Semester
from tracking.choices import Act, ReportState, Step
from tracking.demo import texts
from tracking.demo.calendar import Calendar
from tracking.demo.course import Fate, Outcome
from tracking.demo.locations import locations_of
from tracking.demo.measures import measure
from tracking.demo.stories import Story
from tracking.demo.supports import copies_of, supports_of
from tracking.demo.terms import in_force
from tracking.measuring.entry import MEASURES, Entry
from tracking.measuring.result import result_of
from tracking.models import ProgressReport, ReviewStep, SemesterWindow, Support
from tracking.reading.states import TROUBLES
from tracking.services.previews import await_previews
from tracking.services.review import FROZEN, freeze

BATCH: Final = 500
WITH_NEXT_STEPS: Final = 35  # of a hundred reports, how many say what comes next
DIFFICULT: Final = {True: 80, False: 15}
"""Of a hundred reports, how many tell a difficulty: of those behind their schedule, and others."""
SAME_AGAIN: Final = 60  # of a hundred difficulties, how many are the promise's usual one
UNFINISHED: Final = 50  # of a hundred drafts, how many still lack their figure
OTHER_POINTS: Final = (-10, -20, -35, 20, 40)
"""What a correction tries, until its figure is another than the one that was published."""


@dataclass
class Filed:
    """A report that is not saved, with its supports, and its steps up to its publication."""

    story: Story
    outcome: Outcome
    report: ProgressReport
    supports: list[Support] = field(default_factory=list)
    steps: list[ReviewStep] = field(default_factory=list)
    published_at: dt.datetime | None = None

    def add_step(self, act: Act, at: dt.datetime, reason: str = "") -> None:
        by = self.story.reviewer if act == Act.RETURNED else self.story.author
        self.steps.append(ReviewStep(report=self.report, act=act, by=by, at=at, reason=reason))
        self.report.edit = len(self.steps)
        if act == Act.SUBMITTED:
            self.report.state, self.report.submitted_at = ReportState.SUBMITTED, at
        if act == Act.RETURNED:
            self.report.state = ReportState.RETURNED


def file_reports(
    stories: Iterable[Story], windows: Mapping[Semester, SemesterWindow]
) -> list[ProgressReport]:
    """Save the reports of STORIES, with all that belongs to each. Queries do not grow with them."""
    first = first_revisions(stories, windows)
    _save(first)
    corrections = corrections_of(first, windows)
    _save(corrections)
    return [filed.report for filed in (*first, *corrections)]


def first_revisions(
    stories: Iterable[Story], windows: Mapping[Semester, SemesterWindow]
) -> list[Filed]:
    """What STORIES tell of each semester that has a report. Nothing of it is saved or published."""
    return [
        _first_revision(story, outcome, windows[outcome.semester])
        for story in stories
        for outcome in story.outcomes
        if outcome.fate != Fate.MISSING
    ]


def corrections_of(
    first: Iterable[Filed], windows: Mapping[Semester, SemesterWindow]
) -> list[Filed]:
    """The second revisions of those of FIRST that were corrected. As above."""
    return [
        _correction(filed, windows[filed.outcome.semester])
        for filed in first
        if filed.outcome.fate == Fate.CORRECTED and filed.story.entry != Entry.NARRATIVE
    ]


def finish(filed: Filed) -> None:
    """Bring the report of FILED, in memory, to where its steps lead: published, or not."""
    filed.report.updated_at = filed.steps[-1].at
    if at := filed.published_at:
        by, story = filed.story.reviewer, filed.story
        terms = in_force(story.versions, at.date())
        freeze(filed.report, terms, by=by, at=at, second_review=by != story.author)
        filed.steps.append(ReviewStep(report=filed.report, act=Act.PUBLISHED, by=by, at=at))


def _first_revision(story: Story, outcome: Outcome, window: SemesterWindow) -> Filed:
    random = story.random(f"informe {outcome.semester}")
    plan = story.element.plan
    report = ProgressReport(
        plan=plan,
        municipality_id=plan.municipality_id,
        simulated=plan.simulated,
        element=story.element,
        semester=outcome.semester,
        unit=story.unit,
        author=story.author,
        as_of=outcome.semester.last_day - dt.timedelta(days=random.choice((0, 0, 0, 1, 4, 10))),
        **_values(random, story, outcome.points),
    )
    _explain(story, outcome, report)
    filed = Filed(story, outcome, report)
    _walk(random, filed, Calendar(random, window))
    # The last semester of a term is reported before it is over.
    if report.as_of:
        report.as_of = min(report.as_of, timezone.localdate(filed.steps[0].at))
    filed.supports = supports_of(story, report, outcome.supports, at=filed.steps[0].at)
    return filed


def _values(random: Random, story: Story, points: int) -> dict[str, Any]:
    """The figure and the texts of a report when POINTS hundredths are reached."""
    values = measure(story.random("valor"), story.entry, story.terms, points)
    values["narrative"] = texts.narrative(random, story.element, story.entry, story.terms, values)
    if random.randrange(100) < WITH_NEXT_STEPS:
        values["next_steps"] = texts.next_step(random)
    if story.entry != Entry.NARRATIVE and values.get("step") != Step.NONE:
        values["locations"] = locations_of(story.element)
    return values


def _explain(story: Story, outcome: Outcome, report: ProgressReport) -> None:
    """Why REPORT tells no more: its halt, or a difficulty, which goes on for some."""
    random = story.random(f"dificultad {outcome.semester}")
    is_behind = result_of(report, story.entry, story.terms).signal in TROUBLES
    if random.randrange(100) < DIFFICULT[is_behind]:
        is_usual = random.randrange(100) < SAME_AGAIN
        report.difficulties = texts.difficulty(story.random("dificultad") if is_usual else random)
    if outcome.halted_since and story.entry.has_step and outcome.points:
        report.halted_since = outcome.halted_since.first_day + dt.timedelta(days=45)
        report.halted_cause = story.random("paralización").choice(texts.HALT_CAUSES)


def _walk(random: Random, filed: Filed, calendar: Calendar) -> None:
    """The steps that FILED took, and when."""
    fate = filed.outcome.fate
    sent = calendar.sending(fate)
    filed.add_step(Act.WRITTEN, calendar.before(sent))
    if fate == Fate.DRAFT:
        if random.randrange(100) < UNFINISHED:
            _take_figure_out(filed.report)
        return
    filed.add_step(Act.SUBMITTED, sent)
    if fate in {Fate.RETURNED, Fate.RETURNED_ONCE}:
        returned = calendar.after(sent, 3)
        reason = texts.return_reason(random, filed.story.entry)
        filed.add_step(Act.RETURNED, returned, reason)
        if fate == Fate.RETURNED:
            return
        sent = calendar.after(returned, 5)
        filed.add_step(Act.SUBMITTED, sent)
    if fate != Fate.IN_REVIEW:
        filed.published_at = calendar.after(sent, 4)


def _take_figure_out(report: ProgressReport) -> None:
    empty = ProgressReport()
    for name in (*MEASURES, "as_of"):
        setattr(report, name, getattr(empty, name))


def _correction(filed: Filed, window: SemesterWindow) -> Filed:
    """The next revision of what was published as FILED, with another figure and the reason."""
    story, published = filed.story, filed.report
    random = story.random(f"corrección {published.semester}")
    report = ProgressReport(
        plan=published.plan,
        municipality_id=published.municipality_id,
        simulated=published.simulated,
        element=story.element,
        semester=published.semester,
        revision=published.revision + 1,
        correction_reason=random.choice(texts.CORRECTIONS),
        unit=story.unit,
        author=story.author,
        as_of=published.as_of,
        difficulties=published.difficulties,
        halted_since=published.halted_since,
        halted_cause=published.halted_cause,
        **_corrected_values(random, filed),
    )
    corrected = Filed(story, filed.outcome, report)
    calendar = Calendar(random, window)
    begun = calendar.correction()
    corrected.add_step(Act.WRITTEN, begun, report.correction_reason)
    sent = calendar.after(begun, 3)
    corrected.add_step(Act.SUBMITTED, sent)
    corrected.published_at = calendar.after(sent, 4)
    corrected.supports = copies_of(filed.supports, report)
    return corrected


def _corrected_values(random: Random, filed: Filed) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for more in OTHER_POINTS:
        values = _values(random, filed.story, max(0, filed.outcome.points + more))
        if any(
            values.get(name) != getattr(filed.report, name) for name in MEASURES if name in values
        ):
            break
    return values


def _save(all_filed: list[Filed]) -> None:
    """Write reports and supports before any is published: what is published takes no support."""
    ProgressReport.objects.bulk_create([filed.report for filed in all_filed], BATCH)
    supports = [each for filed in all_filed for each in filed.supports]
    Support.objects.bulk_create(supports, BATCH)
    await_previews(supports)
    for filed in all_filed:
        finish(filed)
    public = [filed.report for filed in all_filed if filed.published_at]
    unpublished = [filed.report for filed in all_filed if not filed.published_at]
    ProgressReport.objects.bulk_update(public, FROZEN, BATCH)
    ProgressReport.objects.bulk_update(unpublished, ["updated_at"], BATCH)
    ReviewStep.objects.bulk_create([step for filed in all_filed for step in filed.steps], BATCH)
