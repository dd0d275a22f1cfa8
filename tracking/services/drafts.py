"""Write reports before they are public: save, send to review, take back.

Every function runs in one transaction and raises ValidationError, with nothing written, for what
does not fit; forms have checked the shape before.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Token, User
from plans.models import PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import Act, ReportState
from tracking.measuring.entry import Entry
from tracking.measuring.missing import missing_in
from tracking.models import ProgressReport, SemesterWindow
from tracking.permissions import trouble_entering, unopened
from tracking.services.notices import tell_author, tell_reviewers
from tracking.services.steps import record_step


class EditConflict(Exception):
    """Another hand saved first, maybe one's own elsewhere; nothing of what BY sent was written.

    ``stored`` is what it left; ``is_begun``: whoever meant to begin it found it begun.
    """

    def __init__(self, stored: ProgressReport, *, by: User, edit: int) -> None:
        self.stored, self.is_begun = stored, not edit
        is_own = stored.author_id == by.pk
        if self.is_begun and is_own:
            sentence = _("Usted ya tiene un borrador de este informe.")
        elif self.is_begun:
            sentence = _("Otra persona ya comenzó este informe.")
        elif is_own and stored.author_token_id:
            sentence = _("Su sistema guardó este informe mientras usted escribía.")
        elif is_own:
            sentence = _("Usted guardó este informe en otra ventana.")
        else:
            sentence = _("Otra persona guardó este informe mientras usted escribía.")
        super().__init__(sentence)


@transaction.atomic
def save_draft(
    element: PlanElement,
    semester: Semester,
    values: Mapping[str, Any],
    *,
    by: User,
    edit: int,
    token: Token | None = None,
) -> ProgressReport:
    """Write VALUES, of the columns in WRITABLE, into the open report of ELEMENT in SEMESTER.

    EDIT is the edition that the person saw: 0 for none. ELEMENT comes with its plan and its
    plan's municipality. TOKEN is that of the system that writes for BY, if one does. What is stored
    already is not written again. Raises EditConflict if something else was saved since.
    """
    if not edit:
        return _begin(element, semester, values, by=by, token=token)
    report = _open_report(element, semester)
    if report is None:
        _refuse_if_published(element, semester)
        raise ValidationError(_("Ese informe ya no está en preparación: vuelva a abrirlo."))
    if report.edit != edit:
        return _as_stored(report, values, by=by, edit=edit)
    if not report.is_open:
        raise ValidationError(
            _("Ya se envió a revisión: recupérelo, si todavía no lo revisan, para cambiarlo.")
        )
    if _says(report, values):
        return report
    for name, value in values.items():
        setattr(report, name, value)
    report.edit += 1
    store(report, [*values, "edit"], by=by, token=token)
    return report


def store(
    report: ProgressReport, columns: Iterable[str] = (), *, by: User, token: Token | None
) -> None:
    """Store COLUMNS of an open REPORT as BY's writing; a step says so of each new hand.

    Somebody's system, with its TOKEN, is another hand than they themselves.
    """
    hand = by.pk, token.pk if token else None
    is_new = (report.author_id, report.author_token_id) != hand
    author = report.author_id
    report.author, report.author_token = by, token
    report.save(update_fields=[*columns, "author", "author_token", "updated_at"])
    if is_new:
        step = record_step(report, Act.WRITTEN, by=by, token=token)
        tell_author(author, step)


def _open_report(element: PlanElement, semester: Semester) -> ProgressReport | None:
    rows = ProgressReport.objects.open().filter(element=element, semester=semester)
    report: ProgressReport | None = rows.select_for_update().first()
    if report:
        report.element = element
    return report


def _as_stored(
    report: ProgressReport, values: Mapping[str, Any], *, by: User, edit: int
) -> ProgressReport:
    """REPORT, where it already says VALUES: a form that was sent twice. Else EditConflict."""
    if _says(report, values):
        return report
    raise EditConflict(report, by=by, edit=edit)


def _says(report: ProgressReport, values: Mapping[str, Any]) -> bool:
    """Whether REPORT has VALUES already."""
    return all(getattr(report, name) == value for name, value in values.items())


def _refuse_if_published(element: PlanElement, semester: Semester) -> None:
    published = ProgressReport.objects.published().filter(element=element, semester=semester)
    if published.exists():
        raise ValidationError(
            _("El informe de este semestre ya se publicó: lo que cambie va en una corrección.")
        )


def _begin(
    element: PlanElement,
    semester: Semester,
    values: Mapping[str, Any],
    *,
    by: User,
    token: Token | None,
) -> ProgressReport:
    plan = element.plan
    window, unit_id = _window_and_unit(element, semester, by)
    if trouble := trouble_entering(plan, window):
        raise ValidationError(trouble)
    report = ProgressReport(
        plan=plan,
        municipality=plan.municipality,
        simulated=plan.simulated,
        element=element,
        semester=semester,
        author=by,
        author_token=token,
        unit_id=unit_id,
        **values,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        if stored := _open_report(element, semester):
            return _as_stored(stored, values, by=by, edit=0)
        _refuse_if_published(element, semester)
        raise
    record_step(report, Act.WRITTEN, by=by, token=token)
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


@transaction.atomic
def submit(
    report: ProgressReport, entry: Entry, *, by: User, token: Token | None = None
) -> ProgressReport:
    """Send REPORT to review. Raises ValidationError with what is missing in it, by its column.

    Nor before its semester opens.
    """
    stored = _locked(report)
    if not stored.is_open:
        raise ValidationError(_("%s ya se envió a revisión.") % stored.element.ref)
    if waits := unopened([stored], at=timezone.localdate()):
        raise ValidationError(waits[stored.pk])
    if missing := missing_in(stored, entry):
        raise ValidationError(missing)
    stored.state = ReportState.SUBMITTED
    stored.submitted_at = timezone.now()
    stored.edit += 1
    stored.save(update_fields=["state", "submitted_at", "edit", "updated_at"])
    step = record_step(stored, Act.SUBMITTED, by=by, token=token)
    tell_reviewers([step])
    return stored


@transaction.atomic
def recall(report: ProgressReport, *, by: User, token: Token | None = None) -> ProgressReport:
    """Take REPORT back from review to change it. ValidationError once somebody decided on it."""
    stored = _locked(report)
    if stored.state != ReportState.SUBMITTED:
        raise ValidationError(_("Ese informe ya no está en revisión: vuelva a abrirlo."))
    stored.state = ReportState.DRAFT
    stored.edit += 1
    stored.save(update_fields=["state", "edit", "updated_at"])
    record_step(stored, Act.RECALLED, by=by, token=token)
    return stored


def _locked(report: ProgressReport) -> ProgressReport:
    rows = ProgressReport.objects.select_for_update(of=("self",)).select_related("element")
    locked: ProgressReport = rows.get(pk=report.pk)
    return locked
