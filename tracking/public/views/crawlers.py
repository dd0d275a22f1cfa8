"""What search engines ask for: where they may go, and every page that there is."""

from typing import Final

from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tracking.public.decorators import Scope, public_page, read_only
from tracking.public.sitemaps import SECTIONS
from tracking.reading.addresses import absolute

# Searches have no end. Demonstrations are not named: whoever may not read a page never learns
# that it is noindex.
ROBOTS: Final = """\
User-agent: *
Disallow: /admin/
Disallow: /cuenta/
Disallow: /gestion/
Disallow: /buscar/?
Disallow: /comparar/?
Disallow: /seguir/

Sitemap: %s
"""


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    text = ROBOTS % absolute(reverse("tracking:sitemap_index"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page(scope=Scope.PORTAL)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Each page of each section that has something. Django's own names the host that was asked."""
    pages = []
    for name, make in SECTIONS.items():
        section = make()
        paginator = section.paginator
        if not paginator.count:
            continue
        first = absolute(reverse("tracking:sitemap", args=[name]))
        lastmod = section.get_latest_lastmod()
        for number in paginator.page_range:
            location = first if number == 1 else f"{first}?p={number}"
            pages.append({"location": location, "last_mod": lastmod})
    context = {"sitemaps": pages}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@public_page(scope=Scope.PORTAL)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, {**SECTIONS}, section).render()
