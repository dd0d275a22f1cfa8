"""What somebody asks of all plans, as the address of the search says it."""

from dataclasses import dataclass
from itertools import islice
from typing import Final, Self

from django.http import QueryDict
from django.utils import timezone

from plans.civic_words import also_said
from plans.models import Passage, PlanElement
from plans.querysets import CODE, PassageQuerySet, PlanElementQuerySet
from plans.searching import TYPED, WORD, Words
from plans.semester import Semester
from tracking.reading.facets import FACETS
from tracking.reading.found import MOST_CHARACTERS, standing_as
from tracking.reading.states import SIGNALS

MOST_WORDS: Final = 4
MOST_TRIED: Final = 8
"""Each word that is tried alone is a query."""


@dataclass(frozen=True)
class Question:
    """What somebody asks of all plans. ``typed`` may be longer than what is searched; ``where``
    they want to read what was found: "documentos", "lugares", or else in the promises."""

    typed: str
    chosen: dict[str, str]
    state: str
    signal: str
    written_semester: str
    where: str

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
            plain("en"),
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
        return self.where == "documentos" and self.reaches_documents

    @property
    def shows_places(self) -> bool:
        return self.where == "lugares"

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

    def single_words(self) -> list[str]:
        """Where it has several words, those of the first that find a promise by themselves,
        as they are or as plans say them."""
        words = list(dict.fromkeys(WORD.findall(self.words)))
        rows = PlanElement.objects.published().current()
        tried = words[:MOST_TRIED] if len(words) > 1 else []
        telling = (each for each in tried if also_said(each) or rows.matching(each).exists())
        return list(islice(telling, MOST_WORDS))

    def _standing(self, rows: PlanElementQuerySet) -> PlanElementQuerySet:
        """Those of ROWS that stand as was asked."""
        if not (self.state or self.signal or self.written_semester):
            return rows
        if self.written_semester and not self.semester:
            return rows.none()
        at = timezone.localdate()
        signal = SIGNALS.get(self.signal, self.signal)
        return standing_as(rows, self.state, signal, self.semester, at=at)
