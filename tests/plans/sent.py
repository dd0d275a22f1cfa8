"""Drafts as they stand after somebody's file was read, without the program that reads it."""

from collections.abc import Callable
from typing import Any, TypeVar
from unittest.mock import patch

from accounts.models import Municipality, User
from plans.importers.outline import Outline
from plans.models import PlanImport
from plans.services.imports import begin
from plans.term import Term
from tests.plans.importers.mended import outline_of

Done = TypeVar("Done")
TERM = Term(2027, 2030)
PROVENANCE = "Plataforma electoral, 3 de junio de 2026"


def send(
    place: Municipality,
    by: User,
    *,
    outline: Outline | None = None,
    term: Term = TERM,
    content: bytes = b"texto del plan",
    **fields: Any,
) -> PlanImport:
    """The draft of a file that BY sent for PLACE, read as OUTLINE."""
    values = {"file_name": "plan.txt", "provenance": PROVENANCE, **fields}
    draft = PlanImport(
        municipality=place, first_year=term.first_year, last_year=term.last_year, **values
    )
    begun = reading_as(outline or outline_of(), lambda: begin(draft, content, by=by))
    return PlanImport.objects.get(pk=begun.pk)


def reading_as(outline: Outline, act: Callable[[], Done]) -> Done:
    """What ACT gives where every file is read as OUTLINE."""
    with patch("plans.services.imports.read_own_plan", return_value=outline):
        return act()
