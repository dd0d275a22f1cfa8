"""Bring the elements of a plan to what a new version says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.choices import OWN_DIMENSIONS, Level
from plans.importers.draft import ElementDraft, TermsDraft
from plans.importers.faults import Faults, refusal_of
from plans.importers.printed.proving import is_printed
from plans.models import MeasuringTerms, Plan, PlanElement, SourceDocument
from plans.services import cross_references
from plans.services.changes import CORRECTABLE, Change, assign, terms_change

ELEMENT_FIELDS: Final = ("level", "parent_level", "depth", "dimension", *CORRECTABLE)
TERMS_FIELDS: Final = (
    "kind",
    "goal",
    "unit_of_measure",
    "direction",
    "bound",
    "tolerance",
    "nature",
    "baseline",
    "baseline_source",
    "milestones",
)


def write_elements(
    plan: Plan, drafts: list[ElementDraft], *, schemes: Collection[str] = ()
) -> list[Change]:
    """Add, change and withdraw elements of PLAN until it says what DRAFTS say, in their order.

    They stand in its document; what another document added to it stays. So do the codes that they
    have in other classifications than SCHEMES, which are the drafts'.

    Returns the changes. The number of queries does not depend on the plan's size (one more for
    each step of depth that has new elements). Raises FileRefused
    where a ref that was published would become something else.
    """
    document = plan.document
    known = _known_elements(plan)
    drafts = _with_lasting_dimensions(known, drafts)
    _refuse_other_things(known, drafts)
    added = _add_what_is_new(plan, known, drafts)
    changes: list[Change] = []
    touched: list[PlanElement] = []
    for position, draft in enumerate(drafts):
        element = known[draft.ref]
        is_shifted = (element.position, element.document_id) != (position, document.pk)
        change = _brought_to(element, draft, known.get(draft.parent_ref), schemes)
        element.position, element.document = position, document
        if change:
            changes.append(change)
        if element.pk is not None and (change or is_shifted):
            touched.append(element)
    missing = [known[ref] for ref in known.keys() - {draft.ref for draft in drafts}]
    gone, followers = _withdraw(plan, missing)
    changes += [{"ref": element.ref, "what": "withdrawn"} for element in gone]
    _save(added, touched + followers)
    _tell(changes, _write_terms(known, drafts, document))
    _tell(changes, _write_cross_references(plan, known, drafts))
    name_dimensions(plan, known.values())
    if touched and not changes:  # only their order: no version tells it, but the page shows it
        Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
    return changes


def _add_what_is_new(
    plan: Plan, known: dict[str, PlanElement], drafts: Iterable[ElementDraft]
) -> list[PlanElement]:
    """Make KNOWN, in memory, those of DRAFTS that PLAN does not have; these, in their order."""
    added: list[PlanElement] = []
    for draft in drafts:
        if draft.ref not in known:
            element = PlanElement(plan=plan, ref=draft.ref, since_version=plan.version + 1)
            known[draft.ref] = element
            added.append(element)
    return added


def _brought_to(
    element: PlanElement,
    draft: ElementDraft,
    parent: PlanElement | None,
    schemes: Collection[str],
) -> Change | None:
    """Have ELEMENT say what DRAFT says, under PARENT: what that changes of it, None for nothing."""
    is_new = element.pk is None or element.is_withdrawn
    is_elsewhere = element.parent is not parent
    wanted = {name: getattr(draft, name) for name in ELEMENT_FIELDS}
    told = assign(element, wanted | {"classes": _classes(element, draft, schemes)})
    element.parent, element.until_version = parent, None
    if is_new:
        return {"ref": draft.ref, "what": "added"}
    return {"ref": draft.ref, "what": "changed", **told} if told or is_elsewhere else None


def _tell(changes: list[Change], told_by_ref: Mapping[str, Change]) -> None:
    """Add to CHANGES what else is TOLD of an element; of one that is new all is new."""
    change_of = {change["ref"]: change for change in changes}
    for ref, told in told_by_ref.items():
        change = change_of.get(ref)
        if change is None:
            changes.append({"ref": ref, "what": "changed", **told})
        elif change["what"] == "changed":
            change["before"] = change.get("before", {}) | told["before"]
            change["after"] = change.get("after", {}) | told["after"]


def _write_cross_references(
    plan: Plan, known: Mapping[str, PlanElement], drafts: Iterable[ElementDraft]
) -> dict[str, Change]:
    """Those of DRAFTS, and none of what was withdrawn. What changed, by ref."""
    wanted: dict[PlanElement, list[PlanElement]] = {each: [] for each in known.values()}
    for draft in drafts:
        wanted[known[draft.ref]] = [known[ref] for ref in draft.also_under]
    return cross_references.rewrite(plan, wanted)


def _known_elements(plan: Plan) -> dict[str, PlanElement]:
    """The plan's elements by ref, parents at hand without a query for each."""
    elements = list(plan.elements.all()) if plan.pk else []
    by_id = {element.pk: element for element in elements}
    for element in elements:
        if element.parent_id is not None:
            element.parent = by_id[element.parent_id]
    return {element.ref: element for element in elements}


