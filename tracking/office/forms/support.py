"""The forms of what sustains a report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.files.sustaining import check_support, is_likely_day
from tracking.files.uploads import ACCEPTED, LARGEST_FILE, Received
from tracking.models import Support
from tracking.office.forms.chosen import ChosenField
from tracking.office.forms.measure import DayField
from tracking.services.previews import PHOTOGRAPHS
from tracking.services.supports import About


class AboutForm(forms.Form):
    """What a person says of a support."""

    title = forms.CharField(
        label=gettext_lazy("Título"),
        max_length=200,
        help_text=gettext_lazy("Qué es: «Acta de recepción de la posta»."),
        error_messages={"required": gettext_lazy("Diga qué es.")},
    )
    taken_on = DayField(
        label=gettext_lazy("Fecha"),
        help_text=gettext_lazy("La del documento o de la fotografía."),
    )
    place = forms.CharField(
        label=gettext_lazy("Lugar (si lo tiene)"),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any = None, files: Any = None, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["taken_on"].widget.attrs["class"] = "short"
        self.fields["taken_on"].error_messages["required"] = _("Diga la fecha del documento.")
        self.received: Received | None = None

    def clean(self) -> None:
        try:
            self.received = check_support(self.cleaned_data)
        except ValidationError as refusal:
            self.add_error(None, refusal)

    @property
    def about(self) -> About:
        """What the person says of it. Once the form is valid."""
        given = self.cleaned_data
        return About(given["title"], given["taken_on"], given["place"])


class SupportForm(AboutForm):
    """One support: a file, or a link to a document that is public elsewhere."""

    taken_on = DayField(
        label=gettext_lazy("Fecha"),
        required=False,
        help_text=gettext_lazy(
            "La del documento. De una fotografía, si la deja vacía, se toma la que guardó la "
            "cámara."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Archivo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED, "data-largest": LARGEST_FILE}),
        help_text=gettext_lazy("PDF, JPEG, PNG, XLSX o DOCX, de hasta 20 MB."),
    )
    keeps_position = forms.BooleanField(
        label=gettext_lazy("Conservar dónde se tomó la fotografía"),
        required=False,
        help_text=gettext_lazy(
            "Si no lo marca, se borran las coordenadas que guarda el teléfono. Márquelo solo si "
            "el lugar es público. Dentro de un PDF, DOCX o XLSX nada se borra: sus fotografías "
            "pueden decir dónde se tomaron."
        ),
    )
    url = forms.CharField(
        label=gettext_lazy("O un enlace"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("A un documento que ya es público: https://…"),
    )

    is_dated_by_picture = False

    def clean(self) -> None:
        super().clean()
        if "taken_on" in self.cleaned_data and not self.cleaned_data["taken_on"]:
            self._date_by_picture()

    def _date_by_picture(self) -> None:
        """Propose the day of the photograph; ask for it where there is none, or no likely one."""
        if "file" in self.errors:
            return
        day = self.received.taken_on if self.received else None
        if day and is_likely_day(day):
            self.cleaned_data["taken_on"] = day
            self.is_dated_by_picture = True
        elif self.received and self.received.kind.media_type in PHOTOGRAPHS:
            self.add_error("taken_on", _("Diga la fecha: la fotografía no la lleva."))
        else:
            self.add_error("taken_on", _("Diga la fecha del documento."))


class PickForm(forms.Form):
    """Which of those that are OFFERED sustain a report too."""

    def __init__(self, offered: QuerySet[Support], data: Any = None) -> None:
        super().__init__(data)
        self.fields["sustento"] = ChosenField(
            offered,
            label=_("Sustentos"),
            none=_("Marque al menos uno."),
            gone=_("Uno de los elegidos ya no se puede usar aquí: elija otra vez."),
        )


class ReasonForm(forms.Form):
    """Why something public changes."""

    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Se publica tal como lo escriba."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Diga el motivo: es público.")},
    )
