"""Act as a municipality's system does, with a token of one of its people."""

import datetime as dt
import json
from typing import Any, Final

from django.test import Client

from accounts.choices import TokenScope
from accounts.models import Municipality, User
from accounts.services.tokens import make_token
from tests.tracking.office.sent import TEXT

ROOT: Final = "/api/v1/"
SAID: Final = {"step": 2, "narrative": TEXT, "as_of": "2019-06-30"}
"""Enough of a report to be sent."""


class System:
    """A program with a token. What it asks is answered with a status and an object."""

    def __init__(
        self, person: User, place: Municipality, scope: TokenScope = TokenScope.SUBMIT
    ) -> None:
        name = f"Sistema {Municipality.objects.count()}{scope}"
        _token, self.text = make_token(person, place, name, scope, lasts=dt.timedelta(days=1))

    def ask(
        self, method: str, resource: str, content: Any = None, *, key: str = "", **more: Any
    ) -> tuple[int, Any]:
        """CONTENT as JSON, or bytes as they are; MORE are headers."""
        headers = {"Authorization": f"Bearer {self.text}", **more}
        if key:
            headers["Idempotency-Key"] = key
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        sent = body if content is not None else b""
        answer = Client().generic(
            method, f"{ROOT}{resource}", sent, "application/json", headers=headers
        )
        self.headers = answer.headers
        return answer.status_code, answer.json()

    def get(self, resource: str) -> Any:
        status, told = self.ask("GET", resource)
        assert status == 200, told
        return told

    def rows(self, resource: str) -> list[Any]:
        found: list[Any] = self.get(resource)["results"]
        return found

    def begin(self, **content: Any) -> dict[str, Any]:
        status, told = self.ask("POST", "drafts/", {"semester": "2019-I", **content})
        assert status == 201, told
        return dict(told)


def pointers(told: Any) -> list[str]:
    """The members that a refusal names."""
    return [each["pointer"] for each in told["errors"]]
