"""What sustains a published report, for anybody to have."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from plans.term import Term
from tracking.models import Support
from tracking.public.decorators import read_only
from tracking.public.views.served import serve, serve_preview


@read_only
def support(request: HttpRequest, slug: str, term: Term, ref: str, pk: int) -> HttpResponseBase:
    return serve(request, _found(slug, term, ref, pk))


@read_only
def preview(request: HttpRequest, slug: str, term: Term, ref: str, pk: int) -> HttpResponseBase:
    """The small picture of a photograph, which pages show."""
    return serve_preview(request, _found(slug, term, ref, pk))


def _found(slug: str, term: Term, ref: str, pk: int) -> Support:
    support: Support = get_object_or_404(
        Support.objects.published().select_related("report__plan__municipality", "report__element"),
        pk=pk,
        report__element__ref=ref,
        report__plan__municipality__slug=slug,
        report__plan__first_year=term.first_year,
        report__plan__last_year=term.last_year,
    )
    return support
