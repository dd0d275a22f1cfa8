"""Write reports before they are public: save, send to review, take back.

Every function runs in one transaction and raises ValidationError, with nothing written, for what
does not fit; forms have checked the shape before.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import Act, ReportState, Step
from tracking.desk.returned import changed_since, returns_of
from tracking.desk.scope import trouble_entering, window_of
from tracking.entry import Entry
from tracking.models import ProgressReport, ReviewStep, SemesterWindow


class EditConflict(Exception):
    """Somebody else saved first. ``stored`` is what they left; nothing of ours was written."""

    def __init__(self, stored: ProgressReport) -> None:
        super().__init__(_("Otra persona guardó este informe mientras usted escribía."))
        self.stored = stored


@transaction.atomic
def save_draft(
    element: PlanElement,
    semester: Semester,
    values: Mapping[str, Any],
    *,
    by: User,
    edit: int,
) -> ProgressReport:
    """Write VALUES, of the columns in WRITABLE, into the open report of ELEMENT in SEMESTER.

    EDIT is the edition that the person saw: 0 for none. ELEMENT comes with its plan and its
    plan's municipality. The same values twice are written once. Raises EditConflict if somebody
    saved others since.
    """
    if not edit:
        return _begin(element, semester, values, by=by)
    report = _open_report(element, semester)
    if report is None:
        raise ValidationError(_("Ese informe ya no está en preparación: vuelva a abrirlo."))
    if report.edit != edit:
        return _as_stored(report, values)
    if not report.is_open:
        raise ValidationError(
            _("Ya se envió a revisión: recupérelo, si todavía no lo revisan, para cambiarlo.")
        )
    is_new_author = report.author_id != by.pk
    for name, value in values.items():
        setattr(report, name, value)
    report.author = by
    report.edit += 1
    report.save(update_fields=[*values, "author", "edit", "updated_at"])
    if is_new_author:
        ReviewStep.objects.create(report=report, act=Act.WRITTEN, by=by)
    return report


def _open_report(element: PlanElement, semester: Semester) -> ProgressReport | None:
    rows = ProgressReport.objects.open().filter(element=element, semester=semester)
    report: ProgressReport | None = rows.select_for_update().first()
    if report:
        report.element = element
    return report


def _as_stored(report: ProgressReport, values: Mapping[str, Any]) -> ProgressReport:
    """REPORT, where it already says VALUES: a form that was sent twice. Else EditConflict."""
    if all(getattr(report, name) == value for name, value in values.items()):
        return report
    raise EditConflict(report)


def _begin(
    element: PlanElement, semester: Semester, values: Mapping[str, Any], *, by: User
) -> ProgressReport:
    plan = element.plan
    window, unit_id = _window_and_unit(element, semester, by)
    if trouble := trouble_entering(plan, window, at=timezone.localdate()):
        raise ValidationError(trouble)
    report = ProgressReport(
        plan=plan,
        municipality=plan.municipality,
        simulated=plan.simulated,
        element=element,
        semester=semester,
        author=by,
        unit_id=unit_id,
        **values,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        if stored := _open_report(element, semester):
            return _as_stored(stored, values)
        if ProgressReport.objects.published().filter(element=element, semester=semester).exists():
            sentence = _(
                "El informe de este semestre ya se publicó: lo que cambie va en una corrección."
            )
            raise ValidationError(sentence) from None
        raise
    ReviewStep.objects.create(report=report, act=Act.WRITTEN, by=by)
    return report


def _window_and_unit(
    element: PlanElement, semester: Semester, by: User
) -> tuple[SemesterWindow | None, int | None]:
    """The window of SEMESTER, and the unit in whose name BY reports on ELEMENT. One query."""
    own = [each.unit_id for each in by.current_memberships if each.unit_id]
    answering = Responsibility.objects.filter(element=element).order_by(
        Case(When(unit__in=own, then=0), default=1), "pk"
    )
    windows = SemesterWindow.objects.filter(
        municipality=element.plan.municipality_id, semester=semester
    )
    window = windows.annotate(unit_id=Subquery(answering.values("unit")[:1])).first()
    return window, getattr(window, "unit_id", None)


def _refuse_if_shut(plan: Plan, semester: Semester) -> None:
    window = window_of(plan.municipality, semester)
    if trouble := trouble_entering(plan, window, at=timezone.localdate()):
        raise ValidationError(trouble)


def units_that_report(elements: Collection[PlanElement], by: User) -> dict[int, int]:
    """The unit in whose name BY reports on each of ELEMENTS: their own, or else the first.

    Ids of units by element; nothing for what no unit answers for. One query.
    """
    own = {each.unit_id for each in by.current_memberships}
    rows = Responsibility.objects.filter(element__in=elements).order_by("-pk")
    answering = sorted(rows, key=lambda row: row.unit_id in own)
    return {row.element_id: row.unit_id for row in answering}


def parts_delivered(elements: Collection[PlanElement], semester: Semester) -> dict[int, list[str]]:
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


@transaction.atomic
def submit(report: ProgressReport, entry: Entry, *, by: User) -> ProgressReport:
    """Send REPORT to review. Raises ValidationError with what is missing in it."""
    stored = _locked(report)
    if not stored.is_open:
        raise ValidationError(_("%s ya se envió a revisión.") % stored.element.ref)
    if missing := missing_in(stored, entry):
        raise ValidationError(missing)
    stored.state = ReportState.SUBMITTED
    stored.submitted_at = timezone.now()
    stored.edit += 1
    stored.save(update_fields=["state", "submitted_at", "edit", "updated_at"])
    ReviewStep.objects.create(report=stored, act=Act.SUBMITTED, by=by)
    return stored


@transaction.atomic
def recall(report: ProgressReport, *, by: User) -> ProgressReport:
    """Take REPORT back from review to change it, as long as nobody has decided on it."""
    stored = _locked(report)
    if stored.state != ReportState.SUBMITTED:
        raise ValidationError(_("Ese informe ya no está en revisión: vuelva a abrirlo."))
    stored.state = ReportState.DRAFT
    stored.edit += 1
    stored.save(update_fields=["state", "edit", "updated_at"])
    ReviewStep.objects.create(report=stored, act=Act.RECALLED, by=by)
    return stored


def _locked(report: ProgressReport) -> ProgressReport:
    rows = ProgressReport.objects.select_for_update(of=("self",)).select_related("element")
    locked: ProgressReport = rows.get(pk=report.pk)
    return locked


def missing_in(report: ProgressReport, entry: Entry) -> list[str]:
    """What REPORT still needs before it can be reviewed, a sentence each."""
    missing = []
    if report.as_of is None:
        missing.append(_("Diga a qué día corresponde lo informado."))
    if entry.has_step and report.step is None:
        missing.append(_("Elija en qué paso está."))
    if entry.has_step and report.step == Step.NONE and not report.narrative:
        missing.append(_("Diga por qué no hubo actividad."))
    lacks_figure = (entry == Entry.VALUE and report.value is None) or (
        entry == Entry.COUNT and report.done is None
    )
    if lacks_figure and not report.narrative:
        missing.append(_("Dé la cifra, o diga en «Qué se hizo» por qué no la hay."))
    if entry == Entry.NARRATIVE and not report.narrative:
        missing.append(_("Cuente qué se hizo."))
    return missing


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
    units = units_that_report(elements, by)
    delivered = parts_delivered(elements, semester)
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
    ReviewStep.objects.bulk_create(
        ReviewStep(report=report, act=act, by=by)
        for report in reports
        for act in (Act.WRITTEN, Act.SUBMITTED)
    )
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
    returns = returns_of(reports)
    sent: list[ProgressReport] = []
    left: list[tuple[ProgressReport, list[str]]] = []
    now = timezone.now()
    for report in reports:
        returned = returns.get(report.pk)
        if returned and not changed_since(report, returned):
            left.append((report, [_("Se devolvió y nadie lo ha cambiado desde entonces.")]))
        elif missing := missing_in(report, entries[report.pk]):
            left.append((report, missing))
        else:
            report.state = ReportState.SUBMITTED
            report.submitted_at = report.updated_at = now
            report.edit += 1
            sent.append(report)
    ProgressReport.objects.bulk_update(sent, ["state", "submitted_at", "edit", "updated_at"])
    ReviewStep.objects.bulk_create(
        ReviewStep(report=report, act=Act.SUBMITTED, by=by, at=now) for report in sent
    )
    return Submission(sent, left)
