"""Offices that answer for promises and in which nobody has a role."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Exists, OuterRef

from accounts.models import Membership, Unit
from plans.models import Plan, Responsibility


def offices_without_people(plan: Plan) -> Mapping[Unit, int]:
    """Of PLAN, each with how many promises nobody can report today. One query; by name."""
    held = Membership.objects.filter(unit=OuterRef("unit"), ended_on=None)
    asked = plan.elements.reportable().values("pk")
    rows = Responsibility.objects.filter(~Exists(held), element__in=asked)
    counts = Counter(row.unit for row in rows.select_related("unit").order_by("unit__name", "pk"))
    return dict(counts)  # of a Counter a template would look up "items" as a unit
