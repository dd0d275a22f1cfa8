"""How a system says for whom it acts: ``Authorization: Bearer vigia_…``."""

from typing import Final

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from accounts.models import Token, User
from accounts.services.tokens import TokenRefused, token_of

SCHEME: Final = "bearer"


class BearerToken(BaseAuthentication):
    """``request.user`` is the token's person, and ``request.auth`` the token."""

    def authenticate(self, request: Request) -> tuple[User, Token]:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME or not text.strip():
            raise NotAuthenticated(_("Falta la clave: envíe «Authorization: Bearer vigia_…»."))
        try:
            token = token_of(text.strip())
        except TokenRefused as refusal:
            raise AuthenticationFailed(str(refusal)) from refusal
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Vigia"'
