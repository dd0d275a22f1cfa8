"""Reports on their way: sent to review and published, through the portal's own services."""

import datetime as dt
from typing import Any

from accounts.models import User
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.choices import Step
from tracking.measuring.entry import entry_of
from tracking.models import ProgressReport, Support
from tracking.services.drafts import save_draft, submit
from tracking.services.review import publish_reports

SEMESTER = Semester(2019, 1)
QUEUE = "/gestion/revision/puno/2019-I/"
TEXT = "Se firmó el contrato del comedor."


def draft(
    element: PlanElement, by: User, semester: Semester = SEMESTER, **values: Any
) -> ProgressReport:
    """A report that BY began; in preparation, a step and a text unless VALUES say otherwise."""
    usual = {"step": Step.RUNNING, "narrative": TEXT, "as_of": semester.last_day}
    return save_draft(element, semester, {**usual, **values}, by=by, edit=0)


def send(element: PlanElement, by: User, **values: Any) -> ProgressReport:
    return _sent(draft(element, by, **values), element, by)


def publish(element: PlanElement, by: User, reviewer: User, **values: Any) -> ProgressReport:
    report = send(element, by, **values)
    publish_reports({report.pk: report.edit}, report.municipality, by=reviewer)
    published: ProgressReport = ProgressReport.objects.published().get(pk=report.pk)
    return published


def send_again(report: ProgressReport, by: User) -> ProgressReport:
    """REPORT, which is open, once more to review."""
    return _sent(report, report.element, by)


def add_link(report: ProgressReport, by: User, title: str = "Acta de entrega") -> Support:
    return Support.objects.create(
        report=report,
        title=title,
        taken_on=dt.date(2019, 6, 1),
        url="https://puno.example/acta.pdf",
        sha256="a" * 64,
        added_by=by,
    )


def states() -> list[str]:
    """Of all reports, in the order in which they were begun."""
    return list(ProgressReport.objects.order_by("pk").values_list("state", flat=True))


def mark(report: ProgressReport) -> str:
    terms = MeasuringTerms.objects.filter(element=report.element_id).in_force().first()
    return f"{report.pk}:{report.edit}:{terms.version if terms else 0}"


def _sent(report: ProgressReport, element: PlanElement, by: User) -> ProgressReport:
    terms = MeasuringTerms.objects.filter(element=element).in_force().first()
    return submit(report, entry_of(element, terms, is_reportable=True), by=by)
