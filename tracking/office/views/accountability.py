"""Planning's accountability reports: what is missing, the draft, and the act of issuing."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.models import Plan
from plans.semester import Semester
from tracking.accountability.chapters import Chapters
from tracking.accountability.comparing import fingerprint
from tracking.accountability.edition import Edition
from tracking.accountability.issuing import (
    WRITTEN,
    draft_content,
    draft_of,
    projected_year,
    save_draft_of,
)
from tracking.accountability.issuing import issue as issue_report
from tracking.models import AccountabilityReport, SemesterWindow
from tracking.office.forms.accountability import DraftForm, IssueForm
from tracking.office.worklists.gaps import closed_semesters, gaps_of
from tracking.office.worklists.vacant import offices_without_people
from tracking.permissions import plan_of
from tracking.reading.editions import editions_of, issued


@require_safe
@office_page("accountability.issue")
def semesters(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """The closed semesters, newest first, each with its current edition if it has one."""
    context = {"municipality": municipality, "semesters": closed_semesters(municipality)}
    return render(request, "tracking/office/accountability.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("accountability.issue")
def draft(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """What is missing from the report, and what planning writes in it."""
    plan, window = _closed(municipality, semester)
    stored = draft_of(plan, semester, by=request.user)
    now = {name: getattr(stored, name) for name in (*WRITTEN, "edit")}
    year = projected_year(plan, window)
    form = DraftForm(request.POST or request.kept, initial=now, year=year, semester=semester)
    status, theirs = HTTPStatus.OK, None
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            seen = form.cleaned_data["edit"]
            try:
                save_draft_of(plan, semester, form.texts, seen=seen, by=request.user)
            except ValidationError as refused:
                form.add_error(None, refused)
                theirs = draft_of(plan, semester, by=request.user)
                status, form.data = HTTPStatus.CONFLICT, {**form.texts, "edit": theirs.edit}
            else:
                messages.success(request, _("Se guardó el borrador. Todavía no es público."))
                return redirect("office:accountability_draft", municipality.slug, semester)
    context = {
        **_page(municipality, plan, window),
        "form": form,
        "theirs": theirs,
        "year": year,
        "gaps": gaps_of(plan, window),
        "without_people": offices_without_people(plan),
        "editions": issued(editions_of(plan, semester)),
    }
    return render(request, "tracking/office/accountability_draft.html", context, status=status)


@require_safe
@office_page("accountability.issue")
def preview(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """The report as it would be issued now."""
    plan, window = _closed(municipality, semester)
    content = draft_content(plan, window, draft_of(plan, semester, by=request.user))
    edition = Edition(content)
    context = {
        **_page(municipality, plan, window),
        "edition": edition,
        "content": content,
        "chapters": Chapters(edition, is_whole=True),
    }
    return render(request, "tracking/office/accountability_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("accountability.issue")
def issue(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """Confirm, with the second factor once more, and issue what was read."""
    plan, window = _closed(municipality, semester)
    # Never bound to what was kept: reading a page must not spend a code.
    form = IssueForm(
        request.POST or None,
        initial={"reason": request.kept.get("reason", "")} if request.kept else {},
        user=request.user,
        is_first=not editions_of(plan, semester).exists(),
    )
    is_sent = request.method == "POST"
    if is_sent and _is_issued(request, form, plan, window):
        return redirect("office:accountability_draft", municipality.slug, semester)
    content = draft_content(plan, window, draft_of(plan, semester, by=request.user))
    offered = {"edition": content.edition, "read": fingerprint(content)}
    form.initial |= offered
    if is_sent:
        form.data = {**form.data.dict(), **offered, "code": ""}
    context = {
        **_page(municipality, plan, window),
        "form": form,
        "edition": Edition(content),
        "content": content,
    }
    return form_page(request, "tracking/office/accountability_issue.html", context)


def _is_issued(request: OfficeRequest, form: IssueForm, plan: Plan, window: SemesterWindow) -> bool:
    # Held before the code is asked: of a form that was sent twice, the second finds it issued.
    with transaction.atomic():
        Municipality.objects.filter(pk=plan.municipality_id).held().get()
        report = _issued_by_the_same(request, plan, window)
        if report is None:
            if not form.is_valid():
                return False
            said = {name: form.cleaned_data.get(name, "") for name in ("edition", "reason", "read")}
            try:
                report = issue_report(plan, window, by=request.user, **said)
            except ValidationError as refused:
                form.add_error(None, refused)
                return False
    sentence = _("Se emitió la edición %(n)s, con el código %(code)s. Sus archivos se preparan.")
    messages.success(request, sentence % {"n": report.edition, "code": report.printed_code})
    return True


def _issued_by_the_same(
    request: OfficeRequest, plan: Plan, window: SemesterWindow
) -> AccountabilityReport | None:
    """The edition that the form would make, where its sender issued it last."""
    newest = editions_of(plan, window.semester).filter(issued_by=request.user).first()
    is_it = newest and request.POST.get("edition") == str(newest.edition)
    return newest if is_it else None


def _closed(municipality: Municipality, semester: Semester) -> tuple[Plan, SemesterWindow]:
    """The plan and the days of SEMESTER, once it is closed; Http404 before."""
    plan = plan_of(municipality, semester)
    rows = SemesterWindow.objects.filter(municipality=municipality, closed_at__isnull=False)
    return plan, get_object_or_404(rows, semester=semester)


def _page(municipality: Municipality, plan: Plan, window: SemesterWindow) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "plan": plan,
        "semester": window.semester,
        "window": window,
    }
