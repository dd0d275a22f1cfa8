"""Search what was promised, in every plan."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Municipality
from plans.choices import Dimension, Level
from plans.models import PlanElement
from plans.querysets import TYPED, PlanElementQuerySet
from tracking.decorators import public_page
from tracking.facets import Facet, Option
from tracking.views.places import with_plan_mark

PAGE_SIZE = 25
MOST_CHARACTERS = 200
"""More than anybody types; a longer question is cut, and the page says so."""
COLUMNS = {"municipio": "plan__municipality__slug", "dimension": "dimension", "nivel": "level"}


@public_page
def search(request: HttpRequest) -> HttpResponse:
    typed = " ".join(request.GET.get("q", "").translate(TYPED).split())
    query = typed[:MOST_CHARACTERS]
    chosen = {name: request.GET.get(name, "").replace("\x00", "") for name in COLUMNS}
    found = PlanElement.objects.published().current()
    if query:
        found = found.asked_for(query)
    rows = _filtered(found, chosen).select_related("plan__municipality").defer("search")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "query": query,
        "was_cut": len(typed) > len(query),
        "page": page,
        "facets": [_facet(name, found, chosen, request) for name in COLUMNS],
        "filters": {name: value for name, value in chosen.items() if value},
        "places": _places_named(query),
    }
    return render(request, "tracking/search.html", context)


def _places_named(query: str) -> list[Municipality]:
    """The municipalities of exactly that name: somebody may be looking for a place."""
    if not query:
        return []
    return list(with_plan_mark(Municipality.objects.named(query)).filter(closeness=0)[:3])


def _filtered(
    rows: PlanElementQuerySet, chosen: dict[str, str], leave_out: str = ""
) -> PlanElementQuerySet:
    wanted = {COLUMNS[name]: value for name, value in chosen.items() if value and name != leave_out}
    return rows.filter(**wanted)


def _facet(
    name: str, found: PlanElementQuerySet, chosen: dict[str, str], request: HttpRequest
) -> Facet:
    """The values of one filter with how many results each has, the other filters applied."""
    column = COLUMNS[name]
    rows = _filtered(found, chosen, leave_out=name).order_by()
    if name == "municipio":
        label = "plan__municipality__name"
        groups = rows.values(column, label).annotate(n=Count("pk")).order_by("-n", label)
        options = [(row[column], row[label], row["n"]) for row in groups]
    else:
        counts = dict(rows.values_list(column).annotate(n=Count("pk")).values_list(column, "n"))
        choices = Dimension if name == "dimension" else Level
        options = [(each.value, each.label, counts.get(each.value, 0)) for each in choices]
    return Facet(
        name,
        [
            Option(value, label, count, value == chosen[name], _address(request, name, value))
            for value, label, count in options
            if count or value == chosen[name]
        ],
        any_address=_address(request, name, ""),
    )


def _address(request: HttpRequest, name: str, value: str) -> str:
    """This search with one filter set, or taken away; back on its first page."""
    parameters = request.GET.copy()
    parameters.pop("pagina", None)
    parameters.pop(name, None)
    if value:
        parameters[name] = value
    return f"?{parameters.urlencode()}"
