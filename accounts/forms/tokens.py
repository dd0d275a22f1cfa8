"""What somebody says of a token that they make."""

import datetime as dt
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import TokenScope
from accounts.models import Token

NAME: Final = Token._meta.get_field("name")
DAYS: Final = ((30, _("30 días")), (90, _("90 días")), (180, _("180 días")), (365, _("un año")))


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Sistema que la usará"),
        max_length=NAME.max_length,
        help_text=NAME.help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Diga qué sistema la usará.")},
    )
    scope = forms.ChoiceField(
        label=_("Qué puede hacer"),
        choices=TokenScope.choices,
        initial=TokenScope.WRITE,
        help_text=_("Nunca más de lo que puede usted. Publicar, solo una persona."),
    )
    days = forms.TypedChoiceField(
        label=_("Cuánto dura"),
        choices=DAYS,
        coerce=int,
        initial=90,
        help_text=_("Después deja de servir, y se crea otra."),
    )

    @property
    def lasts(self) -> dt.timedelta:
        """Once the form is valid."""
        return dt.timedelta(days=self.cleaned_data["days"])