def _with_lasting_dimensions(
    known: dict[str, PlanElement], drafts: list[ElementDraft]
) -> list[ElementDraft]:
    """DRAFTS, in which a source numbers the plan's own dimensions by their order, under the keys
    that these have: each keeps the one that it was published with, and no key is given twice."""
    used = {element.dimension for element in known.values()}
    free = (key for key in OWN_DIMENSIONS if key not in used)
    lasting: dict[str, str] = {}
    for draft in drafts:
        if draft.level == Level.DIMENSION and draft.dimension in OWN_DIMENSIONS:
            before = known[draft.ref].dimension if draft.ref in known else ""
            key = before if before in OWN_DIMENSIONS else next(free, "")
            if not key:
                reason = _("un plan tiene como máximo %s dimensiones propias.")
                raise refusal_of(draft.ref, reason % len(OWN_DIMENSIONS), draft.where)
            lasting[draft.dimension] = key
    if not lasting:
        return drafts
    return [replace(each, dimension=lasting.get(each.dimension, each.dimension)) for each in drafts]


def name_dimensions(plan: Plan, elements: Iterable[PlanElement]) -> None:
    """Keep in PLAN what its own dimensions among ELEMENTS, all that it ever had, are called."""
    own = [
        each
        for each in elements
        if each.level == Level.DIMENSION and each.dimension in OWN_DIMENSIONS
    ]
    own.sort(key=lambda each: not each.is_withdrawn)
    names = {
        each.dimension: [-1 if each.is_withdrawn else each.position, each.statement] for each in own
    }
    if names != plan.own_dimensions:
        plan.own_dimensions = names
        plan.save(update_fields=["own_dimensions"])


def _refuse_other_things(known: dict[str, PlanElement], drafts: list[ElementDraft]) -> None:
    """A ref is a permanent link: what it names keeps its level and its dimension."""
    faults = Faults()
    for draft in drafts:
        element = known.get(draft.ref)
        if element and element.added_on:
            reason = _("%(ref)s es de lo %(added)s: use un código nuevo.")
            shown = {"ref": draft.ref, "added": element.added}
            faults.add(draft.where, draft.ref, reason % shown)
        elif element and (element.level, element.dimension) != (draft.level, draft.dimension):
            what = f"{element.get_level_display()}, {element.get_dimension_display()}".rstrip(", ")
            reason = _("%(ref)s ya se publicó como otra cosa (%(what)s): use un código nuevo.")
            faults.add(draft.where, draft.ref, reason % {"ref": draft.ref, "what": what})
    faults.refuse_if_any()


def _classes(
    element: PlanElement, draft: ElementDraft, schemes: Collection[str]
) -> dict[str, list[str]]:
    kept = {name: codes for name, codes in element.classes.items() if name not in schemes}
    return kept | draft.classes


