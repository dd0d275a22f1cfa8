"""What planning decides on: each report in review, with all that it is judged by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.wording import Op
from tracking.choices import WRITING, Act, ReportState, Signal, Step
from tracking.measuring.entry import Entry, entry_to_publish
from tracking.measuring.result import Result, result_of
from tracking.measuring.tasks import Task, tasks_of
from tracking.measuring.unlikely import Doubt, unlikely
from tracking.models import Message, ProgressReport, ReviewStep, SemesterWindow, Support
from tracking.office.worklists.compared import TextChange, briefly, text_changes
from tracking.reading.differences import Difference, differences, support_differences
from tracking.reading.sentences import measured, percentage
from tracking.reading.story import Revision


@dataclass(frozen=True)
class Case:
    """One report. ``task`` tells its element, its terms and the semester before.

    ``corrected`` is the published revision that it would replace; ``steps`` are oldest first.
    ``is_own``: the person who reads wrote in it, or sent it. ``message``: the last under it.
    """

    task: Task
    report: ProgressReport
    supports: list[Support]
    steps: list[ReviewStep]
    corrected: ProgressReport | None
    corrected_supports: list[Support]
    is_own: bool
    is_late: bool
    message: Message | None

    @property
    def mark(self) -> str:
        """What the checkbox sends: which report was read, at which edition, under which terms."""
        terms = self.task.terms.version if self.task.terms else 0
        return f"{self.report.pk}:{self.report.edit}:{terms}"

    @property
    def writers(self) -> list[str]:
        """Every hand that wrote in it, once, in the order in which they did."""
        hands = [step.hand for step in self.steps if step.act == Act.WRITTEN]
        return list(dict.fromkeys(hands))

    @property
    def returned(self) -> ReviewStep | None:
        """The last time that it was given back, with the reason."""
        return next((step for step in reversed(self.steps) if step.act == Act.RETURNED), None)

    @property
    def waits(self) -> bool:
        return self.report.state == ReportState.SUBMITTED

    @property
    def measure(self) -> str:
        """What it gives as its measure, under the terms with which it is or would be published."""
        return measured(Revision(self.report))

    @property
    def last(self) -> ProgressReport | None:
        """What was published before it: what it would replace, or that of an earlier semester."""
        return self.corrected or self.task.previous

    @property
    def briefly(self) -> str:
        return briefly(Revision(self.report))

    @property
    def briefly_before(self) -> str:
        """What its last gave as its measure, as briefly; "" without one."""
        return briefly(Revision(self.last)) if self.last else ""

    @property
    def is_measured(self) -> bool:
        """Whether it gives more than words."""
        return Revision(self.report).entry != Entry.NARRATIVE

    @cached_property
    def texts(self) -> list[TextChange]:
        return text_changes(self.report, self.last)

    @property
    def repeats(self) -> bool:
        """Whether what was done is told word by word as the last time."""
        return any(each.is_same and each.field == "narrative" for each in self.texts)

    @property
    def is_plain(self) -> bool:
        """Whether nothing asks to look at it twice: no doubt, nothing corrected, nothing one's own.

        Nor anything that was asked under it since it was sent. Only that may be published together
        with others, without opening it.
        """
        return not (self.is_own or self.corrected or self.doubts or self.open_message)

    @property
    def open_message(self) -> Message | None:
        """What was last said under it, if that was since it was sent, or nobody answered it."""
        message, sent_at = self.message, self.report.submitted_at
        if not message or not self.waits:
            return None
        is_new = sent_at is None or message.at > sent_at
        return message if is_new or message.is_from_planning else None

    @property
    def previous_measure(self) -> str:
        return measured(Revision(self.task.previous)) if self.task.previous else ""

    @property
    def result_briefly(self) -> str:
        """What was published, or would be now: "37.5 %, con retraso"."""
        result, _is_by_step = self._result
        sentence = str(result.signal.label).lower()
        if result.progress is not None:
            sentence = f"{percentage(result.progress)}, {sentence}"
        return sentence

    @property
    def result_sentence(self) -> str:
        """The same with what was planned: "37.5 %, con retraso (programado: 50 %)"."""
        result, is_by_step = self._result
        sentence = self.result_briefly
        if result.planned is None:
            return sentence
        is_step = is_by_step and result.planned in Step.values
        planned = Step(int(result.planned)).label if is_step else percentage(result.planned)
        return _("%(said)s (programado: %(planned)s)") % {"said": sentence, "planned": planned}

    @cached_property
    def _result(self) -> tuple[Result, bool]:
        """Its result, and whether the rubric alone gives it."""
        report = self.report
        if report.is_published:
            frozen = Result(report.progress, report.planned, Signal(report.signal))
            return frozen, Revision(report).entry.is_step
        entry = entry_to_publish(report, self.task.terms)
        return result_of(report, entry, self.task.terms), entry == Entry.STEP

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What is unlikely in it, which its authors confirmed, or did not see."""
        report, terms = self.report, self.report.terms
        return unlikely(report, entry_to_publish(report, terms), terms, self.task.previous)

    @property
    def changes(self) -> list[Difference]:
        return differences(self.corrected, self.report) if self.corrected else []

    @property
    def support_changes(self) -> list[tuple[Op, Support]]:
        return support_differences(self.corrected_supports, self.supports)


