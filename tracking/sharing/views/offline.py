"""What lets a browser keep what was read, for a hall without signal."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from tracking.public.decorators import Scope, public_page, read_only

JAVASCRIPT = "text/javascript; charset=utf-8"
MANIFEST = "application/manifest+json"
ICON_SIDES = (192, 512)
"""Points; which browsers ask of a site that is put on the home screen."""


@read_only
def manifest(request: HttpRequest) -> HttpResponse:
    said = {
        "name": _("Vigía: los planes de gobierno municipal del Perú"),
        "short_name": "Vigía",
        "lang": "es-PE",
        "start_url": reverse("tracking:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#0b5563",
        "icons": [
            {
                "src": static(f"img/vigia-{side}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
            }
            for side in ICON_SIDES
        ],
    }
    answer = JsonResponse(said, content_type=MANIFEST)
    patch_cache_control(answer, public=True, max_age=24 * 3600)
    return answer


@read_only
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root, because it serves what is below its own address.

    It names the release, so that a browser takes up each, and is asked for anew each time.
    """
    if settings.DEBUG:
        raise Http404  # static files change there under one name, and the browser would keep them
    context = {"release": settings.RELEASE}
    answer = render(request, "sharing/worker.js", context, content_type=JAVASCRIPT)
    patch_cache_control(answer, no_cache=True)
    return answer


@public_page(scope=Scope.PORTAL)
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where a page was not kept; its script lists those that were."""
    return render(request, "sharing/offline.html")
