"""What sustains a report that is being written: add it, look at it, take it away, withhold it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from plans.models import PlanElement
from plans.semester import Semester
from tracking.models import ProgressReport, Support
from tracking.office.forms.support import AboutForm, ReasonForm, SupportForm
from tracking.office.views.about import page_about
from tracking.permissions import element_to_read, element_to_report
from tracking.public.views.served import serve, serve_preview
from tracking.reading.archives import kept_of
from tracking.services import supports as services


@office_page("report.edit")
def supports(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """The supports of a report that was saved, and the form to add one."""
    element = element_to_report(request.user, municipality, semester, ref)
    report = report_to_sustain(element, semester)
    if report is None:
        return save_first(request, element, semester)
    if request.method != "POST":
        return _page(request, element, report, SupportForm(request.kept))
    form = SupportForm(request.POST, request.FILES)
    support = _added(form, report, request) if form.is_valid() else None
    if request.accepts("text/html"):
        if support is None:
            return _page(request, element, report, form)
        messages.success(request, _told(form, support))
        return redirect("office:add_support", municipality.slug, semester, ref)
    if support and form.is_dated_by_picture:
        messages.success(request, _told(form, support))
    return _brief(form, support)


def _told(form: SupportForm, support: Support) -> str:
    """That it was added, and the day that was read from it: nobody typed that one."""
    told = _("Se agregó «%s».") % support.title
    if form.is_dated_by_picture:
        sentence = _("Su fecha, %s, es la que guardó la cámara: cámbiela si no es.")
        told += " " + sentence % date_format(support.taken_on)
    return told


def report_to_sustain(element: PlanElement, semester: Semester) -> ProgressReport | None:
    """The report of ELEMENT that takes supports; None where none was begun, or it was sent."""
    report = ProgressReport.objects.open().filter(element=element, semester=semester).first()
    if report is None or not report.is_open:
        return None
    report.municipality, report.element = element.plan.municipality, element
    return report


def save_first(request: OfficeRequest, element: PlanElement, semester: Semester) -> HttpResponse:
    """Back to the report, which has to be there before anything sustains it."""
    messages.info(request, _("Guarde primero el informe: después se agregan sus sustentos."))
    return redirect("office:report", element.plan.municipality.slug, semester, element.ref)


def _added(form: SupportForm, report: ProgressReport, request: OfficeRequest) -> Support | None:
    try:
        if form.received:
            if there := _there_already(form, report):
                return there
            return services.add_file(report, form.received, form.about, by=request.user)
        url = form.cleaned_data["url"]
        return services.add_link(report, url, form.about, by=request.user)
    except ValidationError as refusal:
        form.add_error("file" if form.received else "url", refusal)
        return None


def _there_already(form: SupportForm, report: ProgressReport) -> Support | None:
    """What was received before and said the same of: its answer was lost on a broken line."""
    received, about = form.received, form.about
    if received is None:
        return None
    found: Support | None = report.supports.filter(
        sha256=received.sha256, title=about.title, taken_on=about.taken_on, place=about.place
    ).first()
    return found


def _brief(form: SupportForm, support: Support | None) -> JsonResponse:
    """The answer to the script that sends several files one by one."""
    if support:
        return JsonResponse({"told": _told(form, support)}, status=HTTPStatus.CREATED)
    errors = [str(each) for each_field in form.errors.values() for each in each_field]
    return JsonResponse({"errors": errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: OfficeRequest, element: PlanElement, report: ProgressReport, form: SupportForm
) -> HttpResponse:
    context = page_about(element, report.semester) | {
        "supports": list(report.supports.with_withholding().with_previews()),
        "form": form,
    }
    return form_page(request, "tracking/office/supports.html", context)


@office_page("report.edit")
def describe(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Say otherwise what a support is, of which day and where."""
    element = element_to_report(request.user, municipality, semester, ref)
    support = _support_of(element, semester, pk)
    said = {name: getattr(support, name) for name in services.SAID_OF_IT}
    form = AboutForm(request.POST if request.method == "POST" else request.kept, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_support(support, form.about, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Se guardó «%s».") % form.about.title)
            return redirect("office:add_support", municipality.slug, semester, ref)
    rows = Support.objects.filter(pk=pk).with_withholding().with_previews()
    context = page_about(element, semester) | {
        "support": rows.get(),
        "form": form,
    }
    return form_page(request, "tracking/office/describe_support.html", context)


@office_page("report.edit")
@button_on("office:add_support", "semester", "ref")
def remove(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Take a support away from a report that is not public yet."""
    element = element_to_report(request.user, municipality, semester, ref)
    support = _support_of(element, semester, pk)
    try:
        services.remove_support(support, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Se quitó «%s».") % support.title)
    return redirect("office:add_support", municipality.slug, semester, ref)


@require_safe
@office_page("report.view")
def support(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponseBase:
    """The file, also before it is public: for whoever reads the municipality's reports."""
    element = element_to_read(request.user, municipality, semester, ref)
    return serve(request, _support_of(element, semester, pk))


@require_safe
@office_page("report.view")
def preview(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponseBase:
    """The small picture of a photograph, for whoever may have the photograph itself."""
    element = element_to_read(request.user, municipality, semester, ref)
    return serve_preview(request, _support_of(element, semester, pk))


@office_page("report.review")
def withhold(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Withhold what was published and should not have been, for a reason that is public."""
    element = element_to_read(request.user, municipality, semester, ref)
    support = _support_of(element, semester, pk)
    form = ReasonForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        try:
            services.withhold(support, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Se retiró: desde ahora nadie puede descargarlo."))
            return redirect("office:report", municipality.slug, semester, ref)
    context = page_about(element, semester) | {
        "support": support,
        "archive": kept_of(element.plan),
        "form": form,
    }
    return form_page(request, "tracking/office/withhold.html", context)


def _support_of(element: PlanElement, semester: Semester, pk: int) -> Support:
    rows = Support.objects.select_related("report__plan__municipality", "report__element")
    support: Support = get_object_or_404(
        rows, pk=pk, report__element=element, report__semester=semester
    )
    return support
