"""Save what was typed in a row of the sheet."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from tracking.office.forms.sheet_cells import SentRow
from tracking.office.forms.sheet_row import SheetRow
from tracking.services.drafts import EditConflict, save_draft


def save_row(row: SheetRow, sent: SentRow, page_day: str, *, by: User) -> SheetRow:
    """ROW once what was SENT in it is saved, or with why it could not be.

    PAGE_DAY is for a row that names no day.
    """
    task = row.task
    if not sent.is_entered_as(task):
        trouble = _(
            "La forma de medir esta promesa cambió mientras usted escribía: revise la fila y "
            "guárdela otra vez."
        )
        return replace(row, sent=sent.shown_over(task), trouble=trouble)
    form = sent.form(task, page_day)
    if not form.is_valid():
        return replace(row, form=form)
    try:
        report = save_draft(task.element, task.semester, form.values(), by=by, edit=form.seen)
    except EditConflict as conflict:
        theirs = replace(task, report=conflict.stored)
        return replace(row, task=theirs, sent=sent.shown_over(theirs), is_conflict=True)
    except ValidationError as refusal:
        return replace(row, trouble=" ".join(refusal.messages))
    return row.saved_as(report)
