"""The schema of the API, and the page on which people try it."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.views import SpectacularJSONAPIView

from tracking.public.decorators import Scope, public_page


@public_page(scope=Scope.PORTAL)
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3, as JSON."""
    described: Any = SpectacularJSONAPIView.as_view()(request)
    return HttpResponse(described.render().content, content_type=described["Content-Type"])


@csp_update({"style-src": ["'unsafe-inline'"]})  # the console styles what it draws
@public_page(scope=Scope.PORTAL)
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "tracking/api_docs.html")
