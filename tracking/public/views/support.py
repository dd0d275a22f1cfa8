"""What sustains a published report, for anybody to have."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from plans.term import Term
from tracking.models import Support
from tracking.public.decorators import read_only
from tracking.public.views.served import serve


@read_only
def support(request: HttpRequest, slug: str, term: Term, ref: str, pk: int) -> HttpResponseBase:
    found = get_object_or_404(
        Support.objects.published().select_related("report__plan__municipality", "report__element"),
        pk=pk,
        report__element__ref=ref,
        report__plan__municipality__slug=slug,
        report__plan__first_year=term.first_year,
        report__plan__last_year=term.last_year,
    )
    return serve(request, found)
