"""Reports as the public meets them: entered, sent, reviewed and published by the services."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from accounts.models import Municipality, Unit, User
from plans.choices import Standing
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.semester import Semester
from plans.services.editing import save_plan
from tests.files import jpeg
from tracking.choices import ReportState, Signal, Step
from tracking.measuring.entry import entry_of
from tracking.models import ProgressReport, SemesterWindow, Support
from tracking.services.drafts import save_draft, submit
from tracking.services.previews import await_previews
from tracking.services.review import Publication, publish_reports, start_correction

FIRST = Semester(2019, 1)
NARRATIVE = "Se firmó el convenio.\n<b>Con tres</b> comedores & una posta."


def elect(plan: Plan, *, by: User | None = None) -> Plan:
    """PLAN becomes an elected authority's: real reports are taken.

    BY makes it so as the portal does, in a version of its own that the ledger enters.
    """
    plan.standing = Standing.ELECTED
    plan.standing_source = "Acta de proclamación, 7 de noviembre de 2018"
    if by:
        return save_plan(plan, by=by).plan
    plan.save()
    return plan


def open_window(municipality: Municipality, semester: Semester) -> SemesterWindow:
    """The days of SEMESTER: it opens when it is over, and is due thirty days later."""
    opens_on = semester.last_day + dt.timedelta(1)
    return SemesterWindow.objects.create(
        municipality=municipality,
        semester=semester,
        opens_on=opens_on,
        due_on=opens_on + dt.timedelta(30),
        closes_on=opens_on + dt.timedelta(45),
    )


def closed_window(municipality: Municipality, semester: Semester, by: User) -> SemesterWindow:
    """The days of SEMESTER, closed by BY with nothing asked of anybody."""
    window = open_window(municipality, semester)
    window.closed_at, window.closed_by = timezone.now(), by
    window.save()
    return window


def element_of(plan: Plan, ref: str, unit: Unit) -> PlanElement:
    """The element REF, for which UNIT answers."""
    element: PlanElement = (
        plan.elements.with_reportability().select_related("plan__municipality").get(ref=ref)
    )
    Responsibility.objects.get_or_create(element=element, unit=unit)
    return element


def draft(element: PlanElement, semester: Semester, by: User, **values: Any) -> ProgressReport:
    values = {
        "step": Step.RUNNING,
        "narrative": NARRATIVE,
        "as_of": semester.last_day,
        **values,
    }
    return save_draft(element, semester, values, by=by, edit=0)


def publish(report: ProgressReport, *, sent_on: dt.date | None = None, by: User) -> ProgressReport:
    """Send REPORT, on the last day of its semester's term unless told otherwise, and publish it."""
    done = review(report, sent_on=sent_on, by=by)
    assert done.left == []
    return done.published[0]


def review(report: ProgressReport, *, sent_on: dt.date | None = None, by: User) -> Publication:
    """The same, whatever comes of it."""
    terms = report.element.terms.order_by("-version").first()
    element = PlanElement.objects.with_reportability().get(pk=report.element_id)
    entry = entry_of(element, terms, is_reportable=element.is_reportable)
    sent = submit(report, entry, by=report.author)
    day = sent_on or report.semester.last_day + dt.timedelta(20)
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    ProgressReport.objects.filter(pk=sent.pk).update(submitted_at=noon)
    return publish_reports({sent.pk: sent.edit}, report.municipality, by=by)


def correct(report: ProgressReport, reason: str, by: User, **values: Any) -> ProgressReport:
    """A draft of the next revision of REPORT, with VALUES changed."""
    correction = start_correction(report, reason, by=by)
    return save_draft(report.element, report.semester, values, by=by, edit=correction.edit)


def sustain(report: ProgressReport, title: str = "Acta de recepción", **fields: Any) -> Support:
    """A support of the draft REPORT: a file, unless FIELDS give an url."""
    kind = {} if "url" in fields else FILE
    support = _support(report, title, **{**kind, **fields})
    support.save()
    return support


def _support(report: ProgressReport, title: str, **fields: Any) -> Support:
    return Support(
        report=report,
        title=title,
        taken_on=report.semester.last_day,
        sha256=hashlib.sha256(title.encode()).hexdigest(),
        added_by=report.author,
        **fields,
    )


def photographed(report: ProgressReport) -> str:
    """The digest of a photograph that sustains the draft REPORT, and waits to be made small."""
    content = jpeg()
    sha256 = hashlib.sha256(content).hexdigest()
    kind = {"file_name": "a.jpg", "media_type": "image/jpeg", "size": len(content)}
    support = sustain(report, "Fotografía", **kind)
    Support.objects.filter(pk=support.pk).update(sha256=sha256)
    support.refresh_from_db()
    default_storage.save(support.storage_name, ContentFile(content))
    await_previews([support])
    return sha256


FILE = {"file_name": "acta.pdf", "media_type": "application/pdf", "size": 2048}


def report_everything(
    plan: Plan,
    by: User,
    *,
    simulated: bool = True,
    supports: int = 0,
    semesters: Sequence[Semester] | None = None,
    measured: Sequence[MeasuringTerms] = (),
) -> int:
    """SEMESTERS, or all, of everything reportable in PLAN, published, as a demonstration or not.

    Each with as many SUPPORTS; a figure of what is MEASURED, a step of the rest.
    """
    terms_of = {terms.element_id: terms for terms in measured}
    plan.simulated = simulated
    plan.save()
    noon = timezone.make_aware(dt.datetime(2023, 1, 15, 12))
    semesters = semesters or Semester.all_of(plan.term)
    signals = list(Signal)[:3]
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            plan=plan,
            municipality=plan.municipality,
            simulated=simulated,
            element=element,
            semester=semester,
            author=by,
            step=None if element.pk in terms_of else Step((row + column) % 5),
            value=Decimal(row % 100) if element.pk in terms_of else None,
            narrative=NARRATIVE,
            as_of=semester.last_day,
            submitted_at=noon,
            state=ReportState.SUBMITTED,
        )
        for row, element in enumerate(plan.elements.reportable().in_document_order())
        for column, semester in enumerate(semesters)
    )
    Support.objects.bulk_create(
        _support(report, f"Acta {number} de {report}", **FILE)
        for report in reports
        for number in range(supports)
    )
    ruling = MeasuringTerms.objects.filter(pk__in=[terms.pk for terms in measured])
    for turn, signal in enumerate(signals):
        chosen = [report.pk for report in reports[turn :: len(signals)]]
        ProgressReport.objects.filter(pk__in=chosen).update(
            state=ReportState.PUBLISHED,
            published_at=noon,
            published_by=by,
            second_review=True,
            signal=signal,
            progress=F("value"),  # of a hundred
            terms=Subquery(ruling.filter(element=OuterRef("element")).values("pk")[:1])
            if measured
            else None,
        )
    return len(reports)
