"""The form that asks for a link to choose a password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from accounts.choices import LetterKind
from accounts.services.letter_queue import queue_letter


class ResetForm(ResetPasswordForm):  # type: ignore[misc]
    """Does the same for every address: whether somebody has it is found out by the worker."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        queue_letter(LetterKind.PASSWORD, email)
        return email
