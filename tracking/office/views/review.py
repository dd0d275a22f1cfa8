"""Planning's queue: read what was sent, and publish it, much of it at once."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.office.views.publishing import kept_unit, publish_form, tell
from tracking.office.worklists.cases import cases_of
from tracking.office.worklists.queue import of_unit, units_of, waiting, waiting_by_semester
from tracking.permissions import others_who_review, plan_of

PAGE_SIZE: Final = 25


@require_safe
@office_page("report.review")
def queues(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """To the oldest semester in which something waits; without one, to the semester of today."""
    semester = next(iter(waiting_by_semester(municipality)), None)
    if semester is None:
        window = municipality.windows.current(at=timezone.localdate())
        if window is None:
            return redirect("office:windows", municipality.slug)
        semester = window.semester
    return redirect("office:review", municipality.slug, semester)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.review")
def queue(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """What waits in SEMESTER, oldest first; publishes what was marked."""
    is_sent = request.method == "POST"
    form = publish_form(request, municipality, request.POST if is_sent else request.kept)
    if is_sent and form.is_valid():
        tell(request, form.publish())
        return redirect(_from_its_start(request, municipality, semester))
    page = _queue(request, municipality, semester)
    everywhere = waiting_by_semester(municipality)
    page |= {
        "form": form,
        "marked": form["read"].value() or [],
        "has_own": any(case.is_own for case in page["cases"]),
        "publishes": any(page["is_alone"] or not case.is_own for case in page["cases"]),
        "others": {each: n for each, n in everywhere.items() if each != semester},
    }
    return form_page(request, "tracking/office/review.html", page)


@require_safe
@office_page("report.review")
def plain(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """What of a page of the queue nobody has to look at twice: named, before all is published."""
    page = _queue(request, municipality, semester)
    page |= {
        "unsupported": sum(not case.supports for case in page["plain"]),
        "back": _from_its_start(request, municipality, semester),
    }
    return render(request, "tracking/office/review_plain.html", page)


def _queue(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> dict[str, Any]:
    plan = plan_of(municipality, semester)
    reports = waiting(municipality).filter(plan=plan, semester=semester)
    chosen = request.GET.get("unidad", "")
    page = Paginator(of_unit(reports, chosen), PAGE_SIZE).get_page(request.GET.get("pagina"))
    cases = cases_of(list(page), plan, semester, reader=request.user)
    plain = [case for case in cases if case.is_plain]
    return {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "page": page,
        "cases": cases,
        "plain": sorted(plain, key=lambda case: str(case.report.unit or "")),
        "look_twice": [case for case in cases if not case.is_plain],
        "kept": kept_unit(request),
        "units": units_of(reports),
        "chosen": chosen,
        "is_alone": not others_who_review(municipality, request.user),
    }


def _from_its_start(request: OfficeRequest, municipality: Municipality, semester: Semester) -> str:
    """The queue's first page, of the unit that was chosen."""
    return reverse("office:review", args=[municipality.slug, semester]) + kept_unit(request)
