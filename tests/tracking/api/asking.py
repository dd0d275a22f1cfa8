"""Ask the API as a program does."""

from collections.abc import Iterator
from typing import Any, Final

from django.test import Client

ROOT: Final = "/api/v1/"
LISTS: Final = (
    *("municipalities", "units", "semesters", "plans", "elements", "dimensions", "problems"),
    *("objectives", "activities", "targets", "guidelines", "terms", "reports", "supports"),
    *("expenditures", "asked", "standings", "accountability-reports", "ledger", "passages"),
)


def ask(resource: str, *, status: int = 200, **parameters: Any) -> Any:
    """What is answered about RESOURCE: "plans", or "plans/1/tree"."""
    answer = Client().get(f"{ROOT}{resource}/", parameters)
    assert answer.status_code == status, answer.content
    return answer.json()


def rows(resource: str, **parameters: Any) -> list[Any]:
    found: list[Any] = ask(resource, **parameters)["results"]
    return found


def all_rows(resource: str, **parameters: Any) -> Iterator[Any]:
    """Every row, from page to page."""
    page = ask(resource, **parameters)
    yield from page["results"]
    while page["next"]:
        page = Client().get(page["next"]).json()
        yield from page["results"]
