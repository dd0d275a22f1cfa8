"""The regions of the country, with how many municipalities each has, and of how many a plan."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.text import slugify

from accounts.models import Municipality
from accounts.querysets import folded
from tracking.reading.places import with_plan_mark


class Region(NamedTuple):
    """SLUG is its name in addresses; of WITH_PLAN of its MUNICIPALITIES a plan can be read."""

    name: str
    slug: str
    municipalities: int
    with_plan: int


def regions() -> list[Region]:
    """In the order of a dictionary. One query."""
    rows = (
        with_plan_mark(Municipality.objects.all())
        .order_by()
        .values("region")
        .annotate(all=Count("pk"), with_plan=Count("pk", filter=Q(has_plan=True)))
    )
    found = [
        Region(each["region"], slugify(each["region"]), each["all"], each["with_plan"])
        for each in rows
    ]
    return sorted(found, key=lambda each: folded(each.name))
