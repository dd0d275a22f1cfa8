"""Decide on what was sent to review: publish it, return it; and correct what is published."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from accounts.security import note
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tracking.choices import Act, NoticeKind, ReportState
from tracking.ledger.kinds import REPORTS
from tracking.ledger.writing import enter
from tracking.measuring.entry import WRITABLE, Entry, entry_to_publish
from tracking.measuring.missing import missing_in
from tracking.measuring.result import result_of
from tracking.models import ProgressReport, ReviewStep, Support
from tracking.permissions import others_who_review, unopened
from tracking.services.notices import tell_writers
from tracking.services.standings import recount
from tracking.services.steps import record_step

FROZEN: Final = (
    "state",
    "published_at",
    "published_by",
    "second_review",
    "terms",
    "progress",
    "planned",
    "signal",
    "updated_at",
)


@dataclass(frozen=True)
class Publication:
    """What was published, and what was not, each with the reason."""

    published: list[ProgressReport]
    left: list[tuple[ProgressReport, str]]


@transaction.atomic
def publish_reports(
    read: Mapping[int, int],
    municipality: Municipality,
    *,
    by: User,
    under: Mapping[int, int] | None = None,
) -> Publication:
    """Publish reports of MUNICIPALITY, all or nothing. READ: the edition that BY read, by id.

    UNDER: the version of the terms that each was read under, 0 for none; unless it is None. What
    is no longer in review, what changed since it was read, what no longer answers its terms,
    and what BY wrote themselves (where somebody else could review it) is left, and said. The terms
    in force and the result are frozen into each. What BY published by the same reading is among
    the published: a form that was sent twice. How many queries does not depend on how many reports.
    """
    rows = ProgressReport.objects.select_for_update(of=("self",)).filter(
        pk__in=read, municipality=municipality
    )
    reports = list(rows.select_related("plan").order_by("pk"))
    elements = _elements_of(reports)
    for report in reports:
        report.element = elements[report.element_id]
    terms_of = _terms_of(reports)
    own = _written_by(by, reports)
    for_others = own if own and others_who_review(municipality, by) else frozenset[int]()
    done = [each for each in reports if _is_published(each, read[each.pk], by)]
    waiting = [each for each in reports if each not in done]
    reasons = _reasons_to_leave(waiting, terms_of, for_others, read=read, under=under)
    accepted = [each for each in waiting if each.pk not in reasons]
    if accepted:
        # First: of two who publish at once of the same promises, one waits here for the other.
        Municipality.objects.filter(pk=municipality.pk).let_pages_know()
        _freeze(accepted, terms_of, own, by)
        _count_anew(accepted)
        enter(REPORTS, accepted)
        note("reports.published", by.pk, municipality=municipality.pk, count=len(accepted))
    left = [(each, reasons[each.pk]) for each in waiting if each.pk in reasons]
    return Publication([*done, *accepted], left)


def _is_published(report: ProgressReport, read: int, by: User) -> bool:
    """Whether BY published REPORT as it was READ."""
    return report.is_published and report.published_by_id == by.pk and report.edit == read


def _reasons_to_leave(
    reports: Collection[ProgressReport],
    terms_of: Mapping[int, MeasuringTerms],
    for_others: Collection[int],
    *,
    read: Mapping[int, int],
    under: Mapping[int, int] | None,
) -> dict[int, str]:
    """Why some of REPORTS are not published now, by their ids; those FOR_OTHERS to publish, too."""
    waits = unopened(reports, at=timezone.localdate())
    reasons: dict[int, str] = {}
    for report in reports:
        terms = terms_of.get(report.element_id)
        reason = _trouble_publishing(report, read[report.pk], terms) or waits.get(report.pk)
        if not reason and under is not None:
            reason = _trouble_having_read(under.get(report.pk), terms)
        if not reason and report.pk in for_others:
            reason = _("Usted escribió en él: lo publica otra persona.")
        if reason:
            reasons[report.pk] = reason
    return reasons


def _written_by(person: User, reports: Collection[ProgressReport]) -> frozenset[int]:
    steps = ReviewStep.objects.written_by(person).filter(report__in=reports)
    return frozenset(steps.values_list("report_id", flat=True))


def _count_anew(reports: Iterable[ProgressReport]) -> None:
    """Count again the semesters of REPORTS, which their plans hold."""
    semesters: dict[Plan, set[Semester]] = defaultdict(set)
    for report in reports:
        semesters[report.plan].add(report.semester)
    for plan, touched in semesters.items():
        recount(plan, touched)


def _elements_of(reports: Collection[ProgressReport]) -> dict[int, PlanElement]:
    ids = {report.element_id for report in reports}
    rows = PlanElement.objects.filter(pk__in=ids).with_reportability().defer("search")
    return {element.pk: element for element in rows}


def _terms_of(reports: Collection[ProgressReport]) -> dict[int, MeasuringTerms]:
    rows = MeasuringTerms.objects.filter(element__in=[each.element_id for each in reports])
    return {terms.element_id: terms for terms in rows.in_force()}


def _trouble_deciding(report: ProgressReport, read: int) -> str:
    if report.state != ReportState.SUBMITTED:
        return _("Ya no está en revisión: ahora está «%s».") % report.get_state_display()
    if report.edit != read:
        return _("Cambió después de que usted lo leyó: léalo otra vez.")
    return ""


def _trouble_publishing(report: ProgressReport, read: int, terms: MeasuringTerms | None) -> str:
    if trouble := _trouble_deciding(report, read):
        return trouble
    if not report.plan.takes_reports:
        return _("Su plan no es el de una autoridad elegida.")
    if not _answers(report, terms):
        return _("Su forma de medir cambió después de que se envió: devuélvalo para completarlo.")
    return ""


def _trouble_having_read(version: int | None, terms: MeasuringTerms | None) -> str:
    if version == (terms.version if terms else 0):
        return ""
    return _("Su forma de medir cambió después de que usted lo leyó.")


def _answers(report: ProgressReport, terms: MeasuringTerms | None) -> bool:
    """Whether REPORT says what TERMS ask, which may be newer than its sending."""
    entry = entry_to_publish(report, terms)
    if terms and set(report.parts_done) - set(terms.parts) and entry == Entry.PARTS:
        return False
    if terms and report.value is not None and entry.has_value and not terms.admits(report.value):
        return False
    return not missing_in(report, entry)


def _freeze(
    reports: list[ProgressReport],
    terms_of: Mapping[int, MeasuringTerms],
    own: frozenset[int],
    by: User,
) -> None:
    now = timezone.now()
    for report in reports:
        second_review = report.pk not in own
        freeze(report, terms_of.get(report.element_id), by=by, at=now, second_review=second_review)
    ProgressReport.objects.bulk_update(reports, FROZEN)
    steps = ReviewStep.objects.bulk_create(
        ReviewStep(report=report, act=Act.PUBLISHED, by=by, at=now) for report in reports
    )
    tell_writers(NoticeKind.PUBLISHED, steps)


def freeze(
    report: ProgressReport,
    terms: MeasuringTerms | None,
    *,
    by: User,
    at: dt.datetime,
    second_review: bool,
) -> None:
    """Make of REPORT, in memory, what the public reads from AT on: measured under TERMS, signed.

    Its element carries ``is_reportable``. FROZEN names the columns that this sets.
    """
    result = result_of(report, entry_to_publish(report, terms), terms)
    report.state = ReportState.PUBLISHED
    report.published_at = report.updated_at = at
    report.published_by = by
    report.second_review = second_review
    report.terms = terms
    report.progress, report.planned = result.progress, result.planned
    report.signal = result.signal


@transaction.atomic
def return_report(
    report: ProgressReport, reason: str, municipality: Municipality, *, read: int, by: User
) -> ProgressReport:
    """Give REPORT back to its authors with REASON, which they read. READ: as in publishing.

    Once, where BY sent that twice. ValidationError without a reason, and for what is no longer in
    review or changed since it was read.
    """
    rows = ProgressReport.objects.select_for_update(of=("self",)).filter(municipality=municipality)
    stored: ProgressReport = rows.select_related("element").get(pk=report.pk)
    if not reason.strip():
        raise ValidationError(_("Diga por qué lo devuelve."))
    if stored.state == ReportState.RETURNED and stored.edit == read + 1:
        step = stored.review_steps.latest("pk")
        if (step.act, step.by_id, step.reason) == (Act.RETURNED, by.pk, reason.strip()):
            return stored
    if trouble := _trouble_deciding(stored, read):
        raise ValidationError(trouble)
    stored.state = ReportState.RETURNED
    stored.edit += 1
    stored.save(update_fields=["state", "edit", "updated_at"])
    reason = reason.strip()
    step = ReviewStep.objects.create(report=stored, act=Act.RETURNED, by=by, reason=reason)
    tell_writers(NoticeKind.RETURNED, [step])
    return stored


@transaction.atomic
def start_correction(published: ProgressReport, reason: str, *, by: User) -> ProgressReport:
    """Open the next revision of a PUBLISHED report, for REASON, as a copy with its supports.

    What is published stays as it is and stays public. The one that BY opened for that very REASON
    is given again. Raises ValidationError if another correction is already under way.
    """
    PlanElement.objects.select_for_update().get(pk=published.element_id)
    family = ProgressReport.objects.filter(
        element=published.element_id, semester=published.semester
    )
    newest = family.select_related("plan").order_by("-revision")[0]
    if not newest.is_published:
        if (newest.author_id, newest.correction_reason) == (by.pk, reason.strip()):
            return newest  # a form that was sent twice
        raise ValidationError(_("Ya hay una corrección de este informe en preparación."))
    if not reason.strip():
        raise ValidationError(_("Diga por qué se corrige: es público."))
    correction = ProgressReport(
        plan=newest.plan,
        municipality_id=newest.municipality_id,
        simulated=newest.plan.simulated,
        element_id=newest.element_id,
        semester=newest.semester,
        revision=newest.revision + 1,
        edit=newest.edit + 1,  # a form left open on the former revision must not fit this one
        correction_reason=reason.strip(),
        unit_id=newest.unit_id,
        author=by,
        **{name: getattr(newest, name) for name in WRITABLE},
    )
    correction.save(force_insert=True)
    supports = list(newest.supports.all())
    for support in supports:
        support.pk, support._state.adding, support.report = None, True, correction
    Support.objects.bulk_create(supports)
    step = record_step(correction, Act.WRITTEN, by=by, reason=reason.strip())
    tell_writers(NoticeKind.CORRECTED, [step])
    return correction
