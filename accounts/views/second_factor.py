"""Setting up the second factor, on the way to the page that asked for it."""

from typing import Any

from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from accounts.services.sessions import end_sessions


@method_decorator(never_cache, name="dispatch")  # it shows the secret
class Activate(ActivateTOTPView):  # type: ignore[misc]
    """Then the recovery codes are shown, and then the page that was asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever came in by the password alone before has to come in again, with a code."""
        answer: HttpResponse = super().form_valid(form)
        end_sessions(self.request.user, but=self.request.session.session_key)
        return answer

    def get_success_url(self) -> str:
        onward = get_next_redirect_url(self.request)
        codes = str(super().get_success_url())
        return f"{codes}?{urlencode({'next': onward})}" if onward else codes


class Deactivate(DeactivateTOTPView):  # type: ignore[misc]
    """Passkeys go with it: they stand beside the codes, and never alone."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        passkeys = Authenticator.objects.filter(user=self.request.user)
        passkeys.filter(type=Authenticator.Type.WEBAUTHN).delete()
        answer: HttpResponse = super().form_valid(form)
        return answer


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        onward = get_login_redirect_url(self.request)
        return {**super().get_context_data(**kwargs), "onward": onward}
