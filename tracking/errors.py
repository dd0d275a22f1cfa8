"""Pages for what went wrong: what happened, and what to do."""

import sys
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.office import offer_again
from accounts.outage import Outage, outage_of
from tracking.api.problems import asks_the_api, problem_answer

OUTAGES: Final = {
    Outage.AWAY: (
        "tracking/errors/database_away.html",
        gettext_lazy("La base de datos no responde: vuelva a pedirlo en medio minuto."),
    ),
    Outage.BUSY: (
        "tracking/errors/database_busy.html",
        gettext_lazy("La base de datos está ocupada: vuelva a pedirlo en unos segundos."),
    ),
    Outage.LONG: (
        "tracking/errors/database_long.html",
        gettext_lazy("Lo que pidió tardaba demasiado: pida menos, con un filtro más."),
    ),
    Outage.FILES: (
        "tracking/errors/files_away.html",
        gettext_lazy("El almacén de archivos no responde: vuelva a pedirlo en un minuto."),
    ),
    Outage.FULL: (
        "tracking/errors/disk_full.html",
        gettext_lazy("No queda espacio para guardar archivos: nada se guardó."),
    ),
}
"""Of each, its page, and what a program is told."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "tracking/errors/400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "tracking/errors/403.html", status=HTTPStatus.FORBIDDEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """An officer's form that is older than their session is shown again with what they typed."""
    return offer_again(request) or render(
        request, "tracking/errors/csrf.html", status=HTTPStatus.FORBIDDEN
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "tracking/errors/404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of a failure, ours or not. It makes no query: that may be what failed."""
    outage = outage_of(sys.exception())
    if outage:
        answer = _failure(request, HTTPStatus.SERVICE_UNAVAILABLE, *OUTAGES[outage])
        answer["Retry-After"] = str(outage.value)
        return answer
    reason = _("Algo falló de nuestro lado: espere un minuto y vuelva a pedirlo.")
    return _failure(request, HTTPStatus.INTERNAL_SERVER_ERROR, "tracking/errors/500.html", reason)


def _failure(
    request: HttpRequest, status: HTTPStatus, page: str, reason: str | Promise
) -> HttpResponse:
    """PAGE for people; for programs, the REASON."""
    if asks_the_api(request):
        return problem_answer(status, str(reason))
    return render(request, page, status=status)
