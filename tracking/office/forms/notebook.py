"""The forms of the *cuaderno* of a promise."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.files.sustaining import is_likely_day
from tracking.files.uploads import ACCEPTED, Received, receive
from tracking.models import Note
from tracking.models.note import LONGEST_NOTE
from tracking.office.forms.chosen import ChosenField
from tracking.office.forms.measure import DayField


class NoteForm(forms.Form):
    """One note: its day, what happened, and a file that shows it."""

    day = DayField(label=gettext_lazy("Fecha"))
    text = forms.CharField(
        label=gettext_lazy("Qué pasó"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Escriba qué pasó."),
            "max_length": gettext_lazy("Una nota no pasa de %(limit_value)d letras: parta en dos."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Fotografía o documento (si lo tiene)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED, "data-smaller": True}),
        help_text=gettext_lazy("PDF, JPEG, PNG, XLSX o DOCX, de hasta 20 MB."),
    )
    title = forms.CharField(
        label=gettext_lazy("Qué se ve en ella, o qué documento es"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Será el título del sustento. Si lo deja vacío, va la nota."),
    )

    def __init__(self, data: Any = None, files: Any = None, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["day"].widget.attrs["class"] = "short"
        self.fields["day"].error_messages["required"] = _("Diga qué día fue.")
        self.received: Received | None = None

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not is_likely_day(day):
            raise ValidationError(_("Ese día todavía no llega, o es de hace mucho: revíselo."))
        return day

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            self.received = receive(file)
        return file

    @property
    def titled(self) -> str:
        """The title of the file. Once the form is valid."""
        given = self.cleaned_data
        return str(given["title"] or " ".join(given["text"].split())[:200])


class BringForm(forms.Form):
    """Which of the notes that WAIT go to the report."""

    def __init__(self, waiting: QuerySet[Note], data: Any = None) -> None:
        super().__init__(data)
        self.fields["nota"] = ChosenField(
            waiting,
            label=_("Notas"),
            none=_("Marque al menos una nota."),
            gone=_("Una de las elegidas ya no espera: elija otra vez."),
        )
