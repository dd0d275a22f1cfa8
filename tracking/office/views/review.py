"""Planning's queue: read what was sent; publish it, or return it with a reason."""

from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.office.forms.review import PublishForm, ReturnForm
from tracking.office.worklists.cases import cases_of, waiting, waiting_by_semester
from tracking.permissions import others_who_review, plan_of
from tracking.services.review import Publication, return_report

PAGE_SIZE: Final = 25
NO_UNIT: Final = "ninguna"


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
    if request.method != "POST":
        form = _publish_form(request, municipality, request.kept)
        return render(
            request, "tracking/office/review.html", _queue(request, municipality, semester, form)
        )
    form = _publish_form(request, municipality, request.POST)
    if not form.is_valid():
        page = _queue(request, municipality, semester, form)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "tracking/office/review.html", page, status=status)
    _tell(request, form.publish())
    return redirect(_without_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.review")
def report(
    request: OfficeRequest, municipality: Municipality, semester: Semester, pk: int
) -> HttpResponse:
    """One report in full, with its history; publishes or returns it."""
    report = get_object_or_404(ProgressReport, municipality=municipality, semester=semester, pk=pk)
    typed = request.POST if request.method == "POST" else request.kept
    returns = "reason" in typed if typed else False
    back = ReturnForm(typed if returns else None, initial={"edit": report.edit})
    publish = _publish_form(request, municipality, None if returns else typed)
    if request.method == "POST":
        decided = _returned(request, report, back) if returns else _published(request, publish)
        if decided:
            return redirect("office:review", municipality.slug, semester)
    plan = plan_of(municipality, semester)
    report.refresh_from_db()
    (case,) = cases_of([report], plan, semester, reader=request.user)
    page = {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "case": case,
        "form": publish,
        "back": back,
        "is_alone": not others_who_review(municipality, request.user),
    }
    return form_page(request, "tracking/office/review_report.html", page)


def _queue(
    request: OfficeRequest, municipality: Municipality, semester: Semester, form: PublishForm
) -> dict[str, Any]:
    plan = plan_of(municipality, semester)
    reports = waiting(municipality).filter(plan=plan, semester=semester)
    units = _units_of(reports)
    chosen = request.GET.get("unidad", "")
    if chosen:
        reports = reports.filter(_of_unit(chosen, units))
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("pagina"))
    cases = cases_of(list(page), plan, semester, reader=request.user)
    everywhere = waiting_by_semester(municipality)
    is_alone = not others_who_review(municipality, request.user)
    return {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "page": page,
        "cases": cases,
        "units": units,
        "chosen": chosen,
        "form": form,
        "marked": form["read"].value() or [],
        "has_own": any(case.is_own for case in cases),
        "is_alone": is_alone,
        "publishes": any(is_alone or not case.is_own for case in cases),
        "others": {each: n for each, n in everywhere.items() if each != semester},
    }


class UnitQueue(NamedTuple):
    """How many reports wait that come in the name of one unit; of none, where it has no id."""

    unit: int | None
    name: str | None
    n: int


def _units_of(reports: QuerySet[ProgressReport]) -> list[UnitQueue]:
    """The units in whose name REPORTS come."""
    rows = reports.order_by("unit__name").values_list("unit", "unit__name")
    return [UnitQueue(*row) for row in rows.annotate(n=Count("pk"))]


def _of_unit(chosen: str, units: list[UnitQueue]) -> Q:
    """The condition on a report's unit: the one CHOSEN by its id, or none for NO_UNIT."""
    if chosen == NO_UNIT:
        return Q(unit=None)
    return Q(unit__in=[each.unit for each in units if str(each.unit) == chosen])


def _publish_form(request: OfficeRequest, municipality: Municipality, data: Any) -> PublishForm:
    return PublishForm(data, municipality=municipality, by=request.user)


def _published(request: OfficeRequest, form: PublishForm) -> bool:
    if not form.is_valid():
        return False
    done = form.publish()
    for _report, reason in done.left:
        form.add_error(None, reason)
    if done.published:
        _tell(request, done)
    return bool(done.published)


def _returned(request: OfficeRequest, report: ProgressReport, form: ReturnForm) -> bool:
    if not form.is_valid():
        return False
    reason, read = form.cleaned_data["reason"], form.cleaned_data["edit"]
    try:
        back = return_report(report, reason, report.municipality, read=read, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Se devolvió %s a quienes lo escribieron.") % back.element.ref)
    return True


def _tell(request: OfficeRequest, done: Publication) -> None:
    """«Se publicaron 24 informes. 1 no: S.1.2 (cambió después de que usted lo leyó).»"""
    count, left = len(done.published), len(done.left)
    sentence = _("No se publicó nada.")
    if count:
        sentence = ngettext("Se publicó %s informe.", "Se publicaron %s informes.", count) % count
    if left:
        reasons = ", ".join(
            f"{report.element.ref} ({reason[:1].lower()}{reason[1:].rstrip('.')})"
            for report, reason in done.left
        )
        sentence += " " + _("%(n)s no: %(reasons)s.") % {"n": left, "reasons": reasons}
    messages.add_message(
        request, messages.WARNING if left or not count else messages.SUCCESS, sentence
    )


def _without_page(request: OfficeRequest) -> str:
    kept = request.GET.copy()
    kept.pop("pagina", None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
