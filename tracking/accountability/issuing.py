"""Write the draft of a semester's accountability report, and issue it."""

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from accounts.security import note
from plans.models import Plan
from plans.semester import Semester
from tracking.accountability.comparing import changes_between, fingerprint
from tracking.accountability.content import Content, HearingSaid, Replaced
from tracking.accountability.frozen import frozen
from tracking.accountability.frozen import read as read_frozen
from tracking.accountability.gathering import Particulars, accounted_on, content_of
from tracking.accountability.hearing import year_to_project
from tracking.choices import FileKind
from tracking.ledger.chain import text_digest
from tracking.ledger.kinds import EDITIONS
from tracking.ledger.writing import enter
from tracking.models import (
    AccountabilityDraft,
    AccountabilityReport,
    RenderedFile,
    SemesterWindow,
)
from tracking.models.edition_codes import code_of
from tracking.reading.addresses import absolute
from tracking.reading.editions import editions_of

WRITTEN: Final = ("foreword", "projection", "hearing_on", "hearing_place")
PROJECTED: Final = ("projection", "projection_year", "projected_on")


@transaction.atomic
def save_draft_of(
    plan: Plan, semester: Semester, texts: dict[str, Any], *, seen: int, by: User
) -> AccountabilityDraft:
    """Keep what BY wrote for the report on SEMESTER: TEXTS, some of `WRITTEN` by their names.

    SEEN is the draft's ``edit`` that they saw.

    Raises ValidationError where somebody else saved since.
    """
    empty = AccountabilityDraft(plan=plan, semester=semester, changed_by=by)
    AccountabilityDraft.objects.bulk_create([empty], ignore_conflicts=True)
    stored = AccountabilityDraft.objects.select_for_update().get(plan=plan, semester=semester)
    if all(getattr(stored, name) == text for name, text in texts.items()):
        return stored
    if stored.edit != seen:
        raise ValidationError(
            _("Otra persona guardó este texto: compare con el suyo y guarde otra vez.")
        )
    for name, text in texts.items():
        setattr(stored, name, text)
    stored.edit += 1
    stored.changed_by = by
    stored.save()
    return stored


def draft_of(plan: Plan, semester: Semester, *, by: User) -> AccountabilityDraft:
    """What planning wrote so far for the report on SEMESTER; empty, and not saved, if nothing."""
    rows = AccountabilityDraft.objects.filter(plan=plan, semester=semester)
    return rows.first() or AccountabilityDraft(plan=plan, semester=semester, changed_by=by)


def draft_content(plan: Plan, window: SemesterWindow, draft: AccountabilityDraft) -> Content:
    """What an edition issued now would say. Nothing is written."""
    return _content(plan, window, draft, editions_of(plan, window.semester).first(), reason="")


def projected_year(plan: Plan, window: SemesterWindow) -> int | None:
    """The year whose end an edition issued today can still project; None where none can."""
    day = accounted_on(plan, window, at=timezone.localdate())
    return year_to_project(window.semester, plan.term, day)


@transaction.atomic
def issue(
    plan: Plan,
    window: SemesterWindow,
    *,
    edition: int,
    reason: str = "",
    read: str | None = None,
    by: User,
) -> AccountabilityReport:
    """Issue the report on the semester of WINDOW: its content is frozen and entered in the ledger.

    EDITION is the number that BY saw it would have, and READ the `fingerprint` of what they saw.
    Its files wait for whoever makes them. Raises ValidationError, with nothing written, before the
    semester is closed, where that edition was issued or something changed meanwhile, and for a new
    edition that gives no REASON or says nothing else than the current one.
    """
    Municipality.objects.filter(pk=plan.municipality_id).held().get()
    rows = Plan.objects.published().select_related("municipality", "current_document")
    plan = rows.defer("current_document__text").get(pk=plan.pk)
    newest = editions_of(plan, window.semester).first()
    if not plan.takes_reports or not window.is_closed:
        raise ValidationError(_("Solo se rinde cuentas de un semestre cerrado."))
    if edition != (newest.edition + 1 if newest else 1):
        raise ValidationError(
            _("La edición %s ya se emitió: léala antes de emitir otra.") % edition
        )
    if newest and not reason.strip():
        raise ValidationError({"reason": _("Diga por qué hay una nueva edición: es público.")})
    draft = draft_of(plan, window.semester, by=by)
    content = _content(plan, window, draft, newest, reason=reason.strip())
    if read is not None and read != fingerprint(content):
        raise ValidationError(_("Algo cambió desde que lo leyó: léalo otra vez antes de emitir."))
    if content.replaces and not content.replaces.changes:
        raise ValidationError(
            _("Nada cambió desde la edición %s: no hace falta otra.") % content.replaces.edition
        )
    return _published(plan, window.semester, content, by=by)


def _content(
    plan: Plan,
    window: SemesterWindow,
    draft: AccountabilityDraft,
    newest: AccountabilityReport | None,
    *,
    reason: str,
) -> Content:
    at = timezone.now()
    before = read_frozen(newest.content) if newest else None
    particulars = Particulars(
        edition=newest.edition + 1 if newest else 1,
        at=at,
        page=absolute(reverse("tracking:accountability", args=[*plan.url_args, window.semester])),
        verify=absolute(reverse("tracking:verify")),
        foreword=draft.foreword,
        hearing=_hearing(draft),
        **_projected(plan, window, draft.projection, before, at=timezone.localdate(at)),
    )
    content = content_of(plan, window, particulars)
    if newest is None or before is None:
        return content
    replaced = Replaced(
        edition=newest.edition,
        code=newest.code,
        issued_at=newest.issued_at,
        reason=reason,
        changes=changes_between(before, content),
    )
    return replace(content, replaces=replaced)


def _hearing(draft: AccountabilityDraft) -> HearingSaid | None:
    if not draft.hearing_on and not draft.hearing_place:
        return None
    return HearingSaid(held_on=draft.hearing_on, place=draft.hearing_place)


def _projected(
    plan: Plan, window: SemesterWindow, written: str, before: Content | None, *, at: dt.date
) -> dict[str, Any]:
    """What is projected, of which year, and when that was first issued.

    WRITTEN, while that year goes on; after it what the edition BEFORE had projected.
    """
    day = accounted_on(plan, window, at=at)
    year = year_to_project(window.semester, plan.term, day)
    said = {} if before is None else {name: getattr(before, name) for name in PROJECTED}
    is_said_already = (said.get("projection"), said.get("projection_year")) == (written, year)
    if year is None or is_said_already:
        return said
    return dict(zip(PROJECTED, (written, year, day), strict=True)) if written else {}


def _published(
    plan: Plan, semester: Semester, content: Content, *, by: User
) -> AccountabilityReport:
    text = frozen(content)
    sha256 = text_digest(text)
    report = AccountabilityReport.objects.create(
        plan=plan,
        municipality=plan.municipality,
        simulated=plan.simulated,
        semester=semester,
        edition=content.edition,
        content=text,
        sha256=sha256,
        code=code_of(sha256),
        issued_at=content.issued_at,
        issued_by=by,
    )
    RenderedFile.objects.bulk_create(RenderedFile(report=report, kind=kind) for kind in FileKind)
    Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
    enter(EDITIONS, [report])
    note("accountability.issued", by.pk, municipality=report.municipality_id, code=report.code)
    return report
