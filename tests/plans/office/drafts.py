"""How the pages of a draft in Puno are asked, and what it then holds."""

from typing import Any

from django.test import Client
from django.urls import reverse

from plans.models import PlanImport
from plans.services.imports import kept_of

OBJECTIVE, TARGET, TWO = 3, 4, 5
"""Keys of the outline that is made by hand."""


def at(draft: PlanImport, name: str = "import", *more: int) -> str:
    return reverse(f"office_plans:{name}", args=["puno", draft.pk, *more])


def mend(client: Client, draft: PlanImport, key: int, paso: str, **given: Any) -> Any:
    fields = {"paso": paso, "visto": draft.revision, **given}
    return client.post(at(draft, "import_item", key), fields)


def items(draft: PlanImport) -> dict[int, Any]:
    """By key, each an Item: what a test knows to be there is not asked for again."""
    draft.refresh_from_db()
    return {item.key: item for item in kept_of(draft).items}
