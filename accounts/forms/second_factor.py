"""Forms that ask for a code, with the keyboard of figures on a phone."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django.core.cache import cache
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
            code = str(super().clean_code())  # type: ignore[misc]
        except ValidationError as refused:
            if refused.code in MUST_WAIT:
                person = self.user  # type: ignore[attr-defined]
                note_refusal("second_factor.throttled", person.pk)
                warn_of_attempts(person.email, address=address_now(), knows_password=True)
            raise
        self._spend(code)
        return code

    def _spend(self, code: str) -> None:
        """A code of the authenticator is good once, for as long as it is good at all.

        allauth remembers it for one step, and not the one that set the authenticator up.
        """
        factor = getattr(self, "authenticator", None)
        if factor and factor.type != Authenticator.Type.TOTP:
            return  # a recovery code, which was crossed out
        person = self.user  # type: ignore[attr-defined]
        steps = 2 * app_settings.TOTP_TOLERANCE + 1
        used = f"code-used:{person.pk}:{normalize_user_code(code)}"
        if not cache.add(used, True, steps * app_settings.TOTP_PERIOD):
            note_refusal("second_factor.used_again", person.pk)
            raise get_adapter().validation_error("incorrect_code")

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note_refusal("second_factor.failed", self.user.pk)  # type: ignore[attr-defined]
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]


class AuthenticateForm(CodeField, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(CodeField, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(CodeField, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
