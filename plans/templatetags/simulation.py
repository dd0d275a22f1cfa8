"""Say of a page that it shows a demonstration."""

from django import template

from accounts.models import Municipality
from plans.models import Plan

register = template.Library()


@register.simple_tag
def has_simulated_plan(municipality: Municipality) -> bool:
    """Whether MUNICIPALITY's people and semesters are a demonstration's. One query.

    For pages about no plan in particular: the others have it at hand in ``plan.simulated``.
    """
    return Plan.objects.filter(municipality=municipality, simulated=True).exists()
