"""Mi semestre: what a person has to report, and how far each piece of it is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.forms.spreadsheet import SpreadsheetForm
from accounts.models import Membership, Municipality, User
from accounts.office import OfficeRequest, button_on, office_page
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tracking.measuring.tasks import reportable_elements, tasks_of
from tracking.models import SemesterWindow
from tracking.office.views.panel import panel_of
from tracking.office.worklists.agenda import (
    AgendaItem,
    Group,
    agenda,
    days_sentence,
    group_counts,
    to_send,
)
from tracking.office.worklists.unit_filter import sees_every_unit, unit_filter
from tracking.permissions import own, plan_of, trouble_entering, trouble_sending, window_of
from tracking.reading.facets import Option
from tracking.services.in_bulk import submit_complete

PAGE_SIZE = 50
MOST_NAMED = 10
ROWS = {"unidad", "estado"}
"""What an address asks for to be shown promise by promise."""


@require_safe
@office_page("report.view")
def my_semester(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """Every row of the semester by its group; who reports for units sees those of theirs.

    Who sees all units first sees how each stands, and the rows of one once it is chosen.
    """
    plan = plan_of(municipality, semester)
    today = timezone.localdate()
    windows = SemesterWindow.objects.filter(municipality=municipality).order_by("semester")
    by_semester = {window.semester: window for window in windows}
    window = by_semester.get(semester)
    sees_all = sees_every_unit(request.user, municipality)
    context: dict[str, Any] = {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "window": window,
        "days": days_sentence(window, at=today) if window else "",
        "is_late": window is not None and window.is_past_due(today),
        "trouble": trouble_entering(plan, window),
        "waits": trouble_sending(window, at=today),
        **_neighbours(list(by_semester), semester),
    }
    if sees_all and not ROWS & request.GET.keys():
        context |= panel_of(request, plan, semester, window)
        context["prepare"] = _unprepared(by_semester, at=today)
        return render(request, "tracking/office/panel.html", context)
    context |= _rows(request, plan, semester, window, sees_all=sees_all)
    return render(request, "tracking/office/semester.html", context)


def _rows(
    request: OfficeRequest,
    plan: Plan,
    semester: Semester,
    window: SemesterWindow | None,
    *,
    sees_all: bool,
) -> dict[str, Any]:
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=sees_all)
    elements = units.narrow(reportable_elements(request.user, plan))
    if not sees_all:
        elements = own(elements)
    items = agenda(tasks_of(elements, plan, semester), window, at=timezone.localdate())
    chosen = request.GET.get("estado", "")
    shown = [item for item in items if item.group == chosen] if chosen in Group.values else items
    return {
        "units": units,
        "chosen": chosen,
        "groups": _options(items, chosen, request.GET),
        "total": len(items),
        "done": sum(item.task.is_done for item in items),
        "ready": sum(item.is_complete for item in to_send(items, request.user)),
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "sheet_form": SpreadsheetForm(),
        "lent": _lent(request.user, plan.municipality),
    }


def _lent(user: User, municipality: Municipality) -> list[Membership]:
    """The roles there that USER has today because they stand in for somebody."""
    held = user.current_memberships
    return [each for each in held if each.lent_by and each.municipality_id == municipality.pk]


def _options(items: list[AgendaItem], chosen: str, parameters: QueryDict) -> list[Option]:
    """The groups to filter by, "" for all, each with its address, the unit kept."""
    rows: list[tuple[str, Any, int]] = [("", _("Todo"), len(items))]
    rows += [(group.value, group.label, count) for group, count in group_counts(items)]
    options = []
    for value, label, count in rows:
        kept = parameters.copy()
        kept.pop("pagina", None)
        kept["estado"] = value
        address = f"?{kept.urlencode()}"
        options.append(Option(value, label, count, value == chosen, address))
    return options


def _unprepared(known: Iterable[Semester], *, at: dt.date) -> Term | None:
    """The term for which a municipality gets ready, if none of its KNOWN semesters is of it."""
    term = Term.to_prepare(at)
    return None if any(term.holds(each.year) for each in known) else term


def _neighbours(known: list[Semester], semester: Semester) -> dict[str, Semester | None]:
    """The nearest semesters with a window before and after SEMESTER; KNOWN in order of time."""
    before = [each for each in known if each < semester]
    after = [each for each in known if each > semester]
    return {"before": before[-1] if before else None, "after": after[0] if after else None}


@office_page("report.edit")
@button_on("office:semester", "semester")
def send_complete(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """Send to review, at once, whatever of one's own is complete."""
    send_what_is_complete(request, plan_of(municipality, semester), semester)
    return redirect("office:semester", slug=municipality.slug, semester=semester)


def send_what_is_complete(request: OfficeRequest, plan: Plan, semester: Semester) -> None:
    """Send it, and say what was sent and what lacks something."""
    municipality = plan.municipality
    window = window_of(municipality, semester)
    elements = own(reportable_elements(request.user, plan))
    items = agenda(tasks_of(elements, plan, semester), window, at=timezone.localdate())
    tasks = [item.task for item in to_send(items, request.user)]
    entries = {task.report.pk: task.entry for task in tasks if task.report}
    result = submit_complete(entries, by=request.user)
    if result.sent:
        messages.success(request, _sent_sentence(len(result.sent)))
    if result.left:
        lacking = {report.element_id for report, _missing in result.left}
        messages.warning(
            request,
            _left_sentence([task.element.ref for task in tasks if task.element.pk in lacking]),
        )
    if tasks:
        return
    if any(item.task.report and item.task.report.is_submitted for item in items):
        messages.info(request, _("No hay nada más que enviar: lo completo ya está en revisión."))
    else:
        messages.info(request, _("No hay nada que enviar: empiece por informar."))


def _sent_sentence(count: int) -> str:
    sentence = ngettext(
        "Se envió %(n)s informe a revisión.", "Se enviaron %(n)s informes a revisión.", count
    )
    return sentence % {"n": count}


def _left_sentence(refs: list[str]) -> str:
    """«A 2 les falta algo: S.1.2, S.1.3.»"""
    named = ", ".join(refs[:MOST_NAMED])
    if more := refs[MOST_NAMED:]:
        named = _("%(named)s y %(n)s más") % {"named": named, "n": len(more)}
    sentence = ngettext(
        "A %(n)s le falta algo: %(named)s.", "A %(n)s les falta algo: %(named)s.", len(refs)
    )
    return sentence % {"n": len(refs), "named": named}
