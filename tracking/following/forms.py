"""What is typed to follow something by e-mail."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.hidden_characters import refuse_hidden
from plans.searching import TYPED, says_anything
from tracking.choices import FollowKind
from tracking.models.follow import LONGEST_ADDRESS, LONGEST_WORDS

LETTERS: Final = re.compile(r"[^\W_]")
FEWEST: Final = 3
"""Letters of what is followed: fewer stand in every promise."""


class AddressForm(forms.Form):
    """The address that is written to."""

    email = forms.EmailField(
        label=gettext_lazy("Su correo"),
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": gettext_lazy("Escriba su correo."),
            "invalid": gettext_lazy("Eso no es un correo: se escribe como nombre@ejemplo.pe."),
            "max_length": gettext_lazy("Un correo tiene 254 signos como mucho."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class FollowForm(AddressForm):
    """The address, and what is chosen of a KIND of subject: the word, or how soon."""

    field_order = ("words", "email", "at_once")

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == FollowKind.WORDS:
            self.fields["words"] = forms.CharField(
                label=_("Palabra o tema"),
                max_length=LONGEST_WORDS,
                help_text=_("Como «agua» o «residuos sólidos». Se busca sin mirar tildes."),
                error_messages={"required": _("Escriba la palabra que quiere seguir.")},
            )
        if kind == FollowKind.PROMISE:
            self.fields["at_once"] = forms.BooleanField(
                label=_("Avisarme el mismo día, y no una vez por semana"), required=False
            )
        self.order_fields(self.field_order)

    def clean_words(self) -> str:
        words = " ".join(str(self.cleaned_data["words"]).translate(TYPED).split())
        refuse_hidden(words)
        if len(LETTERS.findall(words)) < FEWEST:
            raise ValidationError(_("Escriba al menos tres letras: menos están en todas partes."))
        if not says_anything(words):
            raise ValidationError(
                _("Eso está en todas partes («para», «con» …): escriba una palabra que diga algo.")
            )
        return words
