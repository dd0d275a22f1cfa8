"""What the officers' pages need beyond Django's own tags."""

from typing import Any, Final

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.help.guide import chapters
from accounts.help.pages import help_of
from accounts.kept_typing import READER_FIELD, signed_reader
from accounts.models import Municipality, User
from accounts.permissions import can, second_factor_required

register = template.Library()
register.simple_tag(second_factor_required)


@register.simple_tag(takes_context=True)
def form_reader(context: template.Context) -> SafeString:
    """Whose form it is, beside its token (`kept_typing`); nothing for whoever signs in by it."""
    person = context["request"].user.pk
    if person is None:
        return SafeString("")
    signed = signed_reader(person)
    return format_html('<input type="hidden" name="{}" value="{}">', READER_FIELD, signed)


ROOMS: Final = (
    (_("Mi semestre"), "office:semester", "report.view"),
    (_("Revisión"), "office:review", "report.review"),
    (_("Plan"), "office_plans:plans", "plan.edit"),
    (_("Gasto"), "office:expenditures", "expenditure.edit"),
    (_("Semestres"), "office:windows", "semester.edit"),
    (_("Rendición"), "office:accountability", "accountability.issue"),
    (_("Personas"), "office_accounts:people", "people.view"),
    (_("Unidades"), "office_accounts:units", "directory.view"),
)
BY_SEMESTER: Final = {"office:semester": "office:home", "office:review": "office:reviews"}
"""Rooms of one semester, each with the door that leads to it where no semester is being read."""


@register.simple_tag(takes_context=True)
def may(
    context: template.Context, permission: str, municipality: Municipality | None = None
) -> bool:
    """Whether the reader has PERMISSION there: ``{% may "plan.edit" municipality as edits %}``.

    Without a municipality, anywhere.
    """
    place = municipality.pk if municipality else None
    return can(context["request"].user, permission, place)


@register.inclusion_tag("_office_nav.html", takes_context=True)
def office_nav(context: template.Context, municipality: Municipality) -> dict[str, Any]:
    """The rooms that the person who reads may enter in MUNICIPALITY."""
    request = context["request"]
    rooms = []
    for label, name, permission in ROOMS:
        if not can(request.user, permission, municipality.pk):
            continue
        if address := _address(name, municipality, context.get("semester")):
            here = request.path.startswith(address)
            rooms.append({"label": label, "address": address, "here": here})
    return {"rooms": rooms}


@register.inclusion_tag("_office_help.html", takes_context=True)
def office_help(context: template.Context) -> dict[str, Any]:
    """What the page is for, at its foot, and where the guide tells more; nothing for the guide."""
    place = context["request"].resolver_match
    found = help_of(place.view_name) if place else None
    return {"help": found, "title": chapters()[found.chapter].title if found else ""}


@register.simple_tag
def roles_of(person: User, municipality: Municipality | None = None) -> str:
    """What PERSON is in MUNICIPALITY: "Planificación, Administración municipal"."""
    held = [
        str(each.get_role_display())
        for each in person.current_memberships
        if each.role == Role.OPERATOR or (municipality and each.municipality_id == municipality.pk)
    ]
    return ", ".join(dict.fromkeys(held))


@register.filter
def in_fours(text: str) -> str:
    """TEXT in groups of four characters, to be copied by eye."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _address(name: str, municipality: Municipality, semester: Any) -> str:
    """Where the room NAME is; empty when there is none."""
    kwargs: dict[str, Any] = {"slug": municipality.slug}
    if name in BY_SEMESTER and semester:
        kwargs["semester"] = semester
    elif name in BY_SEMESTER:
        name = BY_SEMESTER[name]
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
