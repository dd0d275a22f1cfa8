"""Prove that a plan says what its document says."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from plans.models import Plan
from plans.source_text import SourceText, fold


def faults_of(plan: Plan) -> Iterator[str]:
    """What does not agree between PLAN and its document, a sentence each; nothing if all does.

    The text has the digest that it is published with; each statement, and the vision, is word for
    word what stands at its spans, once white space is folded and markup removed; and no two
    current elements claim the same words.
    """
    document = plan.document
    if hashlib.sha256(document.text.encode()).hexdigest() != document.sha256:
        yield _("el documento no tiene el código de verificación con que se publicó.")
    source = SourceText(document.text)
    if plan.vision and source.quoted(_spans(plan.vision_spans)) != fold(plan.vision):
        yield _("la visión no está en el documento.")
    claimed: list[tuple[int, int, str]] = []
    for element in plan.elements.in_document_order():
        if element.is_withdrawn and not element.spans:
            continue  # it stood in an earlier document
        spans = _spans(element.spans)
        if not spans or source.quoted(spans) != fold(element.statement):
            yield _("%s no está en el documento, en el lugar que nombra.") % element.ref
        if not element.is_withdrawn:
            claimed += [(start, end, element.ref) for start, end in spans]
    for (__, end, first), (start, __, second) in pairwise(sorted(claimed)):
        if start < end:
            yield _("%(a)s y %(b)s toman las mismas palabras.") % {"a": first, "b": second}


def _spans(stored: list[list[int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in stored]
