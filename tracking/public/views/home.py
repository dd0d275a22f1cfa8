"""The first page, and whether the portal is alive."""

from django.conf import settings
from django.db import Error
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Municipality
from accounts.outage import Outage
from plans.choices import Standing
from plans.models import Plan
from plans.querysets import PlanQuerySet
from tracking.models import Heartbeat
from tracking.public.decorators import Scope, public_page, read_only
from tracking.public.figures.headlines import newest
from tracking.public.figures.punctuality import national_punctuality
from tracking.public.figures.summaries import summaries_of

NEWEST = 2
MOST_PLANS = 8


@public_page(scope=Scope.PORTAL)
def home(request: HttpRequest) -> HttpResponse:
    """The country at a glance. What is simulated has figures of its own, and says so."""
    today = timezone.localdate()
    published = Plan.objects.published().in_force()
    plans = list(_plans_to_show())
    stands = summaries_of(plans, at=today)
    context = {
        "plans": [(plan, stands.get(plan.pk)) for plan in plans],
        "is_demonstration": bool(plans) and all(plan.simulated for plan in plans),
        "newest": newest(NEWEST),
        "municipality_count": Municipality.objects.count(),
        "plan_count": published.count(),
        "figures": national_punctuality(at=today),
        "permanent_link": f"{settings.SITE_URL}/",
    }
    return render(request, "tracking/home.html", context)


def _plans_to_show() -> PlanQuerySet:
    """Elected authorities' plans before the others, the newest terms first that have begun."""
    elected = Case(When(standing=Standing.ELECTED, simulated=False, then=0), default=1)
    to_come = Case(When(first_year__gt=timezone.localdate().year, then=1), default=0)
    order = (elected, to_come, "-first_year", "municipality__search_name")
    first = Plan.objects.published().in_force().order_by(*order).values("pk")[:MOST_PLANS]
    rows: PlanQuerySet = Plan.objects.filter(pk__in=first).select_related("municipality")
    return rows.order_by(*order)


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Health check: "ok", or 503 without the database.

    Without the database it is 503. Where only the work in the background stands still it is 200,
    because the pages are served, and since when is said.
    """
    try:
        beat = Heartbeat.objects.first()
    except Error:
        answer = HttpResponse("database: no answer\n", "text/plain", status=503)
        answer["Retry-After"] = str(Outage.AWAY.value)
        return answer
    if beat is None:
        return HttpResponse("background: nothing was done yet\n", "text/plain")
    if beat.is_quiet(at=timezone.now()):
        return HttpResponse(f"background: nothing was done since {beat}\n", "text/plain")
    return HttpResponse("ok\n", "text/plain")
