"""Open data: everything that is published, to take home in one file."""

from typing import Any, Final

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Municipality
from plans.models import Plan
from plans.plan_path import PlanPath
from tracking.public.asked import Asked
from tracking.public.decorators import Scope, public_page, read_only
from tracking.public.opendata.catalog import (
    TYPES,
    catalog,
    catalog_of_region,
    file_address,
)
from tracking.public.opendata.copying import copied
from tracking.public.opendata.sizes import counted, size_of
from tracking.public.tables.writing import csv_table
from tracking.public.views.streamed import Streamed, streamed
from tracking.reading.addresses import absolute
from tracking.reading.archives import kept_of
from tracking.reading.lookup import published_plan
from tracking.reading.published.ledger import TABLE as LEDGER
from tracking.reading.published.table import Table
from tracking.reading.published.tables import TABLES
from tracking.transparency.heads import log_size

MOST_PLANS: Final = 100
"""As many as a page lists at once: of more those of a region."""


def _published() -> Any:
    rows = Plan.objects.published().select_related("municipality")
    return rows.order_by("municipality__search_name", "-first_year", "-in_force", "list_slug")


@public_page("region", scope=Scope.PORTAL)
def open_data(request: HttpRequest) -> HttpResponse:
    """The tables of the whole portal, what their columns are, and each plan's own.

    Of many plans those of a ``?region=``; 404 where there is none of such a region.
    """
    plans, region = _published(), request.GET.get("region", "")
    if region and region not in _regions(plans):
        raise Http404
    listed = list(plans.filter(municipality__region=region) if region else plans[: MOST_PLANS + 1])
    is_long = not region and len(listed) > MOST_PLANS
    context = {
        **_context(request, None),
        "region": region,
        "plans": [] if is_long else listed,
        "regions": _regions(plans) if is_long or region else [],
    }
    return render(request, "tracking/open_data.html", context)


def _regions(plans: Any) -> list[str]:
    """Those of which there are PLANS, in the order of a dictionary."""
    return Municipality.objects.filter(plans__in=plans.order_by()).regions()


@public_page(scope=Scope.MUNICIPALITY)
def plan_data(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponse:
    plan = published_plan(slug, path)
    context = {**_context(request, plan), "plan": plan, "archive": kept_of(plan)}
    return render(request, "tracking/open_data.html", context)


def _context(request: HttpRequest, plan: Plan | None) -> dict[str, Any]:
    return {
        "tables": [
            {
                "table": table,
                "size": counted(table.of(plan)) if plan else size_of(table.of(None)),
                "files": {each.upper(): file_address(table, each, request.path) for each in TYPES},
            }
            for table in TABLES.values()
        ],
        "site": settings.SITE_URL,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        "as_of": timezone.localdate(),
        "permanent_link": absolute(request.path),
    }


@read_only
def data_file(request: HttpRequest, table: str, extension: str, **address: Any) -> HttpResponseBase:
    """A table, of a plan or of the whole portal, streamed as it is read."""
    if table not in TABLES or extension not in TYPES:
        raise Http404
    plan = published_plan(**address) if address else None
    scope = Scope.MUNICIPALITY if address else Scope.PORTAL
    asked = Asked.of(request, scope.asking(address.get("slug", "")))
    # The log grows after what was published of it has changed the revision.
    also = f"-{log_size()}" if table == LEDGER.name else ""
    return streamed(request, asked, lambda: _file(TABLES[table], extension, plan, asked), also=also)


def _file(table: Table, extension: str, plan: Plan | None, asked: Asked) -> Streamed:
    database = asked.database()
    plans = [plan] if plan else Plan.objects.using(database).published().filter(simulated=True)[:1]
    rows = table.of(plan).using(database)
    whose = f"{plan.municipality.slug}-{plan.path}".replace("/", "-") if plan else "vigia"
    return Streamed(
        name=f"{whose}-{table.name}-{timezone.localdate()}.{extension}",
        media_type=TYPES[extension],
        pieces=lambda: copied(rows, table.columns, extension),
        is_simulated=any(each.simulated for each in plans),
    )


@public_page(scope=Scope.PORTAL)
def data_columns(request: HttpRequest) -> HttpResponse:
    """Every column of every table, for people."""
    return render(request, "tracking/data_columns.html", {"tables": TABLES.values()})


@read_only
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """Every column of every table, in words."""
    rows = (
        {
            "table": table.name,
            "column": column.name,
            "description": column.words,
            "type": column.kind_words,
            "values": column.values,
        }
        for table in TABLES.values()
        for column in table.columns
    )
    names = ["table", "column", "description", "type", "values"]
    return csv_table("vigia-dictionary.csv", names, rows)


@public_page("region", scope=Scope.PORTAL)
def data_catalog(request: HttpRequest) -> HttpResponse:
    """The portal's tables; those of each plan are told by region. 404 where there is none."""
    plans, region = _published(), request.GET.get("region", "")
    regions = _regions(plans)
    if region and region not in regions:
        raise Http404
    of_region = plans.filter(municipality__region=region)
    return JsonResponse(
        catalog_of_region(region, of_region) if region else catalog(regions),
        # Not indented: Python alone would write it, without C.
        json_dumps_params={"ensure_ascii": False},
        content_type="application/ld+json",
    )
