"""Forms that ask for a code, with the keyboard of figures on a phone."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.attempts import MUST_WAIT
from accounts.security import address_now, note_refusal
from accounts.services.attempts import warn_of_attempts


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

    def clean_code(self) -> str:
        """Whoever tries codes has the password already: its owner is told."""
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as refused:
            if refused.code in MUST_WAIT:
                person = self.user  # type: ignore[attr-defined]
                note_refusal("second_factor.throttled", person.pk)
                warn_of_attempts(person.email, address=address_now(), knows_password=True)
            raise

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note_refusal("second_factor.failed", self.user.pk)  # type: ignore[attr-defined]
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]


class AuthenticateForm(CodeField, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(CodeField, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(CodeField, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
