"""Pages for what went wrong: what happened, and what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.office import offer_again


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
    """Asks nothing of the database: it may be what failed."""
    return render(request, "tracking/errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
