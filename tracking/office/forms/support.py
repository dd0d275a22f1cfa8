"""The forms of what sustains a report."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.files.uploads import ACCEPTED, LARGEST_FILE, Received, receive
from tracking.office.forms.measure import DayField
from tracking.services.supports import About

OLDEST = dt.date(1900, 1, 1)


class SupportForm(forms.Form):
    """One support: a file, or a link to a document that is public elsewhere."""

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
            "el lugar es público."
        ),
    )
    url = forms.CharField(
        label=gettext_lazy("O un enlace"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("A un documento que ya es público: https://…"),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["taken_on"].widget.attrs["class"] = "short"
        self.fields["taken_on"].error_messages["required"] = _("Diga la fecha del documento.")
        self.received: Received | None = None

    def clean_taken_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ese día todavía no llega."))
        if day < OLDEST:
            raise ValidationError(_("Revise el año."))
        return day

    def clean_url(self) -> str:
        """The address, of http or https, with nobody's password in it."""
        url: str = self.cleaned_data["url"]
        if not url:
            return ""
        refusal = ValidationError(_("El enlace empieza con https:// o http:// y va completo."))
        try:
            URLValidator(schemes=["http", "https"])(url)
            parts = urlsplit(url)
        except (ValidationError, ValueError) as error:
            raise refusal from error
        if "@" in parts.netloc:
            raise ValidationError(_("El enlace lleva un usuario o una clave: póngalo sin ellos."))
        return url

    def clean(self) -> None:
        upload = self.cleaned_data.get("file")
        has_link = bool(self.cleaned_data.get("url"))
        if "url" in self.errors:
            return
        if upload and has_link:
            self.add_error("url", _("Un archivo o un enlace: agréguelos por separado."))
        elif upload:
            self._receive(upload)
        elif not has_link:
            self.add_error("file", _("Elija un archivo, o escriba un enlace."))

    def _receive(self, upload: Any) -> None:
        keeps_position = self.cleaned_data.get("keeps_position", False)
        try:
            self.received = receive(upload, keeps_position=keeps_position)
        except ValidationError as refusal:
            self.add_error("file", refusal)

    @property
    def about(self) -> About:
        """What the person says of it. Once the form is valid."""
        said = self.cleaned_data
        return About(said["title"], said["taken_on"], said["place"])


class ReasonForm(forms.Form):
    """Why something public changes."""

    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Se publica tal como lo escriba."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Diga el motivo: es público.")},
    )
