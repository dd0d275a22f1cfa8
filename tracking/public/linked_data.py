"""What a page is about, in schema.org's words, for machines: pure functions, a list of nodes each.

Of a demonstration there is none. Its pages are noindex, and whatever reads these nodes takes a name
or a statement away without the sentence beside it that says so. No node says that a list won: a
plan has an author, the list that filed it, and its description says what is known of the rest.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.choices import OWN_DIMENSIONS, Level, Standing
from plans.models import Plan, PlanElement, SourceDocument
from plans.tree import Branch
from tracking.reading.addresses import absolute

Node = dict[str, Any]
Trail = list[tuple[str, str]]
"""Names with their paths, from the widest to the page itself."""

LANGUAGE = {"inLanguage": "es-PE"}


def home_data() -> list[Node]:
    """The portal, and how it is searched."""
    target = f"{absolute(reverse('tracking:search'))}?q={{search_term_string}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }
    return [{"@type": "WebSite", **_portal(), **LANGUAGE, "potentialAction": search}]


def municipality_data(municipality: Municipality) -> list[Node]:
    organization = {
        "@type": "GovernmentOrganization",
        "name": municipality.full_name,
        "mainEntityOfPage": absolute(municipality.get_absolute_url()),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": _("Ubigeo INEI"),
            "value": municipality.inei,
        },
        "areaServed": _area(municipality),
    }
    places = reverse("tracking:municipalities")
    region = f"{places}?{urlencode({'region': municipality.region})}"
    here = (municipality.full_name, municipality.get_absolute_url())
    return [organization, _breadcrumb([_places(), (municipality.region, region), here])]


def region_data(region: str, path: str) -> list[Node]:
    """A page at PATH of what there is in a REGION."""
    places = f"{reverse('tracking:municipalities')}?{urlencode({'region': region})}"
    return [_breadcrumb([_places(), (region, places), (_("Región %s") % region, path)])]


def plan_data(plan: Plan, document: SourceDocument, as_of: dt.datetime) -> list[Node]:
    if plan.simulated:
        return []
    standing = plan.get_standing_display()
    if plan.standing == Standing.UNCONFIRMED:
        standing = _("Sin confirmar si fue elegida")
    description = _(
        "%(whose)s. %(standing)s. Cada texto del plan, palabra por palabra, con su lugar en el "
        "documento."
    )
    dataset = {
        "@type": "Dataset",
        **_named(plan),
        **LANGUAGE,
        "description": description % {"whose": plan.whose, "standing": standing},
        "temporalCoverage": f"{plan.first_year}/{plan.last_year}",
        "spatialCoverage": _area(plan.municipality),
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": document.title,
            "url": absolute(document.get_absolute_url()),
            **_author(plan),
        },
        "isAccessibleForFree": True,
        "version": plan.version,
        "dateModified": as_of.isoformat(),
        "creator": {"@type": "Organization", **_portal()},
    }
    return [dataset, _breadcrumb([_places(), *_above(plan)])]


def document_data(plan: Plan) -> list[Node]:
    if plan.simulated:
        return []
    here = (_("Texto del documento"), plan.document.get_absolute_url())
    return [_breadcrumb([*_above(plan), here])]


def promise_data(
    element: PlanElement, ancestors: Sequence[Branch], as_of: dt.datetime
) -> list[Node]:
    """The data of a promise; no nodes for a simulated or a withdrawn one."""
    plan = element.plan
    if plan.simulated or element.is_withdrawn:
        return []
    address = absolute(element.get_absolute_url())
    work = {
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "name": _name(element),
        "text": element.statement,
        **LANGUAGE,
        **_author_of(element),
        "dateModified": as_of.isoformat(),
        "isPartOf": {"@type": "Dataset", **_named(plan)},
    }
    chain = [*(branch.element for branch in ancestors), element]
    trail = [(_name(each), each.get_absolute_url()) for each in chain]
    return [work, _breadcrumb([*_above(plan), *trail])]


def _portal() -> Node:
    return {"name": "Vigía", "url": absolute(reverse("tracking:home"))}


def _named(plan: Plan) -> Node:
    shown = {"name": plan.municipality.name, "term": plan.term.printed}
    address = absolute(plan.get_absolute_url())
    name = _("Plan de gobierno de %(name)s, %(term)s") % shown
    if not plan.in_force:
        name = f"{name} · {plan.filed_by}"
    return {"@id": address, "url": address, "name": name}


def _author(plan: Plan) -> Node:
    """The organization that wrote the plan, where the document names it."""
    if not plan.organization:
        return {}
    return {"author": {"@type": "Organization", "name": plan.organization}}


def _author_of(element: PlanElement) -> Node:
    """Who wrote it: the list, or whoever added it to the plan later."""
    if not element.added_by:
        return _author(element.plan)
    return {"author": {"@type": "Organization", "name": element.added_by}}


def _area(municipality: Municipality) -> Node:
    """The province or district that it governs, within what holds it."""
    names = [_("Perú"), _("Región %s") % municipality.region]
    names.append(_("Provincia de %s") % municipality.province)
    if not municipality.is_provincial:
        names.append(_("Distrito de %s") % municipality.name)
    area: Node = {}
    for name in names:
        area = {
            "@type": "AdministrativeArea",
            "name": name,
            **({"containedInPlace": area} if area else {}),
        }
    return area


def _name(element: PlanElement) -> str:
    if element.level == Level.DIMENSION:
        name = element.get_dimension_display()
        is_own = element.dimension in OWN_DIMENSIONS
        return name if is_own else _("Dimensión %s") % name.lower()
    return f"{element.level_label} {element.ref}"


def _places() -> tuple[str, str]:
    return _("Municipios"), reverse("tracking:municipalities")


def _above(plan: Plan) -> Trail:
    """The municipality and the plan, under which a plan's pages stand."""
    municipality = plan.municipality
    title = _("Plan de gobierno %s") % plan.term.printed
    return [
        (municipality.full_name, municipality.get_absolute_url()),
        (title, plan.get_absolute_url()),
    ]


def _breadcrumb(trail: Trail) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }
