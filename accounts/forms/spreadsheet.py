"""A spreadsheet that somebody sends."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

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
