"""Search what was promised, in every plan."""

from dataclasses import dataclass
from typing import Self

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Municipality
from plans.models import PlanElement
from plans.querysets import PlanElementQuerySet
from plans.searching import TYPED
from plans.semester import Semester
from tracking.decorators import public_page
from tracking.facets import FACETS, facets_of, filtered
from tracking.reading.found import MOST_CHARACTERS, SEARCHED, standing_as, with_newest
from tracking.reading.places import with_plan_mark
from tracking.reading.states import SIGNALS, STATES
from tracking.tables.found import found_table

PAGE_SIZE = 25


@dataclass(frozen=True)
class Question:
    """What somebody asks of all plans. ``typed`` may be longer than what is searched."""

    typed: str
    chosen: dict[str, str]
    state: str
    signal: str
    written_semester: str

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        def plain(name: str) -> str:
            return parameters.get(name, "").replace("\x00", "")

        typed = " ".join(parameters.get("q", "").translate(TYPED).split())
        chosen = {name: plain(name) for name in FACETS}
        return cls(typed, chosen, plain("estado"), plain("senal"), plain("semestre"))

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

    def found(self) -> PlanElementQuerySet:
        """What answers it, the facets left aside."""
        rows = PlanElement.objects.published().current()
        if self.words:
            rows = rows.asked_for(self.words)
        if self.written_semester and not self.semester:
            return rows.none()
        rows = with_newest(rows, self.semester)
        if self.semester and not self.state:
            rows = rows.filter(semester=self.semester)
        at = timezone.localdate()
        return standing_as(rows, self.state, self.signal, self.semester, at=at)


@public_page()
def search(request: HttpRequest) -> HttpResponseBase:
    """``?formato=csv`` is all that was found, as a table."""
    question = Question.read(request.GET)
    found = question.found()
    rows = filtered(found, question.chosen).select_related("plan__municipality").defer("search")
    if request.GET.get("formato") == "csv":
        return found_table(rows)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "question": question,
        "query": question.words,
        "was_cut": len(question.typed) > len(question.words),
        "page": page,
        "facets": facets_of(found, question.chosen, request.GET),
        "filters": {name: value for name, value in question.chosen.items() if value},
        "states": {state: STATES[state] for state in SEARCHED},
        "signals": {slug: signal.label for slug, signal in SIGNALS.items()},
        "places": _places_named(question.words),
    }
    return render(request, "tracking/search.html", context)


def _places_named(query: str) -> list[Municipality]:
    """The municipalities of exactly that name: somebody may be looking for a place."""
    if not query:
        return []
    return list(with_plan_mark(Municipality.objects.named(query)).filter(closeness=0)[:3])
