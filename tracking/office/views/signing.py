"""Planning adds to an edition its PDF, signed with means of one's own, and withholds it again."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limited.process import BusyError
from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.accountability.signing import add_signed, withhold_signed
from tracking.models import AccountabilityReport, SignedFile
from tracking.office.forms.signing import SignedForm
from tracking.office.forms.support import ReasonForm
from tracking.permissions import plan_of
from tracking.reading.archives import kept_of
from tracking.reading.editions import editions_of, issued
from tracking.reading.signatures import signed_files_of, signers_of


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("accountability.issue")
def sign(
    request: OfficeRequest, municipality: Municipality, semester: Semester, edition: int
) -> HttpResponse:
    """The signed files of an edition, how to make one, and the form that takes it."""
    rows = editions_of(plan_of(municipality, semester), semester).filter(edition=edition)
    report: AccountabilityReport = get_object_or_404(
        rows.select_related("plan__municipality").defer("content")
    )
    form = SignedForm()
    is_busy = False
    if request.method == "POST":
        form = SignedForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                row = add_signed(report, form.cleaned_data["file"], by=request.user)
            except ValidationError as refused:
                form.add_error("file", refused.messages)
            except BusyError:
                is_busy = True
                busy = _("Se están leyendo otros archivos: vuelva a subir el suyo en un minuto.")
                form.add_error("file", busy)
            else:
                said = _("Se publicó el PDF firmado por %s.") % signers_of(row)
                messages.success(request, said)
                return redirect("office:accountability_sign", municipality.slug, semester, edition)
    (shown,) = issued(rows)
    context = {
        "municipality": municipality,
        "semester": semester,
        "issued": shown,
        "signed": signed_files_of(report),
        "form": form,
    }
    answer = form_page(request, "tracking/office/accountability_sign.html", context)
    return _later(answer) if is_busy else answer


def _later(answer: HttpResponse) -> HttpResponse:
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    answer["Retry-After"] = "60"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("accountability.issue")
def withhold(
    request: OfficeRequest,
    municipality: Municipality,
    semester: Semester,
    edition: int,
    number: int,
) -> HttpResponse:
    """Withhold a signed file, for a reason that is public."""
    plan = plan_of(municipality, semester)
    editions = editions_of(plan, semester).filter(edition=edition)
    file: SignedFile = get_object_or_404(
        SignedFile.objects.published().without_data(), report__in=editions, number=number
    )
    form = ReasonForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        try:
            withhold_signed(file, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Se retiró: desde ahora nadie puede descargarlo."))
            return redirect("office:accountability_sign", municipality.slug, semester, edition)
    context = {
        "municipality": municipality,
        "semester": semester,
        "edition": edition,
        "file": file,
        "signers": signers_of(file),
        "plan": plan,
        "archive": kept_of(plan),
        "form": form,
    }
    return form_page(request, "tracking/office/accountability_withhold.html", context)
