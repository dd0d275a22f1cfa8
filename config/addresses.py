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
    return _reversed("tracking:plan", *plan.url_args)


def of_document(document: "SourceDocument") -> str:
    """The newest of a plan is at the address that the plan's document always had."""
    if document.is_current:
        return _reversed("tracking:document", *document.plan.url_args)
    return _reversed("tracking:document", *document.plan.url_args, document.number)


def of_element(element: "PlanElement") -> str:
    """Below its plan's: to reverse each of the hundreds on a plan's page took 6 % of it."""
    return f"{of_plan(element.plan)}{element.ref}/"


@lru_cache(5_000)
def _reversed(page: str, *args: str | int) -> str:
    """It never changes, and lists of promises ask for their plan's again and again."""
    return reverse(page, args=args)


OF_MODELS = {
    "accounts.municipality": of_municipality,
    "accounts.unit": of_unit,
    "plans.plan": of_plan,
    "plans.planelement": of_element,
    "plans.sourcedocument": of_document,
}
