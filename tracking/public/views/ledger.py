"""Everything that a municipality published, in the order in which it was entered."""

from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.models import PlanElement
from plans.plan_path import PATH_COLUMNS, PlanPath
from tracking.choices import LedgerAct
from tracking.ledger.kinds import KIND_OF, texts_of
from tracking.models import LedgerEntry
from tracking.public.decorators import Scope, public_page
from tracking.public.tables.ledger import ledger_table
from tracking.reading.addresses import absolute
from tracking.reading.lookup import published_plan
from tracking.reading.published.ledger import with_texts

PAGE_SIZE = 50


@public_page(scope=Scope.LEDGER)
def ledger(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Newest first; ``?formato=csv`` is the whole chain, from its beginning."""
    municipality = get_object_or_404(Municipality, slug=slug)
    if request.GET.get("formato") == "csv":
        return ledger_table(municipality)
    entries = with_texts(municipality.ledger.select_related("leaf").order_by("-number"))
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("pagina"))
    marks = set(municipality.ledger.order_by().values_list("simulated", flat=True).distinct())
    context = {
        "municipality": municipality,
        "head": entries.first(),
        "page": page,
        "rows": _with_statements(municipality, list(page)),
        "has_simulated": True in marks,
        "is_mixed": len(marks) > 1,
        "site": settings.SITE_URL,
        "permanent_link": absolute(reverse("tracking:ledger", args=[slug])),
    }
    return render(request, "tracking/ledger.html", context)


def _with_statements(
    municipality: Municipality, entries: Sequence[LedgerEntry]
) -> list[tuple[LedgerEntry, str]]:
    """Each of ENTRIES with what the promise that it is about says today, else "". One query.

    What was withdrawn from its plan is not repeated.
    """
    told = PlanElement.objects.published().current().filter(plan__municipality=municipality)
    said = {
        (str(each.plan.path), each.ref): each.statement
        for each in told.filter(ref__in={entry.ref for entry in entries})
        .select_related("plan")
        .only("ref", "statement", *(f"plan__{name}" for name in PATH_COLUMNS))
    }
    return [(entry, said.get((entry.of_plan, entry.ref), "")) for entry in entries]


@public_page(scope=Scope.MUNICIPALITY)
def ledger_content(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What an entry has the digest of, byte for byte; 404 where it is no longer published."""
    entries = LedgerEntry.objects.select_related("municipality")
    entry = get_object_or_404(entries, municipality__slug=slug, number=number)
    content = KIND_OF[LedgerAct(entry.act)].content(entry.subject_id)
    if content is None:
        return _no_longer_there(request, entry)
    return HttpResponse(content, content_type="application/json")


def _no_longer_there(request: HttpRequest, entry: LedgerEntry) -> HttpResponse:
    """The link was not copied wrongly: what ENTRY names was published."""
    reason = _(
        "El asiento n.º %s existe, y lo que se asentó en él ya no está publicado aquí. Si ningún "
        "retiro asentado lo explica, se borró."
    )
    context = {
        "reason": reason % entry.number,
        "back": reverse("tracking:ledger", args=[entry.municipality.slug]),
        "back_to": _("Ver el registro"),
    }
    return render(request, "tracking/errors/404.html", context, status=HTTPStatus.NOT_FOUND)


@public_page(scope=Scope.MUNICIPALITY)
def plan_texts(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponse:
    """All that a plan says, byte for byte as the entry of its newest version has its digest."""
    return HttpResponse(texts_of(published_plan(slug, path)), content_type="application/json")
