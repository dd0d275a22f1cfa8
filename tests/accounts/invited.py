"""The links of invitations, and the addresses at which an office keeps its people and units."""

import re
from typing import Any

from django.urls import reverse

from accounts.models import Municipality

NEW = "nueva@puno.pe"
FORM = {"name": "María Quispe", "password": "algo-bien-largo", "again": "algo-bien-largo"}


def link_of(letter: Any) -> str:
    return str(re.findall(r"http://localhost:8000(/cuenta/invitacion/\S+)", letter.body)[0])


def token_of(link: str) -> str:
    return link.split("/")[-2]


def place(name: str, municipality: Municipality, *args: int) -> str:
    return reverse(f"office_accounts:{name}", args=[municipality.slug, *args])
