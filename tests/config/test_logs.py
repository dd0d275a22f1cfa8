"""No log holds what opens an account."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from config.logs import SecretsLeftOut

KEY = {"uidb36": "4q", "key": "d7x-81afe0"}


@pytest.mark.parametrize(
    ("address", "left"),
    [
        (reverse("invitation", args=["tZ_q-93"]), "/cuenta/invitacion/…"),
        (reverse("account_reset_password_from_key", kwargs=KEY), "/cuenta/clave/nueva/…"),
        (reverse("account_reset_password"), "/cuenta/clave/olvido/"),
    ],
)
def test_what_opens_an_account_is_left_out(address: str, left: str) -> None:
    refused = ("Forbidden (%s): %s", ("CSRF cookie not set.", address), None)
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 0, *refused)
    assert SecretsLeftOut().filter(record)
    assert record.getMessage() == f"Forbidden (CSRF cookie not set.): {left}"


def test_every_handler_leaves_it_out() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert [each["filters"] for each in handlers.values()] == [["secrets_left_out"]]
