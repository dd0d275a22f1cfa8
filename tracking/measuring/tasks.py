"""What a person has to report in a semester, and how far each piece of it is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from plans.locations import Kept
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import ReportState
from tracking.measuring.counting import what_counts
from tracking.measuring.entry import Entry, entry_of
from tracking.models import ProgressReport, SemesterWindow
from tracking.permissions import own, with_ownership


@dataclass(frozen=True)
class Task:
    """One element of the plan in one semester: what is reported of it, and what was before.

    ``report`` is its newest revision in the semester; ``previous`` the newest published report of
    an earlier one. ``element`` carries ``is_mine``, ``is_reportable`` and ``answering`` (its
    responsibilities, with their units). Not ``is_looked_up``: whether there is a report, nobody
    has asked.
    """

    element: PlanElement
    semester: Semester
    terms: MeasuringTerms | None
    report: ProgressReport | None
    previous: ProgressReport | None
    entry: Entry
    is_looked_up: bool = True

    @property
    def state(self) -> str:
        """A value of ReportState; "" while nobody has begun."""
        return self.report.state if self.report else ""

    @property
    def state_label(self) -> str | Promise:
        return self.report.get_state_display() if self.report else _("Sin empezar")

    @property
    def is_done(self) -> bool:
        """Whether it was reported: sent, or published, also while a correction is being written."""
        return self.state in {ReportState.SUBMITTED, ReportState.PUBLISHED} or self.is_correction

    @property
    def is_correction(self) -> bool:
        return self.report is not None and self.report.revision > 1

    @property
    def edit(self) -> int:
        """The edition that a form of this task shows; 0 where nothing can be overwritten."""
        return self.report.edit if self.report and not self.report.is_published else 0

    @property
    def is_writable(self) -> bool:
        return self.report is None or self.report.is_open

    @property
    def counts(self) -> str:
        """What the figure that is asked for counts, from when and in which unit; "" for none."""
        return what_counts(self.entry, self.terms, self.element.plan.term, self.semester)

    @property
    def locations(self) -> list[Kept]:
        """Where its report says that was worked.

        Before there is one, what it begins with: where the last one says, or its terms plan.
        """
        if self.report:
            return list(self.report.locations)
        earlier = (each.locations for each in (self.previous, self.terms) if each)
        return next(filter(None, earlier), [])

    @property
    def units(self) -> list[Unit]:
        return [each.unit for each in self.element.answering]  # type: ignore[attr-defined]

    def is_late(self, window: SemesterWindow | None, *, at: dt.date) -> bool:
        return window is not None and window.is_past_due(at) and not self.is_done


def reportable_elements(user: User, plan: Plan) -> QuerySet[PlanElement]:
    """What PLAN is expected to report each semester, in its order, with ``is_mine`` for USER."""
    elements = plan.elements.reportable().in_document_order().defer("search")
    return with_ownership(elements, user, plan.municipality)


def narrated_elements(user: User, plan: Plan) -> QuerySet[PlanElement]:
    """What of PLAN carries a narrative report at most, and USER may write, in its order."""
    elements = plan.elements.current().with_reportability().filter(is_reportable=False)
    in_order = elements.in_document_order().defer("search")
    return own(with_ownership(in_order, user, plan.municipality))


def still_to_send(elements: QuerySet[PlanElement], semester: Semester) -> QuerySet[PlanElement]:
    """Those of ELEMENTS that nobody has begun in SEMESTER, or that are still being written."""
    reports = ProgressReport.objects.filter(element=OuterRef("pk"), semester=semester)
    written = reports.filter(state__in=[ReportState.DRAFT, ReportState.RETURNED])
    return elements.filter(~Exists(reports) | Exists(written))


def tasks_of(elements: Iterable[PlanElement], plan: Plan, semester: Semester) -> list[Task]:
    """A task for each of ELEMENTS of PLAN, in their order. Five queries, however many there are.

    The elements come from `reportable_elements`, or carry ``is_reportable`` in another way.
    """
    listed = list(elements)
    units = Responsibility.objects.select_related("unit").order_by("pk")
    prefetch_related_objects(listed, Prefetch("responsibility_set", units, to_attr="answering"))
    ids = [element.pk for element in listed]
    terms = MeasuringTerms.objects.filter(element__in=ids).in_force()
    terms_of = {each.element_id: each for each in terms}
    reports = ProgressReport.objects.filter(element__in=ids)
    current = reports.filter(semester=semester).newest()
    report_of = {each.element_id: each for each in current}
    earlier = reports.published().latest_before(semester).select_related("terms")
    previous_of = {each.element_id: each for each in earlier}
    made = []
    for element in listed:
        element.plan = plan
        newest = terms_of.get(element.pk)
        if previous := previous_of.get(element.pk):
            previous.element = element
        made.append(
            Task(
                element=element,
                semester=semester,
                terms=newest,
                report=report_of.get(element.pk),
                previous=previous,
                entry=entry_of(element, newest, is_reportable=element.is_reportable),
            )
        )
    return made


def task_to_write(element: PlanElement, semester: Semester) -> Task:
    """The task of a form that is being saved: what it asks for, and what was published before.

    Without the report itself. Two queries.
    """
    terms = MeasuringTerms.objects.filter(element=element).in_force().first()
    entry = entry_of(element, terms, is_reportable=element.is_reportable)
    earlier = ProgressReport.objects.published().filter(element=element).latest_before(semester)
    previous = earlier.select_related("terms").first()
    return Task(element, semester, terms, None, previous, entry, is_looked_up=False)
