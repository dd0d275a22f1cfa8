"""A spreadsheet that somebody sends."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.forms.filled.reading import Asked, Returned, returned
from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.limits import MAX_BYTES
from accounts.spreadsheets.sent import read_sent


class SpreadsheetField(forms.FileField):
    """An XLSX, XLS, ODS or CSV, as the `Workbook` that it holds; a sentence for anything else."""

    default_error_messages = {
        "required": _("Elija un archivo."),
        "empty": _("El archivo está vacío."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = cast(UploadedFile | None, super().clean(data, initial))
        if file is None:
            return None
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("Pesa más de %s MB.") % (MAX_BYTES // 1_000_000))
        try:
            return read_sent(file.read(), file.name or "")
        except SpreadsheetRefused as refused:
            raise forms.ValidationError(str(refused)) from None


class SpreadsheetForm(forms.Form):
    file = SpreadsheetField(label=_("Archivo"), help_text=_("XLSX, XLS, ODS o CSV, hasta 20 MB."))


def returned_by(
    form: forms.Form, columns: Sequence[Asked], *, place: str, period: str
) -> Returned | None:
    """What the sheet of FORM, which is valid, says of PERIOD in PLACE, each code once.

    None where it is no such sheet: FORM says why, beside its file.
    """
    try:
        return returned(form.cleaned_data["file"], columns, place=place, period=period)
    except SpreadsheetRefused as refused:
        form.add_error("file", str(refused))
        return None
