"""Forms that take what a passkey answered; the browser fills them in, and anybody may send them."""

from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.attempts import MUST_WAIT
from accounts.security import address_now, note_refusal
from accounts.services.attempts import warn_of_attempts

LONGEST_NAME: Final = 60
MOST: Final = 10  # passkeys of a person


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A name of one's own for it, and what it answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages = {"required": _UNANSWERED, "invalid": _UNANSWERED}
        name = self.fields["name"]
        name.label = _("Cómo la llama usted")
        name.help_text = _("Por ejemplo: «mi teléfono», «la computadora de la oficina».")
        name.max_length = LONGEST_NAME
        name.widget.attrs = {"maxlength": LONGEST_NAME, "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        held = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if held.count() >= MOST:
            raise ValidationError(_("Ya tiene %s llaves: quite una antes.") % MOST)
        try:
            cleaned: dict[str, Any] = super().clean()
        except _NOT_AN_ANSWER as odd:
            raise get_adapter().validation_error("incorrect_passkey") from odd
        return cleaned

    def clean_name(self) -> str:
        return str(super().clean_name())[:LONGEST_NAME]


class UsePasskeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered at sign-in. Whoever comes so far has the password already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages = {"required": _UNANSWERED, "invalid": _UNANSWERED}

    @property
    def is_offered(self) -> bool:
        """Whether the person has a passkey at all."""
        held = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        return bool(held.exists())

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError as refused:
            must_wait = refused.code in MUST_WAIT
            note_refusal(f"second_factor.{'throttled' if must_wait else 'failed'}", self.user.pk)
            if must_wait:
                address = address_now()
                warn_of_attempts(self.user.email, address=address, knows_password=True)
                raise
            raise get_adapter().validation_error("incorrect_passkey") from refused
        except _NOT_AN_ANSWER as odd:
            note_refusal("second_factor.failed", self.user.pk)
            raise get_adapter().validation_error("incorrect_passkey") from odd


class ConfirmByPasskeyForm(UsePasskeyForm):
    """The same of somebody who is in already, before what protects the account."""

    reauthenticated = True


_UNANSWERED: Final = _("La llave no respondió. Inténtelo otra vez, o use un código.")
_NOT_AN_ANSWER: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What the library raises of an answer that no browser gives."""
