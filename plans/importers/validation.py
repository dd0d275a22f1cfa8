"""Whether an outline can be published, and what is published of it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from accounts.hidden_characters import hidden_in
from plans.choices import (
    OWN,
    OWN_DIMENSIONS,
    PARENT_LEVELS,
    ActivityKind,
    Dimension,
    Level,
)
from plans.importers.draft import DocumentDraft, ElementDraft, PlanDraft, TermsDraft
from plans.importers.faults import WHOLE, Fault, Faults, FileRefused
from plans.importers.mending.also_under import fault_of, further_parents
from plans.importers.mending.arranging import refusal
from plans.importers.mending.dividing import wholes
from plans.importers.mending.quoting import shared_words
from plans.importers.outline import MAX_ITEMS, MAX_STATEMENT, Item, Outline
from plans.importers.printed.proving import figures_of, is_printed
from plans.importers.refs import Published, with_refs
from plans.models.element_rules import MAX_DEPTH
from plans.source_text import SourceText, bare, source_of
from plans.term import Term

FILE_NAME: Final = 120


@dataclass(frozen=True)
class Whose:
    """Whose plan an outline is, which its source may not say: stated by whoever brings it in."""

    inei: str
    term: Term
    organization: str
    standing: str
    standing_source: str = ""
    list_slug: str = ""
    note: str = ""
    labels: dict[str, str] = field(default_factory=dict)


def validated(outline: Outline, whose: Whose, published: Iterable[Published] = ()) -> PlanDraft:
    """OUTLINE as the plan of WHOSE, its statements under the references of what is PUBLISHED.

    Raises FileRefused with all that is wrong, in the order of the source. Touches no database.
    """
    faults = Faults()
    source = source_of(outline.source.text)
    known = {each.ref: each for each in published}
    items = _remembered(with_refs(outline.items, known.values()), known)
    _check_whole(outline, faults)
    for item in items:
        _check_words(item, source, faults)
    elements = drafted(items, faults)
    faults.refuse_if_any()
    about = outline.about
    return PlanDraft(
        inei=whose.inei,
        inei_where=WHOLE,
        term=whose.term,
        list_slug=whose.list_slug,
        organization=whose.organization,
        standing=whose.standing,
        standing_source=whose.standing_source,
        vision=about.vision,
        vision_spans=about.vision_spans,
        note=whose.note,
        labels=whose.labels,
        document=DocumentDraft(
            title=about.title or outline.source.name,
            file_name=_text_name(outline),
            provenance=about.provenance,
            text=outline.source.text,
            sha256=hashlib.sha256(outline.source.text.encode()).hexdigest(),
            original_name="" if outline.source.is_original else outline.source.name[:255],
            original_sha256="" if outline.source.is_original else outline.source.sha256,
        ),
        elements=elements,
    )


def drafted(items: Sequence[Item], faults: Faults) -> list[ElementDraft]:
    """ITEMS, which have their references, as a plan's tree; what it cannot be goes to FAULTS.

    No two take the same words, each hangs from a level that may hold it, nothing is there twice,
    and dimensions of the plan's own are numbered.
    """
    _check_shared_words(items, faults)
    own = (item.key for item in items if item.level == Level.DIMENSION and item.kind == OWN)
    kinds = {key: f"{OWN}-{number}" for number, key in enumerate(own, 1)}
    of_key: dict[int | None, ElementDraft] = {}
    seen: dict[str, ElementDraft] = {}
    for item in items:
        numbered = replace(item, kind=kinds.get(item.key, item.kind))
        of_key[item.key] = element = _drafted(numbered, of_key.get(item.parent), faults)
        _check_once(element, seen, faults)
    return [
        replace(of_key[item.key], also_under=_also_under(items, item, of_key, faults))
        for item in items
    ]


def _also_under(
    items: Sequence[Item],
    item: Item,
    of_key: Mapping[int | None, ElementDraft],
    faults: Faults,
) -> tuple[str, ...]:
    """The references of the further parents of ITEM that are there; what cannot be to FAULTS."""
    parents = further_parents(items, item) if item.also_under else []
    for parent in parents:
        if fault := fault_of(items, item, parent):
            shown = {"ref": of_key[parent.key].ref, "fault": fault}
            faults.add(item.where, _("también en"), _("%(ref)s: %(fault)s") % shown)
    return tuple(of_key[parent.key].ref for parent in parents)


def faults_of(
    outline: Outline, whose: Whose, published: Iterable[Published] = ()
) -> Sequence[Fault]:
    """What keeps OUTLINE from being published, in the order of the source; empty for nothing."""
    try:
        validated(outline, whose, published)
    except FileRefused as refused:
        return refused.faults
    return ()


def _remembered(items: Sequence[Item], known: Mapping[str, Published]) -> list[Item]:
    """ITEMS with what was said of each by hand earlier, of which its source says nothing.

    A target that was divided has its figures in its measures.
    """
    divided = {whole.key for whole in wholes(items).values()}
    found = []
    for item in items:
        before = known.get(item.ref) or Published(item.ref, "", item.level, "", "")
        is_silent = item.terms is None and before.terms and item.key not in divided
        is_same = is_silent and bare(before.statement) == bare(item.statement)
        terms = before.terms if is_same else item.terms
        note, cui = item.note or before.note, item.cui or before.cui
        found.append(replace(item, terms=terms, note=note, cui=cui))
    return found


def _check_whole(outline: Outline, faults: Faults) -> None:
    if not outline.items:
        reason = _("no se reconoció ningún texto del plan: tome cada uno del documento leído.")
        faults.add(WHOLE, _("plan"), reason)
    if len(outline.items) > MAX_ITEMS:
        reason = _("hay más de %s elementos. Envíelo otra vez sin lo que no es del plan.")
        faults.add(WHOLE, _("plan"), reason % MAX_ITEMS)
    if hidden := hidden_in(outline.source.text.replace("\f", "\n")):
        faults.add(WHOLE, _("texto"), _("tiene un carácter invisible: %s.") % hidden)


def _check_shared_words(items: Sequence[Item], faults: Faults) -> None:
    """No two statements claim the same words, but for a target that is measured in parts."""
    for earlier, later in shared_words(items):
        shown = {"ref": earlier.ref, "text": earlier.statement[:60]}
        reason = _("esas palabras ya son de %(ref)s, «%(text)s».") % shown
        faults.add(later.where, _("texto"), reason)


def _drafted(item: Item, parent: ElementDraft | None, faults: Faults) -> ElementDraft:
    parent_level = parent.level if parent else ""
    depth = parent.depth + 1 if parent else 0
    if item.parent is not None and parent is None:
        faults.add(item.where, _("nivel"), _("cuelga de algo que no está."))
    elif parent_level not in PARENT_LEVELS[item.level]:
        faults.add(item.where, _("nivel"), refusal(item.level, parent_level))
    if depth >= MAX_DEPTH:
        faults.add(item.where, _("nivel"), _("un plan no tiene tantos niveles."))
    return ElementDraft(
        where=item.where,
        ref=item.ref,
        parent_ref=parent.ref if parent else "",
        parent_level=parent_level,
        level=item.level,
        depth=depth,
        dimension=_dimension(item, parent, faults),
        activity_kind=_activity_kind(item),
        printed_code=item.printed_code if item.spans else "",
        statement=item.statement,
        field=item.heading if item.level == Level.GUIDELINE else "",
        note=item.note,
        cui=item.cui if item.level == Level.ACTIVITY else "",
        spans=item.spans,
        terms=item.terms if item.level == Level.TARGET else None,
        indicator=item.indicator,
        indicator_spans=item.indicator_spans,
        is_printed=not is_of_the_form(item),
        classes=item.classes,
    )


def is_of_the_form(item: Item) -> bool:
    """Whether it is the heading of one of the four dimensions, which the source does not print."""
    is_heading = item.level == Level.DIMENSION and item.kind in Dimension.values
    return is_heading and not item.spans


def _check_words(item: Item, source: SourceText, faults: Faults) -> None:
    if not item.statement:
        faults.add(item.where, _("texto"), _("falta."))
    elif len(item.statement) > MAX_STATEMENT:
        faults.add(item.where, _("texto"), _("tiene más de %s caracteres.") % MAX_STATEMENT)
    elif not is_of_the_form(item) and not (item.spans and source.says(item.spans, item.statement)):
        faults.add(item.where, _("texto"), _("no está, palabra por palabra, en su lugar."))
    if not source.says(item.indicator_spans, item.indicator):
        faults.add(item.where, _("indicador"), _("no está, palabra por palabra, en su lugar."))
    elif item.indicator and item.level != Level.TARGET:
        faults.add(item.where, _("indicador"), _("solo lo lleva una meta."))
    terms, printed = item.terms or TermsDraft(), f"{item.statement}\n{item.indicator}"
    for figure in figures_of(terms):
        if not is_printed(figure, printed, terms.unit_of_measure):
            faults.add(item.where, _("cifra"), _("esa cifra no está en el texto."))


def _dimension(item: Item, parent: ElementDraft | None, faults: Faults) -> str:
    if item.level != Level.DIMENSION:
        return parent.dimension if parent else ""
    if item.kind not in {*Dimension.values, *OWN_DIMENSIONS}:
        reason = _("diga cuál de las cuatro es, o que es propia del plan.")
        faults.add(item.where, _("dimensión"), reason)
    return item.kind


def _activity_kind(item: Item) -> str:
    if item.level != Level.ACTIVITY:
        return ""
    return item.kind if item.kind in ActivityKind.values else ActivityKind.ACTIVITY


def _check_once(element: ElementDraft, seen: dict[str, ElementDraft], faults: Faults) -> None:
    """A reference names one thing, and a plan has each dimension once."""
    names = {f"ref {element.ref}": _("el código %s") % element.ref}
    if element.level == Level.DIMENSION:
        names[f"dimension {element.dimension}"] = _("la dimensión %s") % element.dimension
    for key, name in names.items():
        if before := seen.get(key):
            reason = _("%(name)s ya es de «%(text)s».")
            shown = {"name": name, "text": before.statement[:60]}
            faults.add(element.where, _("código"), reason % shown)
        seen[key] = element


def _text_name(outline: Outline) -> str:
    """The name of the file that holds the text: that of the original, as the text that it is."""
    stem = Path(outline.source.name).stem[: FILE_NAME - 4]
    return outline.source.name if outline.source.is_original else f"{stem}.txt"
