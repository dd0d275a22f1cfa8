"""Choosing a password by the link that came by mail."""

from http import HTTPStatus
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.views import PasswordResetFromKeyView
from django.db import transaction
from django.http import HttpResponse

from accounts.browsers import remember
from accounts.models import User


class ChoosePassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """Whoever reads the account's mail is its owner: what others try no longer keeps them out."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Of several at once each waits for the one before, which spent the link."""
        owner = User.objects.select_for_update(no_key=True).get(pk=self.reset_user.pk)
        if not default_token_generator.check_token(owner, self.key):
            return self.render_to_response(self.get_context_data(token_fail=True))
        answer: HttpResponse = super().form_valid(form)
        remember(self.request, answer, self.reset_user.email)
        return answer

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A link that no longer serves is gone, as that of an invitation."""
        if context.get("token_fail"):
            kwargs["status"] = HTTPStatus.GONE
        answer: HttpResponse = super().render_to_response(context, **kwargs)
        return answer
