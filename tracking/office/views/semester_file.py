"""A semester's promises as a spreadsheet: downloaded, filled in, and sent back."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import Role
from accounts.forms.filled.reply import TRY
from accounts.forms.spreadsheet import SpreadsheetForm, returned_by
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page, sheet_to_fill
from accounts.sent_numbers import number_in
from plans.models import Plan
from plans.querysets import PlanElementQuerySet
from plans.semester import Semester
from tracking.measuring.tasks import reportable_elements, tasks_of
from tracking.office.sheets.columns import COLUMNS
from tracking.office.sheets.semester_file import file_of
from tracking.office.sheets.semester_reply import SemesterReply
from tracking.office.views.semester import send_what_is_complete
from tracking.office.worklists.unit_filter import unit_filter
from tracking.permissions import (
    own,
    plan_of,
    roles_in,
    trouble_entering,
    trouble_sending,
    window_of,
)

SEND = "enviar"


@require_safe
@office_page("report.edit")
def semester_file(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """What a person reports, of one unit or of all of theirs, to be filled in."""
    plan = plan_of(municipality, semester)
    sees_all = Role.PLANNING in roles_in(request.user, municipality)
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=sees_all)
    elements = own(units.narrow(reportable_elements(request.user, plan)))
    title = str(units.heading or municipality)
    content = file_of(tasks_of(elements, plan, semester), municipality.slug, semester, title)
    return sheet_to_fill(content, f"hoja-{municipality.slug}-{semester}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.edit")
def semester_upload(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """A sheet that was filled in, answered row by row; rows that waited come back mended."""
    plan = plan_of(municipality, semester)
    if trouble := trouble_entering(plan, window_of(municipality, semester)):
        raise PermissionDenied(trouble)
    page = _Page(request, plan, semester)
    if request.method == "POST" and "fila" not in request.POST:
        return page.sheet_sent()
    if typed := request.POST if request.method == "POST" else request.kept:
        return page.rows_sent(typed.copy())
    return page.shown(SpreadsheetForm())


class _Page:
    """The page of a person's sheet of SEMESTER."""

    def __init__(self, request: OfficeRequest, plan: Plan, semester: Semester) -> None:
        self._request, self._plan, self._semester = request, plan, semester
        self._mine: PlanElementQuerySet = own(reportable_elements(request.user, plan))  # type: ignore[assignment]

    def sheet_sent(self) -> HttpResponse:
        request, place = self._request, self._plan.municipality.slug
        form = SpreadsheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form)
        sheet = returned_by(form, COLUMNS, place=place, period=str(self._semester))
        if sheet is None:
            return self.shown(form)
        reply = SemesterReply(
            tasks_of(self._mine, self._plan, self._semester),
            is_tried=request.POST.get("accion") == TRY,
        )
        reply.take_sheet(sheet, self._plan, by=request.user)
        return self.shown(SpreadsheetForm(), reply)

    def rows_sent(self, typed: QueryDict) -> HttpResponse:
        """Rows that waited, as they were mended; or kept from before a session ended."""
        is_sent = self._request.method == "POST"
        ids = [pk for each in typed.getlist("fila") if (pk := number_in(each)) is not None]
        tasks = tasks_of(self._mine.filter(pk__in=ids), self._plan, self._semester)
        reply = SemesterReply(tasks)
        reply.take_rows(typed, by=self._request.user if is_sent else None)
        told = reply.told
        if not is_sent or told.is_faulty:
            return self.shown(SpreadsheetForm(), reply)
        messages.success(self._request, _saved_sentence(len(told.taken)))
        if typed.get("accion") == SEND:
            send_what_is_complete(self._request, self._plan, self._semester)
        return redirect("office:semester", self._plan.municipality.slug, self._semester)

    def shown(self, form: SpreadsheetForm, reply: SemesterReply | None = None) -> HttpResponse:
        municipality = self._plan.municipality
        window = window_of(municipality, self._semester)
        context = {
            "municipality": municipality,
            "semester": self._semester,
            "form": form,
            "reply": reply.told if reply else None,
            "rows": reply.told.first(reply.waiting) if reply else [],
            "waits": trouble_sending(window, at=timezone.localdate()),
        }
        is_faulty = form.errors or (reply and reply.told.is_faulty)
        status = HTTPStatus.OK
        if is_faulty and self._request.method == "POST":
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        template = "tracking/office/semester_file.html"
        return render(self._request, template, context, status=status)


def _saved_sentence(count: int) -> str:
    if not count:
        return _("No había cambios que guardar.")
    return ngettext("Se guardó %s fila.", "Se guardaron %s filas.", count) % count
