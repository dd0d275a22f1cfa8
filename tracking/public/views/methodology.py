"""How the portal works: ten lines, the rule of how a promise goes, and the chapters behind them."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tracking.choices import Step
from tracking.measuring import progress
from tracking.measuring.schedule import LATE_GAP, ON_TIME_GAP
from tracking.measuring.verdicts import RULES
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.incomparable import LEAST_ASKED
from tracking.public.methods import CHAPTERS
from tracking.reading.states import MEANINGS, STATES


@public_page(scope=Scope.PORTAL)
def methodology(request: HttpRequest) -> HttpResponse:
    context = {"rules": RULES, "chapters": CHAPTERS}
    return render(request, "tracking/methodology.html", context)


@public_page(scope=Scope.PORTAL)
def methodology_chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    current = next((each for each in CHAPTERS if each.slug == chapter), None)
    if current is None:
        reason = _("La metodología no tiene un capítulo con ese nombre.")
        back = reverse("tracking:methodology")
        answer = {"reason": reason, "back": back, "back_to": _("Ver los que tiene")}
        return render(request, "tracking/errors/404.html", answer, status=HTTPStatus.NOT_FOUND)
    context: dict[str, Any] = {
        "chapter": current,
        "chapters": CHAPTERS,
        "site": settings.SITE_URL,
        "steps": Step,
        "on_time_gap": ON_TIME_GAP,
        "late_gap": LATE_GAP,
        "mean_coverage": progress.MEAN_COVERAGE,
        "least_asked": LEAST_ASKED,
        "states": [(STATES[state], MEANINGS[state]) for state in STATES],
    }
    return render(request, "tracking/methodology_chapter.html", context)
