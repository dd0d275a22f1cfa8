"""A made-up plan: its document, its elements with their place in it, and its first version."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from random import Random
from typing import Final

from django.utils import timezone

from accounts.models import Municipality
from benchmarks.country.numbers import Numbers
from benchmarks.country.tree import tree
from benchmarks.country.words import Words
from plans.choices import Level
from plans.models import Passage, Plan, PlanElement, PlanVersion, SourceDocument
from plans.passages import passages_of
from plans.term import Term

TERM: Final = Term(2019, 2022)
PUBLISHED: Final = timezone.make_aware(dt.datetime(2019, 1, 10, 9))
NOTICE: Final = (
    "Texto inventado por un modelo de palabras para medir este portal: nadie lo prometió, ninguna "
    "organización lo presentó y no dice nada de esta municipalidad."
)
ORGANIZATION: Final = "Ninguna: plan inventado para medir el portal"
PROVENANCE: Final = "Generado con semilla fija a partir de las palabras de otros planes"


@dataclass(frozen=True)
class MadePlan:
    """``elements`` in the order of the document; each carries ``is_reportable``."""

    plan: Plan
    document: SourceDocument
    version: PlanVersion
    passages: list[Passage]
    elements: list[PlanElement]

    @property
    def reportable(self) -> list[PlanElement]:
        return [each for each in self.elements if each.is_reportable]

    @property
    def dimensions(self) -> list[PlanElement]:
        return [each for each in self.elements if each.level == Level.DIMENSION]


def plan_of(
    place: Municipality, size: int, words: Words, random: Random, numbers: Numbers
) -> MadePlan:
    """A plan of SIZE elements for PLACE."""
    plan = Plan(
        municipality=place,
        first_year=TERM.first_year,
        last_year=TERM.last_year,
        organization=ORGANIZATION,
        vision=NOTICE,
        note=NOTICE,
        simulated=True,
        version=1,
    )
    numbers.number(plan)
    title = f"Plan inventado para {place.full_name}"
    document = SourceDocument(
        plan=plan, title=title, file_name=f"{place.slug}.txt", provenance=PROVENANCE
    )
    numbers.number(document)
    plan.current_document = document
    elements = _elements(plan, document, size, random, numbers)
    document.text = _written(plan, title, elements, words, random)
    document.sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    passages = [
        Passage(document=document, first_line=line, text=text)
        for line, text in passages_of(document.text)
    ]
    version = PlanVersion(
        plan=plan,
        number=1,
        published_at=PUBLISHED,
        added=len(elements),
        changes=[{"ref": each.ref, "what": "added"} for each in elements],
    )
    numbers.number(version, *passages)
    return MadePlan(plan, document, version, passages, elements)


def _elements(
    plan: Plan, document: SourceDocument, size: int, random: Random, numbers: Numbers
) -> list[PlanElement]:
    """Without their words."""
    by_ref: dict[str, PlanElement] = {}
    for position, node in enumerate(tree(random, size)):
        element = PlanElement(
            plan=plan,
            document=document,
            ref=node.ref,
            parent=by_ref.get(node.parent),
            level=node.level,
            dimension=node.dimension,
            activity_kind=node.kind,
            position=position,
        )
        element.follow_parent()
        element.is_reportable = node.level in {Level.ACTIVITY, Level.TARGET}
        if element.parent and element.level == element.parent.level:
            element.parent.is_reportable = False
        by_ref[node.ref] = element
        numbers.number(element)
        element.parent_id = element.parent.pk if element.parent else None
    return list(by_ref.values())


def _written(
    plan: Plan, title: str, elements: list[PlanElement], words: Words, random: Random
) -> str:
    """The document, a line for each statement; each element learns what it says, and where."""
    text = f"{title}\n\n"
    plan.vision_spans = [[len(text), len(text) + len(NOTICE)]]
    text += f"{NOTICE}\n"
    for element in elements:
        if element.level == Level.DIMENSION:
            element.statement = f"DIMENSIÓN {element.get_dimension_display().upper()}"
            text += "\n"
        else:
            element.statement = words.statement(random, element.level, plan.municipality.name)
        if element.level == Level.GUIDELINE:
            element.field = "Propuesta de seguimiento"
        text += f"{element.ref}) "
        element.spans = [[len(text), len(text) + len(element.statement)]]
        text += f"{element.statement}\n"
    return text
