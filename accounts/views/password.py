"""Choosing a password by the link that came by mail."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from django.http import HttpResponse

from accounts.browsers import remember


class ChoosePassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """Whoever reads the account's mail is its owner: what others try no longer keeps them out."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        remember(self.request, answer, self.reset_user.email)
        return answer
