"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up on their own: people are added by somebody who answers for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
