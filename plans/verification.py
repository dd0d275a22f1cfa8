"""Prove that a plan says what its document says."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.querysets import PlanElementQuerySet
from plans.source_text import SourceText, Span, are_in_line, overlaps


def stands(element: PlanElement, source: SourceText) -> bool:
    """Whether ELEMENT's statement, and its indicator, are word for word what their spans hold.

    A heading that the document does not print has nothing to prove.
    """
    if not element.is_printed:
        return not element.spans
    return (
        bool(element.spans)
        and source.says(element.spans, element.statement)
        and source.says(element.indicator_spans, element.indicator)
    )


def taken(element: PlanElement, spans: Sequence[Span]) -> Iterator[str]:
    """Refs of the other elements of the same document that already stand on words of SPANS.

    But for the targets above a target, of whose words it may be a part, and for those below it.
    """
    others = PlanElement.objects.filter(plan=element.plan_id, document=element.document_id)
    others = others.current().exclude(pk=element.pk)
    rows = list(others.only("ref", "level", "parent_level", "parent", "spans", "indicator_spans"))
    above = targets_above([*rows, element])
    for each in rows:
        held = each.quoted_spans
        if any(a < end and start < b for start, end in held for a, b in spans) and not are_in_line(
            each.pk, element.pk, above
        ):
            yield each.ref


def targets_above(elements: Iterable[PlanElement]) -> dict[int, int]:
    """By the id of each target of ELEMENTS that hangs from another, that one's id."""
    return {
        each.pk: each.parent_id
        for each in elements
        if each.level == each.parent_level == Level.TARGET and each.parent_id
    }


def provable(plan: Plan) -> PlanElementQuerySet:
    """The elements that a proof is owed for: those that have a place in a document."""
    rows: PlanElementQuerySet = plan.elements.exclude(spans=[]).in_document_order()
    return rows


def faults_of(plan: Plan) -> Iterator[str]:
    """What does not agree between PLAN and its documents, a sentence each; nothing if all does.

    Each text has the digest that it is published with; each statement, and the vision, is word for
    word what stands at its spans in its own document, once white space is folded and markup
    removed; and no two current elements claim the same words of one, but a target those of the
    target above it.
    """
    elements = defaultdict(list)
    for element in provable(plan):
        elements[element.document_id].append(element)
    for document in plan.documents.order_by("number"):
        if hashlib.sha256(document.text.encode()).hexdigest() != document.sha256:
            yield _("el documento no tiene el código de verificación con que se publicó.")
        source = SourceText(document.text)
        is_current = document.pk == plan.current_document_id
        if is_current and plan.vision and not source.says(plan.vision_spans, plan.vision):
            yield _("la visión no está en el documento.")
        yield from _faults_of_elements(elements[document.pk], source)


def _faults_of_elements(elements: Iterable[PlanElement], source: SourceText) -> Iterator[str]:
    """What ELEMENTS, all those of one document, say that SOURCE does not, or claim twice."""
    claims: list[tuple[Span, int]] = []
    current: dict[int, PlanElement] = {}
    for element in elements:
        if not stands(element, source):
            yield _("%s no está en el documento, en el lugar que nombra.") % element.ref
        if not element.is_withdrawn:
            claims += [((start, end), element.pk) for start, end in element.quoted_spans]
            current[element.pk] = element
    for pair in overlaps(claims, targets_above(current.values())):
        first, second = (current[pk].ref for pk in pair)
        yield _("%(a)s y %(b)s toman las mismas palabras.") % {"a": first, "b": second}
