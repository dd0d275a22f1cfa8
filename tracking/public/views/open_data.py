"""Open data: everything that is published, to take home in one file."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

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
from tracking.public.opendata.turns import WAIT, NoPlace, Turn
from tracking.public.tables.writing import csv_table
from tracking.reading.addresses import absolute
from tracking.reading.lookup import published_plan
from tracking.reading.published.table import Table
from tracking.reading.published.tables import TABLES

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
    return render(request, "tracking/open_data.html", {**_context(request, plan), "plan": plan})


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
    etag = f'W/"{asked.key}"'
    try:
        # That there is such a file is known, so whoever has "whatever there is" has it.
        answer = get_conditional_response(request, etag=etag) or _file(
            request, TABLES[table], extension, plan, asked
        )
    except NoPlace:
        return _busy(request)
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _file(
    request: HttpRequest, table: Table, extension: str, plan: Plan | None, asked: Asked
) -> HttpResponseBase:
    database = asked.database()
    plans = [plan] if plan else Plan.objects.using(database).published().filter(simulated=True)[:1]
    is_simulated = any(each.simulated for each in plans)
    rows = table.of(plan).using(database)
    # From here on the connection is the copy's: asking it anything else would break the file off.
    is_read = request.method == "GET"
    pieces: Iterable[bytes] = Turn(copied(rows, table.columns, extension)) if is_read else []
    answer = StreamingHttpResponse(pieces, content_type=f"{TYPES[extension]}; charset=utf-8")
    whose = f"{plan.municipality.slug}-{plan.path}".replace("/", "-") if plan else "vigia"
    name = f"{whose}-{table.name}-{timezone.localdate()}.{extension}"
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    if is_simulated:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def _busy(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = render(request, "tracking/errors/busy.html", status=status)
    answer["Retry-After"] = WAIT
    return answer


@public_page(scope=Scope.PORTAL)
def data_columns(request: HttpRequest) -> HttpResponse:
    """Every column of every table, for people."""
    return render(request, "tracking/data_columns.html", {"tables": TABLES.values()})


@read_only
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """Every column of every table, in words."""
    rows = (
        {"table": table.name, "column": column.name, "description": column.words}
        for table in TABLES.values()
        for column in table.columns
    )
    return csv_table("vigia-dictionary.csv", ["table", "column", "description"], rows)


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
