"""The panel of planning: who is behind in a semester, and a reminder to them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality, Unit
from accounts.office import OfficeRequest, button_on, office_page
from plans.models import Plan
from plans.semester import Semester
from tracking.measuring.tasks import Task, reportable_elements, tasks_of
from tracking.models import SemesterWindow
from tracking.office.worklists.panel import Count, UnitRow, rows_of, with_people
from tracking.permissions import plan_of, trouble_reminding
from tracking.services.reminding import Asked, remind_units


def panel_of(
    request: OfficeRequest, plan: Plan, semester: Semester, window: SemesterWindow | None
) -> dict[str, Any]:
    """What the panel of SEMESTER shows, for whoever sees all units of PLAN."""
    tasks, rows = _counted(request, plan, semester)
    rows = with_people(rows, plan.municipality, window)
    whole = Count(tasks)
    return {
        "rows": rows,
        "whole": whole,
        "total": whole.due,
        "done": whole.done,
        "behind": [row for row in rows if row.missing],
        "vacant": [row for row in rows if row.is_vacant],
        "nobodys": next((row for row in rows if row.unit is None), None),
        "trouble_reminding": trouble_reminding(window, at=timezone.localdate()),
        "to_remind": [row for row in rows if row.can_be_reminded],
    }


def _counted(
    request: OfficeRequest, plan: Plan, semester: Semester
) -> tuple[list[Task], list[UnitRow]]:
    """What is asked of PLAN in SEMESTER, and the row of each unit, without its people."""
    tasks = tasks_of(reportable_elements(request.user, plan), plan, semester)
    return tasks, rows_of(tasks, plan.municipality.units.all())


@office_page("report.review")
@button_on("office:semester", "semester")
def remind(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """Write to those who report for one unit, or for all that are behind."""
    plan = plan_of(municipality, semester)
    units = _asked_units(request, plan, semester)
    try:
        _tell(request, remind_units(municipality, semester, units, by=request.user))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("office:semester", municipality.slug, semester)


def _asked_units(request: OfficeRequest, plan: Plan, semester: Semester) -> list[Unit]:
    """The unit that was asked for, or all, of those that are behind. Http404 for a foreign one."""
    _tasks, rows = _counted(request, plan, semester)
    behind = {str(row.unit.pk): row.unit for row in rows if row.unit and row.missing}
    asked = request.POST.get("unidad", "")
    if not asked:
        return list(behind.values())
    if asked in behind:
        return [behind[asked]]
    if asked in {str(unit.pk) for unit in plan.municipality.units.all()}:
        return []
    raise Http404


def _tell(request: OfficeRequest, asked: Asked) -> None:
    """«Se escribirá a 3 personas: A, B, C. 1 ya fue avisada hoy: D.»"""
    sentences = []
    if asked.written:
        sentence = ngettext(
            "Se escribe a %(n)s persona: %(names)s.",
            "Se escribe a %(n)s personas: %(names)s.",
            len(asked.written),
        )
        sentences.append(sentence % _named(asked.written))
    if asked.left:
        sentence = ngettext(
            "A %(n)s se le recordó hace menos de un día, y no se le escribe otra vez: %(names)s.",
            "A %(n)s se les recordó hace menos de un día, y no se les escribe otra vez: %(names)s.",
            len(asked.left),
        )
        sentences.append(sentence % _named(asked.left))
    if not sentences:
        sentences.append(
            _("No hay a quién escribir: nadie informa por esas unidades, o nada falta.")
        )
    add = messages.success if asked.written else messages.warning
    add(request, " ".join(sentences))


def _named(people: list[Any]) -> dict[str, Any]:
    return {"n": len(people), "names": ", ".join(str(person) for person in people)}
