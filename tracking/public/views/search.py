"""Search what was promised, in every plan, and the whole text of its document."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Municipality
from plans.civic_words import also_said
from plans.models import Passage, PlanElement
from plans.querysets import CODE, PassageQuerySet, PlanElementQuerySet
from plans.searching import TYPED, Words
from plans.semester import Semester
from tracking.public.decorators import Scope, public_page
from tracking.public.tables.search import passages_table, search_table
from tracking.reading.facets import FACETS, address_with, facets_of, filtered
from tracking.reading.found import MOST_CHARACTERS, SEARCHED, standing_as, with_newest
from tracking.reading.passages import found, with_their_plans
from tracking.reading.places import with_plan_mark
from tracking.reading.states import SIGNALS, STATES

PAGE_SIZE = 25
MOST_PLACES = 3
MOST_BESIDE = 5
"""How many passages of documents, or promises in other words, stand below the promises."""


@dataclass(frozen=True)
class Question:
    """What somebody asks of all plans. ``typed`` may be longer than what is searched."""

    typed: str
    chosen: dict[str, str]
    state: str
    signal: str
    written_semester: str
    in_documents: bool

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        def plain(name: str) -> str:
            return parameters.get(name, "").replace("\x00", "")

        typed = " ".join(parameters.get("q", "").translate(TYPED).split())
        chosen = {name: plain(name) for name in FACETS}
        return cls(
            typed,
            chosen,
            plain("estado"),
            plain("senal"),
            plain("semestre"),
            in_documents=plain("en") == "documentos",
        )

    @property
    def words(self) -> str:
        """What is searched: a longer question is cut, and the page says so."""
        return self.typed[:MOST_CHARACTERS]

    @property
    def semester(self) -> Semester | None:
        """None where none was chosen, or where what was written is no semester."""
        try:
            return Semester.parse(self.written_semester)
        except ValueError:
            return None

    @property
    def is_a_code(self) -> bool:
        return CODE.fullmatch(self.words) is not None

    @property
    def reaches_documents(self) -> bool:
        """Whether a text can answer it, and not only a promise by its code or how it stands."""
        of_promises = {name: each for name, each in self.chosen.items() if name != "municipio"}
        asked = (self.state, self.signal, self.written_semester, *of_promises.values())
        return bool(self.words) and not self.is_a_code and not any(asked)

    @property
    def shows_documents(self) -> bool:
        return self.in_documents and self.reaches_documents

    def passages(self) -> PassageQuerySet:
        """What the documents' whole text says of it."""
        if not self.reaches_documents:
            return Passage.objects.none()
        rows: PassageQuerySet = Passage.objects.published().matching(self.words)
        if place := self.chosen["municipio"]:
            rows = rows.filter(document__plan__municipality__slug=place)
        return rows

    def found(self) -> PlanElementQuerySet:
        """What answers it, the facets left aside."""
        rows = PlanElement.objects.published().current()
        return self._standing(rows.asked_for(self.words) if self.words else rows)

    @property
    def also(self) -> list[str]:
        """The same in the words of a plan, told apart from what was asked."""
        return also_said(self.words)

    def also_found(self) -> PlanElementQuerySet:
        """What answers one of `also`, which is not empty, and not the question itself."""
        other_words = Words(" or ".join(self.also)) & ~Words(self.words)
        return self._standing(PlanElement.objects.published().current().matching(other_words))

    def _standing(self, rows: PlanElementQuerySet) -> PlanElementQuerySet:
        """Those of ROWS that stand as was asked."""
        if self.written_semester and not self.semester:
            return rows.none()
        rows = with_newest(rows, self.semester)
        if self.semester and not self.state:
            rows = rows.filter(semester=self.semester)
        at = timezone.localdate()
        return standing_as(rows, self.state, self.signal, self.semester, at=at)


@public_page(scope=Scope.PORTAL)
def search(request: HttpRequest) -> HttpResponseBase:
    """``?en=documentos`` is what the documents say, without what was made of them.

    ``?formato=csv`` is all that was found, as a table.
    """
    question = Question.read(request.GET)
    promises, passages = question.found(), question.passages()
    in_documents = question.shows_documents
    rows = filtered(promises, question.chosen).select_related("plan__municipality")
    if request.GET.get("formato") == "csv":
        return passages_table(passages) if in_documents else search_table(rows.defer("search"))
    number = request.GET.get("pagina")
    page = Paginator(rows.defer("search"), PAGE_SIZE).get_page(number)
    beside = Paginator(with_their_plans(passages), PAGE_SIZE if in_documents else MOST_BESIDE)
    passage_page = beside.get_page(number if in_documents else 1)
    found_any = page.paginator.count or beside.count
    places = _places_named(question.words)
    in_the_text = address_with(request.GET, "en", "documentos")
    context = {
        "question": question,
        "query": question.words,
        "was_cut": len(question.typed) > len(question.words),
        "page": passage_page if in_documents else page,
        "promise_count": page.paginator.count,
        "promises_address": address_with(request.GET, "en", ""),
        "passage_count": beside.count,
        "passages": found(passage_page),
        "passages_address": in_the_text,
        "passages_table_address": f"{in_the_text}&formato=csv",
        **_also(question, request.GET),
        "facets": facets_of(promises, question.chosen, request.GET),
        "filters": {name: value for name, value in question.chosen.items() if value},
        "states": {state: STATES[state] for state in SEARCHED},
        "signals": {slug: signal.label for slug, signal in SIGNALS.items()},
        "places": places,
        "alike": [] if places or found_any or question.also else _places_like(question.words),
    }
    return render(request, "tracking/search.html", context)


def _also(question: Question, parameters: QueryDict) -> dict[str, Any]:
    """What a plan would say for the question's words, and the promises that say it so."""
    if question.shows_documents or not question.also:
        return {}
    rows = filtered(question.also_found(), question.chosen).defer("search")
    return {
        "also": [(words, address_with(parameters, "q", words)) for words in question.also],
        "also_count": rows.order_by().count(),
        "also_found": rows.select_related("plan__municipality")[:MOST_BESIDE],
    }


def _places_named(query: str) -> list[Municipality]:
    """The municipalities of exactly that name: somebody may be looking for a place."""
    if not query:
        return []
    return list(with_plan_mark(Municipality.objects.named(query)).filter(closeness=0)[:MOST_PLACES])


def _places_like(query: str) -> list[Municipality]:
    """Where nothing at all was found, the places whose name is written nearly so."""
    return with_plan_mark(Municipality.objects.all()).sounding_like(query, MOST_PLACES)
