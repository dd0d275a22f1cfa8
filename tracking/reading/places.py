"""What the portal has of each municipality."""

from django.db.models import Exists, OuterRef

from accounts.querysets import MunicipalityQuerySet
from plans.models import Plan


def with_plan_mark(rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
    """Mark in ``has_plan`` whose plan the public can read here."""
    plans = Plan.objects.published().filter(municipality=OuterRef("pk"))
    marked: MunicipalityQuerySet = rows.annotate(has_plan=Exists(plans))
    return marked
