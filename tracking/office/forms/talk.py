"""What somebody says under a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.models.message import LONGEST_MESSAGE


class MessageForm(forms.Form):
    mensaje = forms.CharField(
        label=_("Su mensaje"),
        help_text=_("Lo leen la unidad y planificación. No es público, y no envía el informe."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Escriba su mensaje."),
            "max_length": _("Un mensaje no pasa de %(limit_value)d letras: abrévielo."),
        },
    )
