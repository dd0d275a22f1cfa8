"""The pages of the portal that a test made, as ``bin/vigia-verify`` fetches them."""

import io
import urllib.error
from email.message import Message
from typing import Any, Final

from django.test import Client

ADDRESS: Final = "https://portal.example"


class Answer(io.BytesIO):
    headers: dict[str, str] = {}


def fetch(address: str) -> Answer:
    answer: Any = Client().get(address.removeprefix(ADDRESS))
    if answer.status_code >= 400:
        raise urllib.error.HTTPError(address, answer.status_code, "", Message(), None)
    return Answer(b"".join(answer))
