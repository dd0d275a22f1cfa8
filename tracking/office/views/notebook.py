"""The *cuaderno* of a promise: what its unit notes on any day, until it writes the report."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from plans.models import PlanElement
from plans.semester import Semester
from tracking.models import Note, NoteSupport, Withholding
from tracking.office.forms.notebook import BringForm, NoteForm
from tracking.office.views.about import page_about
from tracking.permissions import element_to_report
from tracking.public.views.served import give_file, give_preview
from tracking.services import notebook as services


@office_page("report.edit")
def notebook(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """What was noted, and the form to note more: for its unit, and planning."""
    element = element_to_report(request.user, municipality, semester, ref)
    if request.method != "POST":
        form = NoteForm(request.kept, initial={"day": _usual_day(semester)})
        return _page(request, element, semester, form, BringForm(_waiting(element, semester)))
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            note = services.add_note(
                element, form.cleaned_data["day"], form.cleaned_data["text"], by=request.user
            )
            _keep(note, form, request)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Se anotó."))
            return redirect("office:notebook", municipality.slug, semester, ref)
    return _page(request, element, semester, form, BringForm(_waiting(element, semester)))


@office_page("report.edit")
@button_on("office:notebook", "semester", "ref")
def bring(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """Add the notes that were marked to «Qué se hizo», and their files to the supports."""
    element = element_to_report(request.user, municipality, semester, ref)
    form = BringForm(_waiting(element, semester), request.POST)
    if form.is_valid():
        try:
            chosen = form.cleaned_data["nota"]
            services.bring_notes(element, semester, chosen, by=request.user)
        except ValidationError as refusal:
            form.add_error("nota", refusal)
        else:
            messages.success(request, _("Lo anotado está en «Qué se hizo»: léalo y ajústelo."))
            return redirect("office:report", municipality.slug, semester, ref)
    return _page(request, element, semester, NoteForm(), form)


@office_page("report.edit")
def note(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Change a note, keep a further file with it, or take one away."""
    element = element_to_report(request.user, municipality, semester, ref)
    noted = get_object_or_404(Note, pk=pk, element=element)
    form = NoteForm(request.kept, initial={"day": noted.day, "text": noted.text})
    if request.method == "POST":
        form = NoteForm(request.POST, request.FILES)
        if form.is_valid() and _changed(noted, form, request):
            messages.success(request, _("Se guardó la nota."))
            return redirect("office:notebook", municipality.slug, semester, ref)
    context = page_about(element, semester) | {
        "form": form,
        "note": noted,
        "supports": noted.supports.with_previews(),
    }
    return form_page(request, "tracking/office/note.html", context)


@office_page("report.edit")
@button_on("office:note", "semester", "ref", "pk")
def remove(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Take a note away with its files, as long as no report has it."""
    element = element_to_report(request.user, municipality, semester, ref)
    noted = get_object_or_404(Note, pk=pk, element=element)
    try:
        services.remove_note(noted)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Se quitó la nota."))
    return redirect("office:notebook", municipality.slug, semester, ref)


@office_page("report.edit")
@button_on("office:notebook", "semester", "ref")
def remove_file(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponse:
    """Take a file from its note, as long as no report has it."""
    element = element_to_report(request.user, municipality, semester, ref)
    support = get_object_or_404(
        NoteSupport.objects.select_related("note"), pk=pk, note__element=element
    )
    try:
        services.remove_from_note(support)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Se quitó «%s».") % support.title)
    return redirect("office:note", municipality.slug, semester, ref, support.note_id)


@require_safe
@office_page("report.edit")
def file(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str, pk: int
) -> HttpResponseBase:
    """What is kept with a note; small, where ``vista`` is asked for."""
    element = element_to_report(request.user, municipality, semester, ref)
    support = get_object_or_404(NoteSupport, pk=pk, note__element=element)
    withheld = Withholding.objects.filter(municipality=municipality, sha256=support.sha256)
    if withheld.exists():
        raise Http404(_("Ese archivo se retiró por los datos que lleva."))
    if "vista" in request.GET:
        return give_preview(request, support)
    of = _("el cuaderno de %s") % ref
    return give_file(request, support, of=of, page=element.get_absolute_url())


def _waiting(element: PlanElement, semester: Semester) -> QuerySet[Note]:
    return Note.objects.filter(element=element).waiting(semester)


def _usual_day(semester: Semester) -> dt.date:
    """Today; for a semester that is over, its last day."""
    return min(timezone.localdate(), semester.last_day)


def _keep(noted: Note, form: NoteForm, request: OfficeRequest) -> None:
    if form.received:
        services.keep_with_note(noted, form.received, form.titled, by=request.user)


def _changed(noted: Note, form: NoteForm, request: OfficeRequest) -> bool:
    try:
        services.change_note(noted, form.cleaned_data["day"], form.cleaned_data["text"])
        _keep(noted, form, request)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    return True


def _page(
    request: OfficeRequest,
    element: PlanElement,
    semester: Semester,
    form: NoteForm,
    bringing: BringForm,
) -> HttpResponse:
    pictured = Prefetch("supports", NoteSupport.objects.with_previews())
    notes = list(
        Note.objects.filter(element=element)
        .select_related("by", "taken_to")
        .prefetch_related(pictured)
        .with_waiting(semester)
    )
    context = page_about(element, semester) | {
        "form": form,
        "bringing": bringing,
        "waiting": [each for each in notes if each.is_waiting],  # type: ignore[attr-defined]
        "others": [each for each in notes if not each.is_waiting],  # type: ignore[attr-defined]
    }
    return form_page(request, "tracking/office/notebook.html", context)
