"""When each semester is reported, and the act that closes it."""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.forms.whole_rows import tell
from accounts.models import Municipality, Unit
from accounts.office import OfficeRequest, form_page, office_page
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tracking.measuring.closing import fingerprint, lines_of, trouble_closing
from tracking.models import ProgressReport, SemesterWindow
from tracking.office.forms.confirmed import ConfirmedForm
from tracking.office.forms.windows import WindowForm
from tracking.office.worklists.closing import by_office, signals_of
from tracking.office.worklists.queue import waiting_by_semester
from tracking.office.worklists.vacant import offices_without_people
from tracking.permissions import plan_of
from tracking.services.semesters import (
    close_semester,
    generate_windows,
    save_window,
)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("semester.edit")
def windows(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """The semesters of the municipality's plans; proposes the days of those that have none."""
    terms = _terms_of(municipality)
    if request.method == "POST":
        return _generate(request, municipality, terms)
    return _windows(request, municipality, terms)


def _windows(
    request: OfficeRequest,
    municipality: Municipality,
    terms: list[Term],
    *,
    lacking: Term | None = None,
) -> HttpResponse:
    """The page of windows. LACKING: the term whose first semester was not chosen."""
    rows = SemesterWindow.objects.filter(municipality=municipality).select_related("closed_by")
    silent = Count("lines", filter=Q(lines__report=None))
    known = list(rows.annotate(n_lines=Count("lines"), n_silent=silent).order_by("-semester"))
    waiting = waiting_by_semester(municipality)
    semesters = {each.semester for each in known}
    page = {
        "municipality": municipality,
        "windows": [(window, waiting.get(window.semester, 0)) for window in known],
        "incomplete": [(term, missing) for term in terms if (missing := _missing(term, semesters))],
        "lacking": lacking,
        "terms": terms,
        "today": timezone.localdate(),
        "year": _year_to_plan(terms, timezone.localdate().year),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if lacking else HTTPStatus.OK
    return render(request, "tracking/office/windows.html", page, status=status)


def _year_to_plan(terms: list[Term], now: int) -> str:
    """The year NOW, or the next to it that one of TERMS holds; "" without any."""
    years = (term.nearest(now) for term in terms)
    return str(min(years, key=lambda year: abs(year - now), default=""))


def _missing(term: Term, known: Collection[Semester]) -> list[Semester]:
    """The semesters of TERM that can get their days: none from before the first that has them."""
    every = Semester.all_of(term)
    first = min((each for each in every if each in known), default=every[0])
    return [each for each in every if each not in known and each >= first]


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("semester.edit")
def window(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """The days of one semester."""
    window = _window(municipality, semester)
    if window.is_closed:
        return redirect("office:close", municipality.slug, semester)
    form = WindowForm(request.POST or request.kept, instance=window)
    if request.method == "POST" and _saved(form):
        messages.success(request, _("Se guardaron los plazos de %s.") % semester)
        return redirect("office:windows", municipality.slug)
    page = {"municipality": municipality, "semester": semester, "form": form}
    return form_page(request, "tracking/office/window.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("semester.edit")
def close(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """Shows what closing would fix before it is asked for, and afterwards what it fixed."""
    window = _window(municipality, semester)
    # Never bound to what was kept: reading a page must not spend a code.
    is_sent = request.method == "POST"
    form = ConfirmedForm(request.POST if is_sent else None, user=request.user)
    if is_sent and _is_closed(request, form, window):
        messages.success(request, _("Se cerró el semestre %s.") % semester)
        return redirect("office:close", municipality.slug, semester)
    page = _closing(municipality, window, form)
    return form_page(request, "tracking/office/close.html", page)


def _is_closed(request: OfficeRequest, form: ConfirmedForm, window: SemesterWindow) -> bool:
    # Held before the code is asked: of a form that was sent twice, the second finds it closed.
    with transaction.atomic():
        stored = SemesterWindow.objects.select_for_update().get(pk=window.pk)
        if stored.closed_by_id == request.user.pk:
            return True
        if trouble_closing(stored, at=timezone.localdate()) or not form.is_valid():
            return False  # the page says why
        try:
            close_semester(stored, by=request.user, read=form.cleaned_data["read"])
        except ValidationError as refused:
            form.add_error(None, refused)
            return False
    return True


def _closing(
    municipality: Municipality, window: SemesterWindow, form: ConfirmedForm
) -> dict[str, Any]:
    window.refresh_from_db()
    vacant: Mapping[Unit, int] = {}
    if window.is_closed:
        stored = window.lines.select_related("element", "report")
        lines = list(stored.order_by("element__position", "element"))
    else:
        lines = lines_of(window)
        vacant = offices_without_people(plan_of(municipality, window.semester))
        form.initial["read"] = fingerprint(lines)
        if form.is_bound:
            form.data = {**form.data.dict(), "read": form.initial["read"], "code": ""}
    open_reports = ProgressReport.objects.open().filter(
        municipality=municipality, semester=window.semester
    )
    units = {each.pk: each for each in municipality.units.all()}
    begun = {each.element_id: each for each in open_reports}
    offices = by_office(lines, units, begun)
    silent = sum(len(office.silent) for office in offices)
    return {
        "municipality": municipality,
        "semester": window.semester,
        "window": window,
        "form": form,
        "reported": len(lines) - silent,
        "signals": signals_of(lines),
        "silent": silent,
        "offices": offices,
        "without_people": vacant,
        "trouble": trouble_closing(window, at=timezone.localdate()),
        "waits": waiting_by_semester(municipality).get(window.semester, 0),
    }


def _generate(
    request: OfficeRequest, municipality: Municipality, terms: list[Term]
) -> HttpResponse:
    term = next((each for each in terms if str(each) == request.POST.get("term")), None)
    if term is None:
        raise Http404
    offered = {str(each): each for each in Semester.all_of(term)}
    since = offered.get(request.POST.get("desde", ""))
    if since is None:
        return _windows(request, municipality, terms, lacking=term)
    count = generate_windows(municipality, term, since=since)
    sentence = ngettext(
        "Se generaron los plazos de %s semestre.", "Se generaron los plazos de %s semestres.", count
    )
    if count:
        messages.success(request, sentence % count)
    else:
        messages.info(request, _("Todos los semestres tenían ya sus plazos."))
    return redirect("office:windows", municipality.slug)


def _saved(form: WindowForm) -> bool:
    if not form.is_valid():
        return False
    try:
        save_window(form.instance)
    except ValidationError as refused:
        tell(form, refused, beside="closes_on")
        return False
    return True


def _terms_of(municipality: Municipality) -> list[Term]:
    """The terms of the published plans of MUNICIPALITY, newest first."""
    plans = Plan.objects.published().in_force().filter(municipality=municipality)
    return [plan.term for plan in plans.order_by("-first_year")]


def _window(municipality: Municipality, semester: Semester) -> SemesterWindow:
    rows = SemesterWindow.objects.select_related("closed_by", "municipality")
    window: SemesterWindow = get_object_or_404(rows, municipality=municipality, semester=semester)
    return window
