"""Tokens, and the browser of whoever makes them."""

import datetime as dt

from django.test import Client

from accounts.choices import TokenScope
from accounts.models import Municipality, Token, User
from accounts.services.tokens import make_token
from tests.factories import PASSWORD

MONTH = dt.timedelta(days=30)


def made(
    person: User, place: Municipality, scope: TokenScope = TokenScope.WRITE
) -> tuple[Token, str]:
    return make_token(person, place, "Sistema de obras", scope, lasts=MONTH)


def at_the_desk(person: User) -> Client:
    """A browser in which PERSON said their password just now."""
    client = Client()
    client.force_login(person)
    client.post("/cuenta/clave/confirmar/", {"password": PASSWORD})
    return client
