"""A plan at a glance: the whole hierarchy, what it declares and what it does not."""

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans.choices import Level
from plans.models import SourceDocument
from plans.summary import level_counts, undeclared
from plans.term import Term
from plans.tree import current_tree
from plans.version_notes import notes_of
from tracking.asked import windows_of
from tracking.decorators import public_page
from tracking.lookup import published_plan
from tracking.reading.strips import closings_of, strips_of

NEWEST = 20
"""Versions shown in full; older ones stay in the database."""


@public_page
def plan(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    """``?ver=todo`` opens every fold, so that the page can be read or printed whole."""
    found = published_plan(slug, term)
    roots = current_tree(found)
    today = timezone.localdate()
    elements = [branch.element for root in roots for branch in root.walk()]
    strips = strips_of(found, elements, windows_of(found), closings_of(elements), at=today)
    versions = list(found.versions.published()[:NEWEST])
    reported = found.reports.published().aggregate(newest=Max("published_at"))
    context = {
        "plan": found,
        "dimensions": [root for root in roots if root.element.level == Level.DIMENSION],
        "guidelines": [root for root in roots if root.element.level == Level.GUIDELINE],
        "guideline_count": sum(root.count(Level.GUIDELINE) for root in roots),
        "counts": level_counts(found, roots),
        "undeclared": undeclared(roots),
        "versions": [(each, notes_of(each)) for each in versions],
        "term_status": found.term.status(at=today),
        "strips": strips,
        "as_of": max(filter(None, [versions[0].published_at, reported["newest"]])),
        "permanent_link": settings.SITE_URL + found.get_absolute_url(),
        "unfolded": request.GET.get("ver") == "todo",
        "document": SourceDocument.objects.defer("text").get(plan=found),
    }
    return render(request, "tracking/plan.html", context)
