"""Where what a page is about can be followed by e-mail."""

from typing import Any

from django import template

from tracking.following.subjects import asking_for

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_address(context: dict[str, Any]) -> str:
    """The form that follows what the page of CONTEXT is about; "" where that cannot be."""
    plan, unit = context.get("plan"), context.get("unit")
    element = context.get("element")
    if unit and not unit.closed_on:
        return asking_for(unit.municipality, unit=unit)
    if plan:
        followed = None if element is None or element.is_withdrawn else element
        return asking_for(plan.municipality, plan=plan, element=followed)
    place = context.get("municipality")
    return asking_for(place) if place else ""
