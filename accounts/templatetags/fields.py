"""How a field of a form is drawn: what it takes is said beside it, and counted."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def typed(field: BoundField) -> SafeString:
    """The widget of FIELD, described by whatever is said beside it."""
    beside = field.aria_describedby or ""
    if most_of(field):
        beside = f"{beside} {field.auto_id}_most".strip()
    return field.as_widget(attrs={"aria-describedby": beside} if beside else None)


@register.inclusion_tag("_limit.html")
def limit(field: BoundField) -> dict[str, Any]:
    """How many letters FIELD takes, and how many it has; nothing where there is no such limit."""
    text = str(field.value() or "").replace("\r\n", "\n")
    return {"id": field.auto_id, "most": most_of(field), "length": len(text)}


def most_of(field: BoundField) -> int | None:
    """How many letters fit into FIELD; None for a password or a code, of which nobody is told."""
    widget: Any = field.field.widget
    kind = getattr(widget, "input_type", "text")
    if kind != "text" or widget.attrs.get("autocomplete") == "one-time-code":
        return None
    most = widget.attrs.get("maxlength")
    return int(most) if most else None
