"""The *cuaderno* of a promise: note something on any day, and bring it to the report.

Nothing of it is public, and no ledger knows of it. Whoever may write the report writes here.
"""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import PlanElement
from plans.semester import Semester
from tracking.files.uploads import Received
from tracking.models import Note, NoteSupport, ProgressReport
from tracking.models.report import LONGEST_TEXT
from tracking.services.drafts import EditConflict, save_draft
from tracking.services.supports import (
    as_received,
    drop_unused_bytes,
    refuse_what_was_withheld,
    store_bytes,
    sustain_again,
)


@transaction.atomic
def add_note(element: PlanElement, day: dt.date, text: str, *, by: User) -> Note:
    """Note TEXT of what happened on DAY. A form that was sent twice notes it once."""
    noted, _is_new = Note.objects.get_or_create(
        element=element, day=day, text=_said(text), defaults={"by": by}
    )
    return noted


@transaction.atomic
def change_note(note: Note, day: dt.date, text: str) -> Note:
    """Say it otherwise, as long as no report has it."""
    stored = _untaken(note)
    stored.day, stored.text = day, _said(text)
    stored.validate_constraints()
    stored.save(update_fields=["day", "text"])
    return stored


@transaction.atomic
def remove_note(note: Note) -> None:
    """Take it away with what was kept with it, as long as no report has it."""
    stored = _untaken(note)
    for support in stored.supports.all():
        remove_from_note(support)
    stored.delete()


@transaction.atomic
def keep_with_note(note: Note, received: Received, title: str, *, by: User) -> NoteSupport:
    """Keep a file with NOTE, of its day. What it has already is not kept twice."""
    stored = _untaken(note)
    there: NoteSupport | None = stored.supports.filter(sha256=received.sha256).first()
    if there:
        return there
    refuse_what_was_withheld(stored.element.plan.municipality_id, received.sha256)
    kept = NoteSupport(
        note=stored, title=title, taken_on=stored.day, added_by=by, **as_received(received)
    )
    store_bytes(kept, received)
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def remove_from_note(support: NoteSupport) -> None:
    """Take SUPPORT from its note; its bytes go unless others have them."""
    note = _untaken(support.note)
    NoteSupport.objects.filter(pk=support.pk, note=note).delete()
    transaction.on_commit(partial(drop_unused_bytes, support), robust=True)


@transaction.atomic
def bring_notes(
    element: PlanElement, semester: Semester, notes: Iterable[Note], *, by: User
) -> ProgressReport:
    """Add NOTES of ELEMENT, each with its day, to what was done in SEMESTER, and what they keep.

    The report is begun where there is none. ValidationError, and nothing is brought, where it takes
    no writing, has no room, or has them all.
    """
    wanted = Note.objects.filter(pk__in=[each.pk for each in notes], element=element, taken_to=None)
    brought = list(wanted.select_for_update().order_by("day", "pk"))
    if not brought:
        raise ValidationError(_("Esas notas ya están en un informe."))
    open_reports = ProgressReport.objects.open().filter(element=element, semester=semester)
    report = open_reports.select_for_update().first()
    lines = [f"{date_format(each.day)}: {each.text}" for each in brought]
    text = "\n".join([*([report.narrative] if report and report.narrative else []), *lines])
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("No caben en «Qué se hizo»: lleve menos notas, o acórtelo."))
    edit = report.edit if report else 0
    try:
        saved = save_draft(element, semester, {"narrative": text}, by=by, edit=edit)
    except EditConflict as conflict:
        raise ValidationError(str(conflict)) from conflict
    kept = NoteSupport.objects.filter(note__in=brought)
    if kept:
        sustain_again(saved, kept, by=by)
    wanted.update(taken_to=saved)
    return saved


def _untaken(note: Note) -> Note:
    """NOTE, locked. ValidationError once it was brought to a report."""
    rows = Note.objects.select_for_update(of=("self",)).select_related("element__plan")
    stored = rows.filter(pk=note.pk).first()
    if stored is None:
        raise ValidationError(_("Esa nota ya no está en el cuaderno."))
    if stored.taken_to_id:
        raise ValidationError(_("Esa nota ya se llevó al informe: cámbielo allí."))
    return stored


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise ValidationError(_("Escriba qué pasó."))
    return said
