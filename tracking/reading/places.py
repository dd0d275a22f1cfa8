"""What the portal has of each municipality."""

from typing import Final

from django.db.models import Exists, OuterRef

from accounts.querysets import MunicipalityQuerySet
from plans.models import Plan

INEI: Final = "INEI-"
RENIEC: Final = "RENIEC-"
"""What makes a word of an ubigeo, and says whose it is: a spreadsheet takes "030101" for 30101."""


def with_plan_mark(rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
    """Mark in ``has_plan`` whose plan the public can read here."""
    plans = Plan.objects.published().filter(municipality=OuterRef("pk"))
    marked: MunicipalityQuerySet = rows.annotate(has_plan=Exists(plans))
    return marked


def as_text(inei: str) -> str:
    """The ubigeo in a form that every program keeps: "INEI-030101"."""
    return f"{INEI}{inei}"