def cases_of(
    reports: Sequence[ProgressReport], plan: Plan, semester: Semester, *, reader: User
) -> list[Case]:
    """A case for each of REPORTS, all of PLAN and SEMESTER, in their order.

    The number of queries does not depend on how many there are.
    """
    task_of = _task_of(reports, plan, semester)
    corrected_of = _corrected_of(reports)
    every = [*reports, *corrected_of.values()]
    supports = Support.objects.filter(report__in=every)
    sustained = supports.with_withholding().with_previews().by_report()
    steps_of = ReviewStep.objects.by_report(reports)
    messages = Message.objects.newest_under(reports)
    window = SemesterWindow.objects.filter(municipality=plan.municipality_id, semester=semester)
    due_on = window.values_list("due_on", flat=True).first()
    cases = []
    for report in reports:
        task, corrected = task_of[report.element_id], corrected_of.get(report.pk)
        _share_promise(task, report, corrected)
        steps = steps_of.get(report.pk, [])
        cases.append(
            Case(
                task=replace(task, report=report),
                report=report,
                supports=sustained[report.pk],
                steps=steps,
                corrected=corrected,
                corrected_supports=sustained[corrected.pk] if corrected else [],
                is_own=any(each.act in WRITING and each.by_id == reader.pk for each in steps),
                is_late=_is_late(report, due_on),
                message=messages.get(report.pk),
            )
        )
    return cases


def _task_of(reports: Sequence[ProgressReport], plan: Plan, semester: Semester) -> dict[int, Task]:
    """What each of REPORTS answers, by its element's id, with the terms of the report before."""
    elements = PlanElement.objects.filter(pk__in=[each.element_id for each in reports])
    tasks = tasks_of(elements.with_reportability().defer("search"), plan, semester)
    prefetch_related_objects([task.previous for task in tasks if task.previous], "terms")
    return {task.element.pk: task for task in tasks}


def _share_promise(task: Task, report: ProgressReport, corrected: ProgressReport | None) -> None:
    """Have all that is told of the promise of TASK lead to the one element that was read."""
    for each in filter(None, (report, task.previous, corrected)):
        each.element = task.element
    if not report.is_published:
        report.terms = task.terms


def _corrected_of(reports: Sequence[ProgressReport]) -> dict[int, ProgressReport]:
    """Of each correction among REPORTS, the published revision before it."""
    elements = [each.element_id for each in reports if each.revision > 1]
    rows = ProgressReport.objects.published().filter(
        element__in=elements, semester__in={each.semester for each in reports}
    )
    listed = rows.select_related("terms")
    published = {(each.element_id, each.semester, each.revision): each for each in listed}
    before = {
        report.pk: published.get((report.element_id, report.semester, report.revision - 1))
        for report in reports
    }
    return {pk: earlier for pk, earlier in before.items() if earlier}


def _is_late(report: ProgressReport, due_on: dt.date | None) -> bool:
    """Whether it was sent after its day; a correction answers no due date."""
    if due_on is None or report.submitted_at is None or report.revision > 1:
        return False
    return timezone.localdate(report.submitted_at) > due_on
