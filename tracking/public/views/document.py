"""The original document of a plan, each promise marked where it stands."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from plans.choices import Level
from plans.document_page import document_lines
from plans.plan_path import PlanPath
from tracking.files.kept import DamagedError, whole
from tracking.public.decorators import Scope, public_page
from tracking.public.views.served import refuse_damaged
from tracking.reading.lookup import published_plan


@public_page("formato", scope=Scope.MUNICIPALITY)
def document(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponse:
    """``?formato=texto`` is the document byte for byte, for whoever checks its digest."""
    form = request.GET.get("formato", "")
    if form not in ("", "texto"):
        raise Http404
    plan = published_plan(slug, path)
    source = plan.document
    if form == "texto":
        try:
            text = whole(source.text.encode(), source.sha256)
        except DamagedError as damage:
            page = source.get_absolute_url()
            return refuse_damaged(request, damage, of=source.title, page=page)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        disposition = content_disposition_header(as_attachment=False, filename=source.file_name)
        response["Content-Disposition"] = disposition or "inline"
        return response
    elements = plan.elements.current().in_document_order().defer("search")
    context = {
        "plan": plan,
        "document": source,
        "lines": document_lines(source.text, elements),
        "dimensions": [each for each in elements if each.level == Level.DIMENSION],
        "as_of": plan.versions.published().dated()[0].published_at,
        "permanent_link": settings.SITE_URL + source.get_absolute_url(),
        "element_count": len(elements),
        "size": len(source.text.encode()),
    }
    return render(request, "tracking/document.html", context)
