"""Publish a plan: the one way in which a plan file reaches the public."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from plans.importers.draft import DocumentDraft, PlanDraft
from plans.importers.faults import refusal_of
from plans.models import Passage, Plan, PlanVersion, SourceDocument
from plans.passages import passages_of
from plans.plan_path import fault_of_list
from plans.services.changes import Change, assign
from plans.services.element_rows import write_elements

PLAN_FIELDS: Final = (
    "organization",
    "standing",
    "standing_source",
    "vision",
    "vision_spans",
    "note",
    "labels",
)
DOCUMENT_FIELDS: Final = (
    "title",
    "file_name",
    "provenance",
    "text",
    "sha256",
    "original_name",
    "original_sha256",
)


@dataclass(frozen=True)
class Publication:
    """What publishing did: numbers of elements, and the version that now stands."""

    plan: Plan
    added: int
    changed: int
    withdrawn: int
    unchanged: int


@transaction.atomic
def publish(
    draft: PlanDraft, *, by: User | None = None, reasons: Mapping[str, str] | None = None
) -> Publication:
    """Make DRAFT the newest version of its municipality's plan for its term, or of its list's.

    Idempotent: the same draft again writes nothing, and the same file again does not undo what
    was corrected since. Elements keep their id by ref; those that the draft no longer has are
    withdrawn, not deleted, and the version tells the REASONS that were given, by ref. Raises
    FileRefused if the municipality is unknown.
    """
    municipality = _lock_municipality(draft)
    there = list(municipality.plans.all())
    plan = _plan_of(municipality, draft, there)
    if draft.file_sha256 and plan.file_sha256 == draft.file_sha256:
        return record_version(plan, [], [], by=by)
    _refuse_other_term(plan, draft, there)
    plan_changes = _write_plan(plan, draft)
    element_changes = write_elements(plan, draft.elements, schemes=draft.schemes)
    for change in element_changes:
        if change["what"] == "withdrawn" and (why := (reasons or {}).get(change["ref"])):
            change["reason"] = why
    return record_version(plan, plan_changes, element_changes, by=by)


def _lock_municipality(draft: PlanDraft) -> Municipality:
    """The draft's municipality, locked: one publication at a time for each."""
    rows = Municipality.objects.held().filter(inei=draft.inei)
    municipality: Municipality | None = rows.first()
    if municipality is None:
        reason = _("no hay municipalidad con el ubigeo INEI %s.") % draft.inei
        raise refusal_of("municipalidad", reason, draft.inei_where)
    return municipality


def _plan_of(municipality: Municipality, draft: PlanDraft, there: list[Plan]) -> Plan:
    """The plan that DRAFT is of, among those THERE, or a new one: the one in force, or its list's.

    Raises FileRefused for what is no list's name, and for a draft that names none where the plan in
    force came there as a list's: it may be of the plan that was in force before.
    """
    of_term = [plan for plan in there if plan.first_year == draft.term.first_year]
    keys = {"municipality": municipality, "first_year": draft.term.first_year}
    if draft.list_slug:
        if fault := fault_of_list(draft.list_slug):
            raise refusal_of("lista", fault, draft.list_where)
        stored = next((plan for plan in of_term if plan.list_slug == draft.list_slug), None)
        return stored or Plan(**keys, list_slug=draft.list_slug, in_force=False)
    in_force = next((plan for plan in of_term if plan.in_force), None)
    if in_force and in_force.list_slug:
        reason = _("el plan que rige es el de la lista «%s»: diga de qué lista es este.")
        raise refusal_of("lista", reason % in_force.list_slug, draft.list_where)
    return in_force or Plan(**keys)


def locked(plan_id: int) -> Plan:
    """The plan as it stands now; nobody else publishes for its municipality meanwhile."""
    Municipality.objects.held().get(plans=plan_id)
    return Plan.objects.get(pk=plan_id)


