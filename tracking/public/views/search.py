"""Search what was promised, in every plan, and the whole text of its document."""

from typing import Any, TypeVar

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Municipality
from plans.civic_words import nearest_words
from plans.models import PlanElement
from plans.querysets import PassageQuerySet
from plans.searching import SearchedQuerySet
from plans.semester import Semester
from tracking.models import SemesterWindow
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.found_places import found_places
from tracking.public.figures.found_rows import found_rows
from tracking.public.figures.question import Question
from tracking.public.tables.search import passages_table, search_table
from tracking.reading.facets import Facet, address_with, facets_of, filtered
from tracking.reading.found import SEARCHED, with_newest
from tracking.reading.page_rows import PageRows
from tracking.reading.passages import found, with_their_plans
from tracking.reading.places import places_meant, places_within, with_plan_mark
from tracking.reading.states import SIGNALS, STATES

PAGE_SIZE = 25
MOST_LISTED = 1_000
"""Promises that can be leafed through: what stands behind them is in the CSV."""
MOST_RANKED = 5_000
"""How many the database puts in order of how well they answer: each of them it has to read."""
MOST_PLACES = 3
MOST_BESIDE = 5
"""How many passages of documents, or promises in other words, stand below the promises."""


Searched = TypeVar("Searched", bound=SearchedQuerySet)


@public_page(scope=Scope.PORTAL)
def search(request: HttpRequest) -> HttpResponseBase:
    """``?en=documentos`` is what the documents say, without what was made of them.

    ``?en=lugares`` is where something was found; ``?formato=csv`` all that was, as a table.
    """
    question, number = Question.read(request.GET), request.GET.get("pagina")
    promises, in_documents = question.found(), question.shows_documents
    rows = filtered(promises, question.chosen).select_related("plan__municipality").defer("search")
    if request.GET.get("formato") == "csv":
        standing = with_newest(rows, question.semester)
        return passages_table(question.passages()) if in_documents else search_table(standing)
    facets = facets_of(promises, question.chosen, request.GET)
    ranked = _ranked(rows, facets.total).with_reportability()
    page = _page_of(ranked, facets.total, "1" if question.where else number)
    passage_page, passage_count, passages = _passages(question, request.GET)
    listed: Page[Any] = page
    if question.shows_places:
        listed = found_places(facets.places, request.GET, number)
    elif in_documents:
        listed = passage_page
    told = _promises(question, request.GET, list(page) if listed is page else [])
    found_any = bool(facets.total or passage_count or told["also_rows"])
    context = {
        "question": question,
        "query": question.words,
        "was_cut": len(question.typed) > len(question.words),
        "page": listed,
        "promise_count": facets.total,
        "unlisted": (passage_count if in_documents else facets.total) > MOST_LISTED and MOST_LISTED,
        "is_unranked": bool(question.words) and facets.total > MOST_RANKED,
        "promises_address": address_with(request.GET, "en", ""),
        **passages,
        **told,
        **_choices(question, facets.filters, request.GET),
        **_near(question, found_any=found_any),
    }
    return render(request, "tracking/search.html", context)


def _page_of(
    rows: SearchedQuerySet, count: int, number: str | None, *, size: int = PAGE_SIZE
) -> Page[Any]:
    """A page of ROWS, of which there are COUNT."""
    pages = PageRows(rows, size)
    vars(pages)["count"] = min(count, MOST_LISTED)  # it is known: no second count
    page: Page[Any] = pages.get_page(number)
    return page


def _counted(passages: PassageQuerySet) -> int:
    """No more than decides how they are shown: to count all is to read all."""
    return passages.order_by().values("pk")[: MOST_RANKED + 1].count()


def _ranked(rows: Searched, count: int) -> Searched:
    """ROWS, of which there are COUNT, best first, unless they are too many to be ranked.

    Then, as without words, they stand in the order of the places: no more is read than is shown.
    """
    return rows if count <= MOST_RANKED else rows.order_by(*rows.model._meta.ordering)


