"""The portal's addresses, and one that does nothing: what Django and its middleware cost alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("nada/", bare), path("", include("config.urls"))]
