"""Choosing a password by the link that came by mail."""

from http import HTTPStatus
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

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A link that no longer serves is gone, as that of an invitation."""
        if context.get("token_fail"):
            kwargs["status"] = HTTPStatus.GONE
        answer: HttpResponse = super().render_to_response(context, **kwargs)
        return answer
