"""Say of many elements at once that they were idle, and send at once all that is complete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import Act, ReportState, Step
from tracking.measuring.entry import Entry
from tracking.measuring.missing import missing_in
from tracking.models import ProgressReport, ReviewStep
from tracking.permissions import trouble_entering, trouble_sending, unopened, window_of
from tracking.services.notices import tell_reviewers
from tracking.services.steps import record_steps


@transaction.atomic
def mark_idle(
    elements: Collection[PlanElement], semester: Semester, reason: str, *, by: User
) -> list[ProgressReport]:
    """Say of each of ELEMENTS that nothing was done in SEMESTER, for REASON, and send it.

    Parts that were delivered before stay delivered. Elements that already have a report are left
    alone: it may hold what somebody wrote. Returns the new reports.
    """
    if not elements:
        return []
    _refuse_if_shut(next(iter(elements)).plan, semester)
    units = _units_that_report(elements, by)
    delivered = _parts_delivered(elements, semester)
    now = timezone.now()
    rows = [
        ProgressReport(
            plan=element.plan,
            municipality_id=element.plan.municipality_id,
            simulated=element.plan.simulated,
            element=element,
            semester=semester,
            author=by,
            unit_id=units.get(element.pk),
            step=Step.NONE,
            parts_done=delivered.get(element.pk, []),
            narrative=reason,
            as_of=min(timezone.localdate(), semester.last_day),
            state=ReportState.SUBMITTED,
            submitted_at=now,
        )
        for element in sorted(elements, key=lambda element: element.pk)  # against deadlocks
    ]
    # Whoever begins one of them at this moment is waited for, and what they wrote is left.
    ProgressReport.objects.bulk_create(rows, ignore_conflicts=True)
    written = ProgressReport.objects.filter(author=by, semester=semester, submitted_at=now)
    reports = list(written.filter(element__in=elements).order_by("pk"))
    steps = record_steps(reports, (Act.WRITTEN, Act.SUBMITTED), by=by, at=now)
    tell_reviewers([step for step in steps if step.act == Act.SUBMITTED])
    return reports


@dataclass(frozen=True)
class Submission:
    """What was sent to review, and what was not, each with what it lacks, a sentence each."""

    sent: list[ProgressReport]
    left: list[tuple[ProgressReport, list[str]]]


@transaction.atomic
def submit_complete(entries: Mapping[int, Entry], *, by: User) -> Submission:
    """Send to review what is complete of some reports. ENTRIES: how each is entered, by its id.

    What is no longer open is passed over; what was returned goes again only once it has changed.
    The number of queries does not depend on how many there are.
    """
    rows = ProgressReport.objects.select_for_update(of=("self",)).filter(pk__in=entries)
    reports = [each for each in rows.select_related("element").order_by("pk") if each.is_open]
    returns = ReviewStep.objects.returns_of(reports)
    waits = unopened(reports, at=timezone.localdate())
    sent: list[ProgressReport] = []
    left: list[tuple[ProgressReport, list[str]]] = []
    now = timezone.now()
    for report in reports:
        returned = returns.get(report.pk)
        if report.pk in waits:
            left.append((report, [waits[report.pk]]))
        elif returned and not report.is_changed_since(returned.at):
            left.append((report, [_("Se devolvió y nadie lo ha cambiado desde entonces.")]))
        elif missing := missing_in(report, entries[report.pk]):
            left.append((report, list(missing.values())))
        else:
            report.state = ReportState.SUBMITTED
            report.submitted_at = report.updated_at = now
            report.edit += 1
            sent.append(report)
    ProgressReport.objects.bulk_update(sent, ["state", "submitted_at", "edit", "updated_at"])
    steps = record_steps(sent, (Act.SUBMITTED,), by=by, at=now)
    tell_reviewers(steps)
    return Submission(sent, left)


def _refuse_if_shut(plan: Plan, semester: Semester) -> None:
    window = window_of(plan.municipality, semester)
    trouble = trouble_entering(plan, window)
    if trouble := trouble or trouble_sending(window, at=timezone.localdate()):
        raise ValidationError(trouble)


def _units_that_report(elements: Collection[PlanElement], by: User) -> dict[int, int]:
    """The unit in whose name BY reports on each of ELEMENTS: their own, or else the first.

    Ids of units by element; nothing for what no unit answers for. One query.
    """
    own = {each.unit_id for each in by.current_memberships}
    rows = Responsibility.objects.filter(element__in=elements).order_by("-pk")
    answering = sorted(rows, key=lambda row: row.unit_id in own)
    return {row.element_id: row.unit_id for row in answering}


def _parts_delivered(elements: Collection[PlanElement], semester: Semester) -> dict[int, list[str]]:
    """The parts of ELEMENTS, by its id, that were published as delivered before SEMESTER.

    As far as the terms in force still name them. Two queries.
    """
    terms = MeasuringTerms.objects.filter(element__in=elements).in_force()
    named = {each.element_id: each.parts for each in terms}
    reports = ProgressReport.objects.published().filter(element__in=elements)
    return {
        each.element_id: [
            part for part in named.get(each.element_id, []) if part in each.parts_done
        ]
        for each in reports.latest_before(semester)
    }