def _withdraw(
    plan: Plan, missing: list[PlanElement]
) -> tuple[list[PlanElement], list[PlanElement]]:
    """Mark MISSING as withdrawn: those that were not, and all that must be saved.

    What was withdrawn earlier still hangs from its parent, and follows it when it moves. It keeps
    its place in the document in which it stood. What another document added is no part of the one
    that the plan follows, and stays.
    """
    gone, touched = [], []
    for element in sorted(missing, key=lambda each: (each.depth, each.position)):
        before = (element.depth, element.until_version)
        element.follow_parent()
        if not element.is_withdrawn and element.added_on is None:
            element.until_version = max(plan.version, element.since_version)
            gone.append(element)
        if before != (element.depth, element.until_version):
            touched.append(element)
    return gone, touched


def _save(added: list[PlanElement], touched: list[PlanElement]) -> None:
    """Parents before children: bulk_create needs their ids."""
    for depth in sorted({element.depth for element in added}):
        layer = [element for element in added if element.depth == depth]
        _take_parent_ids(layer)
        PlanElement.objects.bulk_create(layer)
    _take_parent_ids(touched)
    fields = [*ELEMENT_FIELDS, "classes", "document", "parent", "position", "until_version"]
    PlanElement.objects.bulk_update(touched, fields, batch_size=500)


def _take_parent_ids(elements: list[PlanElement]) -> None:
    for element in elements:
        element.parent_id = element.parent.pk if element.parent else None


def _stated(draft: ElementDraft, document: SourceDocument) -> dict[str, Any]:
    """What the text says of how the target DRAFT is measured, as it is kept."""
    stated = draft.terms or TermsDraft()
    wanted = {name: getattr(stated, name) for name in TERMS_FIELDS}
    wanted["milestones"] = {
        semester: f"{value.normalize():f}" for semester, value in stated.milestones.items()
    }
    if stated.baseline is not None and not stated.baseline_source:
        wanted["baseline_source"] = _where_printed(stated.baseline, draft, document)
    return wanted


def _where_printed(baseline: Decimal, draft: ElementDraft, document: SourceDocument) -> str:
    """The document, its line and, where its text tells pages apart, its page."""
    unit = draft.terms.unit_of_measure if draft.terms else ""
    in_statement = is_printed(baseline, draft.statement, unit)
    start = (draft.spans if in_statement else draft.indicator_spans or draft.spans)[0][0]
    before = document.text[:start]
    where = _("línea %s") % (before.count("\n") + 1)
    if "\f" in document.text:
        where = _("página %(page)s, %(line)s") % {"page": before.count("\f") + 1, "line": where}
    return f"{Truncator(document.title).chars(250)}, {where}"


def _write_terms(
    elements: dict[str, PlanElement], drafts: list[ElementDraft], document: SourceDocument
) -> dict[str, Change]:
    """State how a target is measured as far as its text does; a person's later terms stand.

    What changed, by ref.
    """
    targets = {draft.ref: draft for draft in drafts if draft.level == Level.TARGET}
    ids = [elements[ref].pk for ref in targets]
    in_order = MeasuringTerms.objects.filter(element__in=ids).order_by("version")
    newest = {terms.element_id: terms for terms in in_order}
    rows: list[MeasuringTerms] = []
    for ref, draft in targets.items():
        before = newest.get(elements[ref].pk)
        if before is None and draft.terms is None:
            continue
        wanted = _stated(draft, document)
        if before and (before.by_id or wanted == {n: getattr(before, n) for n in TERMS_FIELDS}):
            continue
        rows.append(
            MeasuringTerms(
                element=elements[ref],
                version=before.version + 1 if before else 1,
                in_force_from=timezone.localdate(),
                reason=_("Recoge lo que dice el texto del plan."),
                **wanted,
            )
        )
    MeasuringTerms.objects.bulk_create(rows)
    return {
        row.element.ref: terms_change(newest.get(row.element_id, MeasuringTerms()), row)
        for row in rows
    }
