"""Where the second factor is asked for at sign-in, and which browsers are remembered for it."""

from typing import Any

from allauth.mfa import app_settings, stages
from django.http import HttpResponse

from accounts.permissions import second_factor_required


class AuthenticateStage(stages.AuthenticateStage):  # type: ignore[misc]
    """Asks for it, except in a browser that was remembered for somebody who may be."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """A browser that was remembered before its person was given more is so no longer."""
        if _must_give_it(self.login.user):
            self.request.COOKIES.pop(app_settings.TRUST_COOKIE_NAME, None)
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


class TrustStage(stages.TrustStage):  # type: ignore[misc]
    """Offers to remember the browser: to who reports, not to who publishes or gives access."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if _must_give_it(self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


def _must_give_it(person: Any) -> bool:
    return person is not None and second_factor_required(person)
