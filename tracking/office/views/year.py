"""A year as it is planned, its days for a calendar, and a semester's work on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.models import Plan
from plans.semester import Semester
from tracking.choices import Step
from tracking.measuring.tasks import reportable_elements, tasks_of
from tracking.models import SemesterWindow
from tracking.office.calendar_file import calendar_of
from tracking.office.worklists.unit_filter import sees_every_unit, unit_filter
from tracking.office.worklists.year import days_in, offices_in, windows_in
from tracking.permissions import own, plan_of


@require_safe
@office_page("report.view")
def year(request: OfficeRequest, municipality: Municipality, year: int) -> HttpResponse:
    """What a year asks of everybody; who reports for units sees those of theirs."""
    plan = _plan_of_year(municipality, year)
    sees_all = sees_every_unit(request.user, municipality)
    elements = reportable_elements(request.user, plan)
    tasks = tasks_of(elements if sees_all else own(elements), plan, Semester(year, 2))
    page = {
        "municipality": municipality,
        "plan": plan,
        "year": str(year),
        "days": days_in(windows_in(municipality, year), year),
        "offices": offices_in(tasks, year),
        "before": str(year - 1) if plan.term.holds(year - 1) else "",
        "after": str(year + 1) if plan.term.holds(year + 1) else "",
        "today": timezone.localdate(),
    }
    return render(request, "tracking/office/year.html", page)


@require_safe
@office_page("report.view")
def paper(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """The semester's work on paper: each promise with room to write by hand."""
    plan = plan_of(municipality, semester)
    sees_all = sees_every_unit(request.user, municipality)
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=sees_all)
    elements = units.narrow(reportable_elements(request.user, plan))
    page = {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "units": units,
        "steps": Step.labels,
        "tasks": tasks_of(elements if sees_all else own(elements), plan, semester),
        "window": SemesterWindow.objects.filter(
            municipality=municipality, semester=semester
        ).first(),
    }
    return render(request, "tracking/office/paper.html", page)


@require_safe
@office_page("report.view")
def calendar(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """The days of the semesters that are not closed, as a file."""
    windows = SemesterWindow.objects.filter(municipality=municipality, closed_at=None)
    rows = windows.select_related("municipality").order_by("semester")
    content = calendar_of(municipality, rows, at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vigia-{municipality.slug}.ics"'
    return response


def _plan_of_year(municipality: Municipality, year: int) -> Plan:
    try:
        return plan_of(municipality, Semester.parse(f"{year}-I"))
    except ValueError as unlikely:
        raise Http404 from unlikely
