"""Forms that ask for a code, with the keyboard of figures on a phone."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _


class CodeField:
    """For forms of allauth with a ``code``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]  # type: ignore[attr-defined]
        code.label = _("Código")
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "short",
        }


class AuthenticateForm(CodeField, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(CodeField, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(CodeField, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
