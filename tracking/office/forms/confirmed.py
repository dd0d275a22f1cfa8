"""What cannot be undone is confirmed with the second factor, over what was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.second_factor import ReauthenticateForm


class ConfirmedForm(ReauthenticateForm):
    """The second factor once more; ``read`` is the fingerprint of what was shown."""

    field_order: tuple[str, ...] = ("read", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"] = forms.CharField(
            label=_("Lo que se leyó"), widget=forms.HiddenInput, max_length=64
        )
        self.fields["code"].label = _("Código de su segundo factor")
        self.fields["code"].help_text = _(
            "El de este momento en su aplicación, o uno de sus códigos de recuperación."
        )
        self.order_fields(self.field_order)

    def clean_code(self) -> str:
        """Asked last: a code is good once, and is not spent on a form that goes back anyway."""
        if self.errors:
            return str(self.cleaned_data["code"])
        return str(super().clean_code())