def _refuse_other_term(plan: Plan, draft: PlanDraft, there: list[Plan]) -> None:
    """A term is part of every permanent link, and no two terms of a municipality share a year.

    THERE are the municipality's plans.
    """
    others = [other.term for other in there if other is not plan and other.term != draft.term]
    overlapping = next((other for other in others if other.overlaps(draft.term)), None)
    if overlapping:
        reason = _("se cruza con el plan %s de la misma municipalidad.") % overlapping.printed
        raise refusal_of("periodo", reason, draft.term_where)
    if plan.pk and plan.last_year != draft.term.last_year:
        reason = _("ya se publicó como %s: sus enlaces dejarían de servir.") % plan.term.printed
        raise refusal_of("periodo", reason, draft.term_where)


def record_version(
    plan: Plan, plan_changes: list[Change], element_changes: list[Change], *, by: User | None
) -> Publication:
    """Number and keep what changed, and let the public's pages know. Call in a transaction.

    Whoever keeps figures about plans is called in it: AFTER_PUBLISHING_A_PLAN in the settings
    names them, because nothing here may know what is reported.
    """
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
        Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
        for path in settings.AFTER_PUBLISHING_A_PLAN:
            import_string(path)(plan)
    current = plan.elements.current().count()
    return Publication(
        plan=plan,
        unchanged=current - counts["added"] - counts["changed"],
        **counts,
    )


def _write_plan(plan: Plan, draft: PlanDraft) -> list[Change]:
    """What changed of the plan and of its document. Another text is another document."""
    wanted = {name: getattr(draft, name) for name in PLAN_FIELDS}
    schemes = plan.schemes | draft.schemes
    changed = assign(plan, wanted | {"last_year": draft.term.last_year, "schemes": schemes})
    plan.file_sha256 = draft.file_sha256
    plan.save()
    stated = {name: getattr(draft.document, name) for name in DOCUMENT_FIELDS}
    before = plan.document if plan.current_document_id else SourceDocument(plan=plan)
    document_changed = assign(SourceDocument(**_said(before)), stated)
    if document_changed:
        _write_document(plan, stated)
    if plan.version == 0:
        return []
    changes = [("plan", changed), ("document", document_changed)]
    return [{"ref": "", "what": what, **change} for what, change in changes if change]


def _said(document: SourceDocument) -> dict[str, Any]:
    return {name: getattr(document, name) for name in DOCUMENT_FIELDS}


def _write_document(plan: Plan, stated: dict[str, Any]) -> None:
    """Make the document that is STATED the one that PLAN quotes. The one before stays.

    Its passages do not: what a search finds is what counts today.
    """
    is_first = plan.current_document_id is None
    document = None if is_first else plan.documents.filter(sha256=stated["sha256"]).first()
    if document is None:
        document = SourceDocument(plan=plan, number=1 if is_first else _next_number(plan))
    elif document.added_on is not None:
        reason = _("es el documento que se añadió al plan: «%s».") % document.title
        raise refusal_of("documento", reason)
    assign(document, stated)
    document.save()
    if plan.current_document_id != document.pk:
        if not is_first:
            both = (plan.current_document_id, document.pk)
            Passage.objects.filter(document__in=both).delete()
        _write_passages(document)
        plan.current_document = document
        plan.save(update_fields=["current_document"])


def _next_number(plan: Plan) -> int:
    return (plan.documents.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def add_document(
    plan: Plan, document: DocumentDraft, *, added_on: dt.date, added_by: str, by: User
) -> SourceDocument:
    """Keep DOCUMENT beside the plan's own: what ADDED_BY added to it on the day ADDED_ON.

    Its elements are added one by one (`editing.save_element`). ValidationError where it is there.
    """
    plan = locked(plan.pk)
    if plan.documents.filter(sha256=document.sha256).exists():
        raise ValidationError(_("Ese documento ya está en el plan."))
    stated = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    added = SourceDocument.objects.create(
        plan=plan, number=_next_number(plan), added_on=added_on, added_by=added_by, **stated
    )
    _write_passages(added)
    told = {"before": {"title": ""}, "after": {"title": added.title}}
    record_version(plan, [{"ref": "", "what": "document", **told}], [], by=by)
    return added


def _write_passages(document: SourceDocument) -> None:
    """Write what a search finds of DOCUMENT."""
    Passage.objects.bulk_create(
        Passage(document=document, first_line=line, text=text)
        for line, text in passages_of(document.text)
    )
