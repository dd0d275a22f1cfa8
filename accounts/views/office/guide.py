"""The guide for offices, where they work."""

from itertools import pairwise

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.help.guide import chapters
from accounts.office import OfficeRequest, office_page


@require_safe
@office_page("office.enter")
def contents(request: OfficeRequest) -> HttpResponse:
    """The chapters by their titles."""
    return render(request, "accounts/guide.html", {"chapters": chapters().values()})


@require_safe
@office_page("office.enter")
def chapter(request: OfficeRequest, chapter: str) -> HttpResponse:
    """One chapter, and the way to the next."""
    known = chapters()
    if chapter not in known:
        raise Http404
    order = list(known)
    following = known.get(dict(pairwise(order)).get(chapter, ""))
    page = {"chapter": known[chapter], "following": following}
    return render(request, "accounts/guide_chapter.html", page)
