"""The first page, how the portal works, and whether it is alive."""

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import Municipality
from plans.choices import Level
from plans.models import Plan, PlanVersion
from tracking import progress
from tracking.choices import Step
from tracking.decorators import public_page

NEWEST = 6


@public_page
def home(request: HttpRequest) -> HttpResponse:
    promised = Q(elements__until_version=None)
    plans = (
        Plan.objects.published()
        .select_related("municipality")
        .annotate(
            objectives=Count("elements", promised & Q(elements__level=Level.OBJECTIVE)),
            targets=Count("elements", promised & Q(elements__level=Level.TARGET)),
            activities=Count("elements", promised & Q(elements__level=Level.ACTIVITY)),
        )
        .order_by("municipality__search_name", "-first_year")
    )
    versions = PlanVersion.objects.published().dated().select_related("plan__municipality")
    context = {
        "plans": plans,
        "newest": versions[:NEWEST],
        "municipality_count": Municipality.objects.count(),
    }
    return render(request, "tracking/home.html", context)


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    context = {
        "steps": Step,
        "on_time_gap": progress.ON_TIME_GAP,
        "late_gap": progress.LATE_GAP,
    }
    return render(request, "tracking/methodology.html", context)


@public_page
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, for whoever watches over the service."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(
            "database: no answer\n", "text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    return HttpResponse("ok\n", "text/plain")
