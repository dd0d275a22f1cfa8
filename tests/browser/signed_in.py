"""A browser in which somebody is signed in without having typed anything."""

from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext

from accounts.models import User


def session_of(person: User) -> str:
    """The cookie of a session of PERSON."""
    client = Client()
    client.force_login(person)
    connection.close()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def sign_in(context: BrowserContext, portal: str, session: str) -> None:
    """Have CONTEXT at PORTAL go on with the SESSION of that cookie."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}
    context.add_cookies([cookie])  # type: ignore[list-item]
