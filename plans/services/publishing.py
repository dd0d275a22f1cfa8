"""Publish a plan: the one way in which a plan file reaches the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from plans.importers.draft import ElementDraft, PlanDraft
from plans.importers.faults import Fault, FileRefused
from plans.models import MeasuringTerms, Plan, PlanElement, PlanVersion, SourceDocument

PLAN_FIELDS: Final = (
    "organization",
    "standing",
    "standing_source",
    "vision",
    "vision_spans",
    "labels",
)
DOCUMENT_FIELDS: Final = ("title", "file_name", "provenance", "text", "sha256")
ELEMENT_FIELDS: Final = (
    "level",
    "parent_level",
    "depth",
    "dimension",
    "printed_code",
    "statement",
    "note",
    "spans",
    "activity_kind",
    "cui",
    "field",
)
TERMS_FIELDS: Final = ("kind", "goal", "unit_of_measure", "direction")
UNTOLD: Final = frozenset({"spans", "vision_spans", "text"})
"""Fields whose change is not spelled out in a version: they follow from others."""

Change = dict[str, Any]


@dataclass(frozen=True)
class Publication:
    """What publishing did: numbers of elements, and the version that now stands."""

    plan: Plan
    added: int
    changed: int
    withdrawn: int
    unchanged: int
    changes_plan: bool

    @property
    def changes_anything(self) -> bool:
        return bool(self.changes_plan or self.added or self.changed or self.withdrawn)


@transaction.atomic
def publish(draft: PlanDraft, *, by: User | None = None) -> Publication:
    """Make DRAFT the newest version of its municipality's plan for its term.

    Idempotent: the same draft again writes nothing. Elements keep their id by ref; those that
    the draft no longer has are withdrawn, not deleted. Raises FileRefused if the municipality is
    unknown.
    """
    municipality = lock_municipality(draft)
    plan, plan_changes = _write_plan(municipality, draft)
    element_changes = _write_elements(plan, draft.elements)
    return record_version(plan, plan_changes, element_changes, by=by)


def lock_municipality(draft: PlanDraft) -> Municipality:
    """The draft's municipality, locked: one publication at a time for each."""
    rows = Municipality.objects.select_for_update()
    municipality: Municipality | None = rows.filter(inei=draft.inei).first()
    if municipality is None:
        reason = _("no hay municipalidad con el ubigeo INEI %s.") % draft.inei
        raise FileRefused([Fault(draft.inei_line, "municipalidad", reason)])
    return municipality


def record_version(
    plan: Plan, plan_changes: list[Change], element_changes: list[Change], *, by: User | None
) -> Publication:
    """Number and keep what changed, and let the public's pages know. Call in a transaction."""
    counts = {
        what: sum(change["what"] == what for change in element_changes)
        for what in ("added", "changed", "withdrawn")
    }
    if plan_changes or element_changes:
        plan.version += 1
        plan.save(update_fields=["version"])
        PlanVersion.objects.create(
            plan=plan, number=plan.version, by=by, changes=plan_changes + element_changes, **counts
        )
        municipality = Municipality.objects.filter(pk=plan.municipality_id)
        municipality.update(revision=F("revision") + 1)
    current = plan.elements.current().count()
    return Publication(
        plan=plan,
        changes_plan=bool(plan_changes),
        unchanged=current - counts["added"] - counts["changed"],
        **counts,
    )


def _write_plan(municipality: Municipality, draft: PlanDraft) -> tuple[Plan, list[Change]]:
    keys = {"municipality": municipality, "first_year": draft.term.first_year}
    plan = Plan.objects.filter(**keys).first() or Plan(**keys)
    wanted = {name: getattr(draft, name) for name in PLAN_FIELDS}
    changed = assign(plan, wanted | {"last_year": draft.term.last_year})
    if plan.pk is None or changed:
        plan.save()
    document = SourceDocument.objects.filter(plan=plan).first() or SourceDocument(plan=plan)
    document_changed = assign(
        document, {name: getattr(draft.document, name) for name in DOCUMENT_FIELDS}
    )
    if document_changed:
        document.save()
    if plan.version == 0:
        return plan, []
    changes = [("plan", changed), ("document", document_changed)]
    return plan, [{"ref": "", "what": what, **change} for what, change in changes if change]


