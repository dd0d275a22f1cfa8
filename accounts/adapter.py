"""How allauth behaves here."""

import base64
import time
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import attempts
from accounts.browsers import remember
from accounts.client import address_of
from accounts.permissions import kept_out, second_factor_required
from accounts.security import address_now, note, note_refusal
from accounts.services.attempts import warn_of_attempts
from accounts.services.people import find_person
from accounts.services.tokens import revoke_tokens

STAGES: Final = {
    "allauth.mfa.stages.AuthenticateStage": "accounts.login_stages.AuthenticateStage",
    "allauth.mfa.stages.TrustStage": "accounts.login_stages.TrustStage",
}


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up on their own: people are added by somebody who answers for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Whose account is tried too often is told by mail, whoever it is."""
        email = credentials.get("email", "")
        try:
            self._login_failed_rl_usage = attempts.count(request, email)
        except attempts.MustWait as wait:
            person = find_person(email)
            note_refusal("sign_in.throttled", person.pk if person else None)
            if wait.is_of_account:
                warn_of_attempts(email, address=address_now())
            raise self.validation_error("too_many_login_attempts", wait.seconds) from wait

    def get_login_stages(self) -> list[str]:
        return [STAGES.get(each, each) for each in super().get_login_stages()]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        person = find_person(credentials.get("email", ""))
        note_refusal("sign_in.failed", person.pk if person else None)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Of a form that came too soon: its answer says so too, and for how long."""
        if code not in attempts.MUST_WAIT:
            return super().validation_error(code, *args)  # type: ignore[no-any-return]
        seconds = args[0] if args else attempts.seconds_of("login_failed")
        self.request.must_wait = seconds
        minutes = max(1, seconds // 60)
        message = ngettext(
            "Demasiados intentos seguidos: espere %s minuto.",
            "Demasiados intentos seguidos: espere %s minutos.",
            minutes,
        )
        return ValidationError(message % minutes, code=code)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        note("sign_in", user.pk)

    def logout(self, request: HttpRequest) -> None:
        note("sign_out", request.user.pk)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, answer, user.email)
        return answer

    def send_notification_mail(self, template_prefix: str, user: Any, **kwargs: Any) -> None:
        """What allauth would tell by mail is what the log keeps: password, second factor, codes."""
        note(f"account.{PurePath(template_prefix).name}", user.pk)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Where the portal is real nobody of the demonstration comes in, should they be there."""
        if kept_out(user) or not user.is_active:
            note_refusal("sign_in.refused", user.pk)
        if kept_out(user):
            refusal: HttpResponse = self.respond_user_inactive(request, user)
            return refusal
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def is_safe_url(self, url: str) -> bool:
        """What is no address at all leads nowhere: allauth fails of it."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the portal's own address: who asks for a letter does not choose where it leads."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.SITE_URL}{path}"

    def set_password(self, user: Any, password: str) -> None:
        """Another password ends what was opened with the former: sessions, and tokens too."""
        super().set_password(user, password)
        revoke_tokens(user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of whoever signed in just now: setting up the second factor comes right after."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((each["at"] for each in records), default=0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted at rest; a role that requires a second factor cannot go without."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Su rol exige un segundo factor: no se puede quitar."
        ),
        "incorrect_passkey": gettext_lazy(
            "Esa llave no es de esta cuenta, o su respuesta llegó tarde."
        ),
        "incorrect_code": gettext_lazy(
            "Ese código no es correcto, o ya se usó. Espere el siguiente."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are the portal's, by its own name: not of whatever host was asked for."""
        return {"id": str(urlsplit(settings.SITE_URL).hostname), "name": "Vigía"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Of a passkey that its person does not name."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Llave %s") % (count + 1))

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        required = second_factor_required(authenticator.user)
        return not (required and authenticator.type == Authenticator.Type.TOTP)


def _cipher() -> MultiFernet:
    """Encrypts with a key derived from SECRET_KEY; former ones still decrypt."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str | bytes) -> bytes:
    digest = salted_hmac("accounts.second_factor", "", secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
