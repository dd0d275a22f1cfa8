"""The original document of a plan, each promise marked where it stands."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from plans.choices import Level
from plans.document_page import document_lines
from plans.models import Plan, PlanElement, SourceDocument
from plans.plan_path import PlanPath
from tracking.files.kept import DamagedError, whole
from tracking.public.decorators import Scope, public_page
from tracking.public.views.served import refuse_damaged
from tracking.reading.addresses import absolute
from tracking.reading.lookup import published_plan


@public_page("formato", scope=Scope.MUNICIPALITY)
def document(
    request: HttpRequest, slug: str, path: PlanPath, number: int | None = None
) -> HttpResponse:
    """``?formato=texto`` is the document byte for byte, for whoever checks its digest.

    Without a NUMBER the one that the plan quotes today.
    """
    form = request.GET.get("formato", "")
    if form not in ("", "texto"):
        raise Http404
    plan = published_plan(slug, path)
    documents = list(plan.documents.defer("text"))
    source = _of_number(plan, documents, number)
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
    elements = _standing_in(source)
    for each in elements:
        each.plan = plan
    context = {
        "plan": plan,
        "document": source,
        "others": [each for each in documents if each.pk != source.pk],
        "lines": document_lines(source.text, elements),
        "dimensions": [each for each in elements if each.level == Level.DIMENSION],
        "as_of": plan.versions.published().dated()[0].published_at,
        "permanent_link": absolute(source.get_absolute_url()),
        "element_count": len(elements),
        "size": len(source.text.encode()),
    }
    return render(request, "tracking/document.html", context)


def _of_number(
    plan: Plan, documents: Sequence[SourceDocument], number: int | None
) -> SourceDocument:
    """That of DOCUMENTS; all know PLAN. The newest has its own address, and no other."""
    for each in documents:
        each.plan = plan
    if number is None:
        return plan.document
    document = next((each for each in documents if each.number == number), None)
    if document is None or document.is_current:
        raise Http404(_("Este plan no tiene un documento con ese número."))
    return document


def _standing_in(document: SourceDocument) -> Sequence[PlanElement]:
    """What the plan quotes from DOCUMENT; of one that is no longer in force, what it quoted last.

    Of the words that several took, at different times, the last that stood there counts.
    """
    rows = document.elements.exclude(spans=[]).in_document_order().defer("search")
    if document.is_current or document.added_on:
        return list(rows.current())
    taken: list[PlanElement] = []
    for each in sorted(rows, key=lambda row: row.until_version or 0, reverse=True):
        if not any(_overlap(each, other) for other in taken):
            taken.append(each)
    return taken


def _overlap(one: PlanElement, other: PlanElement) -> bool:
    return any(
        start < end_of_other and start_of_other < end
        for start, end in one.quoted_spans
        for start_of_other, end_of_other in other.quoted_spans
    )
