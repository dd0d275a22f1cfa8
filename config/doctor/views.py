"""What the operator sees of the installation: the same as the command says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.office import OfficeRequest, office_page
from config.doctor.examination import count, examine
from config.doctor.findings import Grade


@require_safe
@office_page("installation.view")
def installation(request: OfficeRequest) -> HttpResponse:
    """What is wrong first, then what is to be watched; each in the order in which one mends it."""
    results = examine()
    page = {
        "results": sorted(results, key=lambda each: each.place),
        "wrong": count(results, Grade.WRONG),
        "watched": count(results, Grade.WATCH),
    }
    return render(request, "config/installation.html", page)
