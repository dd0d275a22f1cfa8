"""The links of invitations, and the addresses of their pages."""

import re
from typing import Any

NEW = "nueva@puno.pe"
FORM = {"name": "María Quispe", "password": "algo-bien-largo", "again": "algo-bien-largo"}


def link_of(letter: Any) -> str:
    return str(re.findall(r"http://localhost:8000(/cuenta/invitacion/\S+)", letter.body)[0])


def token_of(link: str) -> str:
    return link.split("/")[-2]
