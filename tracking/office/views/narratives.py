"""What is told in words alone: dimensions, problems, objectives and programmes."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.semester import Semester
from tracking.measuring.tasks import narrated_elements, tasks_of
from tracking.permissions import plan_of, trouble_entering, window_of

PAGE_SIZE = 50


@require_safe
@office_page("report.edit")
def narratives(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """What the person may write a narrative report on, to choose from."""
    plan = plan_of(municipality, semester)
    elements = narrated_elements(request.user, plan)
    page = Paginator(elements, PAGE_SIZE).get_page(request.GET.get("pagina"))
    window = window_of(municipality, semester)
    context = {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "page": page,
        "tasks": tasks_of(page.object_list, plan, semester),
        "trouble": trouble_entering(plan, window),
    }
    return render(request, "tracking/office/narratives.html", context)
