"""The page of one report: what it says, what became of it, and the form of whoever may write it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from django.http import QueryDict
from django.utils import timezone

from plans.models import PlanElement
from plans.semester import Semester
from tracking.measuring.proposed import Proposal, proposals_for
from tracking.measuring.tasks import Task, tasks_of
from tracking.models import Note, ProgressReport, ReviewStep, SemesterWindow, Support
from tracking.office.forms.report import ReportForm
from tracking.office.forms.talk import MessageForm
from tracking.office.worklists.talk import Said, talk_of
from tracking.permissions import trouble_entering, trouble_sending, window_of
from tracking.reading.differences import Difference
from tracking.reading.sentences import measured, of_value
from tracking.reading.story import Revision


class Conflict(NamedTuple):
    """What another hand stored meanwhile, as SENTENCE says, and what would change of it."""

    sentence: str
    stored: ProgressReport
    changes: list[Difference]


@dataclass(frozen=True)
class ReportPage:
    """What there is to read of TASK on the day AT, whose element carries ``is_mine``.

    ``form`` is there for whoever may write, and holds what they typed where it came back: because
    of its faults, of a CONFLICT, or, if IS_SAVED, because something is missing to send it.
    """

    task: Task
    window: SemesterWindow | None
    at: dt.date
    form: ReportForm | None = None
    conflict: Conflict | None = None
    is_saved: bool = False

    @classmethod
    def to_read(cls, element: PlanElement, semester: Semester, kept: QueryDict | None) -> Self:
        """As it stands, with what was KEPT of a form from before a session ended."""
        page = cls._of(element, semester)
        form = ReportForm(page.task, kept) if page.takes_writing else None
        return cls(page.task, page.window, page.at, form)

    @classmethod
    def with_back(
        cls, form: ReportForm, *, conflict: Conflict | None = None, is_saved: bool = False
    ) -> Self:
        """With FORM, which came back."""
        page = cls._of(form.task.element, form.task.semester)
        return cls(page.task, page.window, page.at, form, conflict, is_saved)

    @classmethod
    def _of(cls, element: PlanElement, semester: Semester) -> Self:
        (task,) = tasks_of([element], element.plan, semester)
        window = window_of(element.plan.municipality, semester)
        return cls(task, window, timezone.localdate())

    @property
    def element(self) -> PlanElement:
        return self.task.element

    @cached_property
    def trouble(self) -> str:
        """Why nothing can be begun; "" where it can."""
        return trouble_entering(self.element.plan, self.window)

    @cached_property
    def waits(self) -> str:
        """Why what is written cannot be sent today; "" where it can."""
        return trouble_sending(self.window, at=self.at)

    @property
    def is_mine(self) -> bool:
        is_mine: bool = self.element.is_mine  # type: ignore[attr-defined]
        return is_mine

    @property
    def takes_writing(self) -> bool:
        """Whether the person may begin the report, or go on with it."""
        is_closed_to_them = self.trouble and self.task.report is None
        return self.is_mine and self.task.is_writable and not is_closed_to_them

    @property
    def is_late(self) -> bool:
        return self.task.is_late(self.window, at=self.at)

    @property
    def previous_measure(self) -> str:
        """What the last report before this semester gave, in words."""
        return measured(Revision(self.task.previous)) if self.task.previous else ""

    @cached_property
    def report(self) -> ProgressReport | None:
        """Its newest revision, read under the terms with which it is, or would be, published."""
        report = self.task.report
        if report:
            report.element = self.element
            if not report.is_published:
                report.terms = self.task.terms
        return report

    @property
    def measure(self) -> str:
        return measured(Revision(self.report)) if self.report else ""

    @property
    def understood(self) -> str:
        """The value that is stored, as it was understood."""
        value = self.report.value if self.report and self.task.entry.has_value else None
        return "" if value is None else of_value(value, self.task.terms)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What the operating plan proposes as the value, to whoever may write it."""
        return proposals_for([self.task]).get(self.element.pk, []) if self.form else []

    @property
    def typed(self) -> str:
        """What stands in the field of the value; "" without one."""
        if self.form is None or "value" not in self.form.fields:
            return ""
        return str(self.form["value"].value().text)

    @cached_property
    def supports(self) -> list[Support]:
        if self.report is None:
            return []
        rows = Support.objects.filter(report=self.report).with_withholding().with_previews()
        return list(rows.order_by("pk"))

    @cached_property
    def noted(self) -> int:
        """How many notes of the semester wait in the promise's notebook."""
        notes = Note.objects.filter(element=self.element)
        return notes.waiting(self.task.semester).count() if self.is_mine else 0

    @property
    def steps(self) -> list[ReviewStep]:
        """What was done with it, oldest first."""
        steps = ReviewStep.objects.by_report([self.report]) if self.report else {}
        return next(iter(steps.values()), [])

    @cached_property
    def talk(self) -> list[Said]:
        """What was said under it, for those who take part: its unit, and planning."""
        return talk_of(self.report) if self.report and self.is_mine else []

    @property
    def message(self) -> MessageForm | None:
        """To say something under it, for the same."""
        return MessageForm() if self.report and self.is_mine else None

    @cached_property
    def returned(self) -> ReviewStep | None:
        """Why and by whom it was returned, where it stands returned."""
        steps = ReviewStep.objects.returns_of([self.report]) if self.report else {}
        return next(iter(steps.values()), None)
