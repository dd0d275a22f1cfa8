"""The pages of what `accounts` and `plans` keep, which know of none: they stand above them.

Django gives each of these models the ``get_absolute_url`` that is said here.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import Municipality, Unit
    from plans.models import Plan, PlanElement, SourceDocument


def of_municipality(municipality: "Municipality") -> str:
    return reverse("tracking:municipality", args=[municipality.slug])


def of_unit(unit: "Unit") -> str:
    return reverse("tracking:unit", args=[unit.municipality.slug, unit.pk])


def of_plan(plan: "Plan") -> str:
    return _address("tracking:plan", *plan.url_args)


def of_document(document: "SourceDocument") -> str:
    return _address("tracking:document", *document.plan.url_args)


def of_element(element: "PlanElement") -> str:
    return _address("tracking:element", *element.plan.url_args, element.ref)


@lru_cache(20_000)
def _address(page: str, *args: str) -> str:
    """It never changes, and a plan's page asks for hundreds."""
    return reverse(page, args=args)