def _passages(question: Question, parameters: QueryDict) -> tuple[Page[Any], int, dict[str, Any]]:
    """A page of what the documents say, how much that is, and what is shown of it.

    Below the promises stands only what answers best.
    """
    passages = question.passages()
    counted = _counted(passages)
    count = min(counted, MOST_RANKED)
    rows = with_their_plans(_ranked(passages, counted))
    if question.shows_documents:
        page = _page_of(rows, count, parameters.get("pagina"))
    else:
        page = _page_of(rows, count, "1", size=MOST_BESIDE)
    address = address_with(parameters, "en", "documentos")
    return (
        page,
        count,
        {
            "passage_count": count,
            "has_more_passages": counted > MOST_RANKED,
            "passages": found(page),
            "passages_address": address,
            "passages_table_address": f"{address}&formato=csv",
        },
    )


def _promises(
    question: Question, parameters: QueryDict, listed: list[PlanElement]
) -> dict[str, Any]:
    """The rows of LISTED; and what a plan would say for the question's words, with its rows."""
    extra: dict[str, Any] = {}
    others: list[PlanElement] = []
    if question.also and not question.shows_documents:
        rows = filtered(question.also_found(), question.chosen).defer("search")
        beside = rows.with_reportability().select_related("plan__municipality")
        others = list(beside[:MOST_BESIDE])
        extra = {
            "also": [(words, address_with(parameters, "q", words)) for words in question.also],
            "also_count": rows.order_by().count(),
        }
    shown = [*listed, *others]
    simulated = {each.plan.simulated for each in shown}
    all_rows, semesters = found_rows(
        shown,
        at=timezone.localdate(),
        until=question.semester,
        coded=question.is_a_code,
        tagged=len(simulated) > 1,
    )
    return extra | {
        "rows": all_rows[: len(listed)],
        "also_rows": all_rows[len(listed) :],
        "is_demonstration": simulated == {True},
        "semesters": semesters or _all_semesters(),
    }


def _all_semesters() -> list[Semester]:
    """Those of which anything was asked, newest first."""
    begun = SemesterWindow.objects.filter(opens_on__lte=timezone.localdate())
    return list(begun.order_by("-semester").values_list("semester", flat=True).distinct())


def _choices(question: Question, facets: list[Facet], parameters: QueryDict) -> dict[str, Any]:
    """What can be chosen, and what was, each with the address that gives it up."""
    chosen = [
        (f"{facet.title}: {facet.chosen.label}", facet.any_address)
        for facet in facets
        if facet.chosen
    ]
    for name, words in (
        ("estado", STATES.get(question.state, question.state)),
        (
            "senal",
            SIGNALS[question.signal].label if question.signal in SIGNALS else question.signal,
        ),
        ("semestre", question.written_semester),
    ):
        if words:
            chosen.append((str(words), address_with(parameters, name, "")))
    return {
        "facets": facets,
        "chosen": chosen,
        "states": {state: STATES[state] for state in SEARCHED},
        "signals": {slug: signal.label for slug, signal in SIGNALS.items()},
    }


def _near(question: Question, *, found_any: bool) -> dict[str, Any]:
    """The places that the question may mean; and where nothing was found, what is near."""
    words = question.words
    nothing_else = not found_any and question.reaches_documents
    meant = places_meant(words, MOST_PLACES, nothing_else=nothing_else)
    is_within = meant.places or question.is_a_code or question.chosen["municipio"]
    within = [] if is_within else places_within(words, MOST_PLACES)
    if found_any or not words or question.is_a_code:
        return {"meant": meant, "within": within}
    places = with_plan_mark(Municipality.objects.all())
    alike = [] if meant.places or within else places.sounding_like(words, MOST_PLACES)
    return {
        "meant": meant,
        "within": within,
        "alike": alike,
        "nearest": nearest_words(words),
        "single_words": question.single_words(),
    }
