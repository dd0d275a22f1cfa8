"""The form with which a signed edition is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignedForm(forms.Form):
    """The PDF of an edition, signed."""

    file = forms.FileField(
        label=_("PDF firmado"),
        help_text=_("El que descargó de aquí, con su firma digital. Hasta 20 MB."),
        widget=forms.ClearableFileInput({"accept": ".pdf"}),
        allow_empty_file=True,
        error_messages={"required": _("Elija el PDF firmado: no llegó ningún archivo.")},
    )