def _write_elements(plan: Plan, drafts: list[ElementDraft]) -> list[Change]:
    """Bring the plan's elements to what DRAFTS say; the changes, in document order.

    A constant number of queries, whatever the size of the plan.
    """
    version = plan.version + 1
    known = {element.ref: element for element in plan.elements.all()}
    changes: list[Change] = []
    added: list[PlanElement] = []
    touched: list[PlanElement] = []
    for position, draft in enumerate(drafts):
        element = known.get(draft.ref)
        is_new = element is None or element.is_withdrawn
        if element is None:
            element = PlanElement(plan=plan, ref=draft.ref, since_version=version)
            known[draft.ref] = element
            added.append(element)
        moved = element.position != position
        element.position, element.until_version = position, None
        parent = known.get(draft.parent_ref)
        told = assign(element, {name: getattr(draft, name) for name in ELEMENT_FIELDS})
        if element.parent != parent:
            element.parent, told = parent, told or {"before": {}, "after": {}}
        if is_new:
            changes.append({"ref": draft.ref, "what": "added"})
        elif told:
            changes.append({"ref": draft.ref, "what": "changed", **told})
        if element.pk is not None and (is_new or told or moved):
            touched.append(element)
    refs = {draft.ref for draft in drafts}
    for ref, element in known.items():
        if ref not in refs and not element.is_withdrawn:
            element.until_version = max(plan.version, element.since_version)
            touched.append(element)
            changes.append({"ref": ref, "what": "withdrawn"})
    _save_tree(added, touched)
    return changes + _write_terms(known, drafts, already={change["ref"] for change in changes})


def _save_tree(added: list[PlanElement], touched: list[PlanElement]) -> None:
    """Parents before children: bulk_create needs their ids."""
    for depth in sorted({element.depth for element in added}):
        layer = [element for element in added if element.depth == depth]
        for element in layer:
            element.parent_id = element.parent.pk if element.parent else None
        PlanElement.objects.bulk_create(layer)
    for element in touched:
        element.parent_id = element.parent.pk if element.parent else None
    fields = [*ELEMENT_FIELDS, "parent", "position", "until_version"]
    PlanElement.objects.bulk_update(touched, fields, batch_size=500)


def _write_terms(
    elements: dict[str, PlanElement], drafts: Iterable[ElementDraft], already: set[str]
) -> list[Change]:
    """State how a target is measured as far as its text does; a person's later terms stand."""
    stated = {draft.ref: draft.terms for draft in drafts if draft.terms}
    ids = [elements[ref].pk for ref in stated]
    newest = {
        terms.element_id: terms
        for terms in MeasuringTerms.objects.filter(element__in=ids).order_by("version")
    }
    rows: list[MeasuringTerms] = []
    for ref, draft in stated.items():
        before = newest.get(elements[ref].pk)
        wanted = {name: getattr(draft, name) for name in TERMS_FIELDS}
        if before and (
            before.by_id or all(getattr(before, name) == wanted[name] for name in TERMS_FIELDS)
        ):
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
    return [
        {"ref": row.element.ref, "what": "changed", "before": {}, "after": {"terms": row.version}}
        for row in rows
        if row.element.ref not in already
    ]


def assign(row: models.Model, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Set WANTED on ROW; what differed as {"before": …, "after": …}, empty if nothing did."""
    different = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not different:
        return {}
    told = [name for name in different if name not in UNTOLD]
    before = {name: getattr(row, name) for name in told}
    for name in different:
        setattr(row, name, wanted[name])
    return {"before": before, "after": {name: wanted[name] for name in told}}
