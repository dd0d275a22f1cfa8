"""Correct a published plan by hand: each change is a version of it, with what was before.

Every function locks the municipality as `publish` does, checks again what a form checked before
the lock, and raises ValidationError, with nothing written, for what no longer fits.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from plans.choices import Level
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services import cross_references
from plans.services.changes import CORRECTABLE, STATED, Change, assign, terms_change
from plans.services.element_rows import name_dimensions
from plans.services.publishing import Publication, locked, record_version
from plans.services.responsibilities import rewrite
from plans.source_text import SourceText
from plans.standing import fault_of_source
from plans.verification import stands, taken

PLAN_CORRECTABLE: Final = (
    "organization",
    "standing",
    "standing_source",
    "note",
    "labels",
    "simulated",
)


@transaction.atomic
def save_plan(plan: Plan, *, by: User) -> Publication:
    """Correct what is said of PLAN as a whole; its text and its document come by plan file.

    ValidationError for a standing that its source does not prove, and for what was reported on
    and would now be simulated, or no longer.
    """
    stored = locked(plan.pk)
    change = assign(stored, {name: getattr(plan, name) for name in PLAN_CORRECTABLE})
    changes = [{"ref": "", "what": "plan", **change}] if change else []
    if fault := fault_of_source(stored.standing, stored.standing_source):
        raise ValidationError({"standing_source": fault})
    try:
        with transaction.atomic():
            stored.save(update_fields=PLAN_CORRECTABLE)
    except IntegrityError as error:
        if "simulated" not in change.get("after", {}):
            raise
        # The database ties what was reported to it: real and simulated never mix.
        reason = _("Ya se informó sobre este plan: no pasa de demostración a real, ni al revés.")
        raise ValidationError(reason) from error
    return record_version(stored, changes, [], by=by)


@transaction.atomic
def save_element(
    element: PlanElement, *, by: User, units: Collection[Unit] | None = None
) -> Publication:
    """Add ELEMENT to its plan, or correct it. UNITS, if given, are all that answer for it.

    Where it hangs, its level, dimension and ref never change once it is published.
    """
    plan = locked(element.plan_id)
    if element._state.adding:
        change: Change = _add(element, plan)
    else:
        change = _correct(element, plan)
    if units is not None:
        _answer(element, units, change)
    changes = [change] if change["what"] == "added" or "before" in change else []
    _name_dimensions(plan, [element])
    return record_version(plan, [], changes, by=by)


@transaction.atomic
def withdraw_elements(elements: Collection[PlanElement], *, by: User, reason: str = "") -> int:
    """Take ELEMENTS, and all that hangs from them, out of their plans; their pages live on.

    One version of each plan, all or nothing, which tells the REASON where one was given. Returns
    how many went: what was already withdrawn stays as it was.
    """
    why = {"reason": reason} if reason else {}
    count = 0
    for plan_id in sorted({element.plan_id for element in elements}):
        plan = locked(plan_id)
        family = family_of([element for element in elements if element.plan_id == plan_id])
        for each in family:
            each.until_version = max(plan.version, each.since_version)
        PlanElement.objects.bulk_update(family, ["until_version"])
        _name_dimensions(plan, family)
        changes: list[Change] = [{"ref": each.ref, "what": "withdrawn", **why} for each in family]
        left = cross_references.without(plan, family)
        changes += [{"ref": ref, "what": "changed", **told} for ref, told in left.items()]
        count += record_version(plan, [], changes, by=by).withdrawn
    return count


def _name_dimensions(plan: Plan, touched: Iterable[PlanElement]) -> None:
    if any(each.level == Level.DIMENSION for each in touched):
        name_dimensions(plan, plan.elements.filter(level=Level.DIMENSION).defer("search"))


class TermsConflict(Exception):
    """Somebody stated terms since the person looked; nothing was written."""


@transaction.atomic
def state_terms(terms: MeasuringTerms, *, by: User, seen: int | None = None) -> Publication:
    """Add TERMS as the newest way in which their element is measured, in force from their date.

    SEEN is the version that the person had in view, 0 for none: TermsConflict where it is no
    longer the newest. Without it nobody looked. ValidationError for what was withdrawn, and for a
    date that is to come or before that of the newest.
    """
    plan = locked(terms.element.plan_id)
    _refuse_if_withdrawn(PlanElement.objects.get(pk=terms.element_id))
    newest = terms.element.terms.order_by("-version").first()
    if seen is not None and seen != (newest.version if newest else 0):
        raise TermsConflict
    if terms.in_force_from > timezone.localdate():
        raise ValidationError(_("Lo que rige desde un día por venir se registra ese día."))
    if newest and terms.in_force_from < newest.in_force_from:
        raise ValidationError(_("No puede regir desde antes que la forma de medir anterior."))
    change = _follow(newest, terms, by)
    terms.save(force_insert=True)
    return record_version(plan, [], [change], by=by)


@transaction.atomic
def state_alike(
    elements: Collection[PlanElement], stated: Mapping[str, Any], reason: str, *, by: User
) -> int:
    """State the same of all ELEMENTS, of one plan, whose kind nobody has said; how many those were.

    STATED gives the kind and, for a level, its goal and unit. One version of the plan, a constant
    number of queries. What already has a kind, or was withdrawn meanwhile, stays as it is.
    """
    if not elements:
        return 0
    plan = locked(next(iter(elements)).plan_id)
    chosen = plan.elements.current().filter(pk__in=[each.pk for each in elements])
    in_force = MeasuringTerms.objects.in_force().filter(element__in=chosen)
    newest = {terms.element_id: terms for terms in in_force}
    rows: list[MeasuringTerms] = []
    changes: list[Change] = []
    for element in chosen.in_document_order().defer("search"):
        before = newest.get(element.pk)
        if before and before.kind:
            continue
        terms = MeasuringTerms(
            element=element,
            in_force_from=timezone.localdate(),
            reason=reason,
            **carried_on(before, stated),
        )
        changes.append(_follow(before, terms, by))
        rows.append(terms)
    MeasuringTerms.objects.bulk_create(rows)
    record_version(plan, [], changes, by=by)
    return len(rows)


@transaction.atomic
def state_each(
    stated: Collection[tuple[MeasuringTerms, int]], *, by: User
) -> list[tuple[MeasuringTerms, MeasuringTerms | None]]:
    """State how many elements of one plan are measured, each in its own way, from today.

    Each of STATED comes with the version that BY had in view, 0 for none. What somebody else
    stated meanwhile, or withdrew, stays: those that were not written are returned, each with what
    is in force. One version of the plan, a constant number of queries.
    """
    if not stated:
        return []
    plan = locked(next(iter(stated))[0].element.plan_id)
    ids = [terms.element_id for terms, _seen in stated]
    current = set(plan.elements.current().filter(pk__in=ids).values_list("pk", flat=True))
    in_force = MeasuringTerms.objects.in_force().filter(element__in=current)
    newest = {terms.element_id: terms for terms in in_force}
    rows: list[MeasuringTerms] = []
    changes: list[Change] = []
    left: list[tuple[MeasuringTerms, MeasuringTerms | None]] = []
    for terms, seen in sorted(stated, key=lambda each: each[0].element.position):
        before = newest.get(terms.element_id)
        if terms.element_id not in current or seen != (before.version if before else 0):
            left.append((terms, before))
            continue
        terms.in_force_from = timezone.localdate()
        changes.append(_follow(before, terms, by))
        rows.append(terms)
    MeasuringTerms.objects.bulk_create(rows)
    record_version(plan, [], changes, by=by)
    return left


def carried_on(before: MeasuringTerms | None, stated: Mapping[str, Any]) -> dict[str, Any]:
    """STATED over what BEFORE says already; a goal and a direction that the text gives stay."""
    old = before or MeasuringTerms()
    own = {"goal", "unit_of_measure"} if old.goal is not None else set()
    if old.direction:
        own.add("direction")
    new = {name: value for name, value in stated.items() if name not in own}
    return {name: getattr(old, name) for name in STATED} | new


def family_of(elements: Collection[PlanElement]) -> list[PlanElement]:
    """ELEMENTS and all that hangs from them, as far as it stands in its plan, in document order."""
    chosen = {element.pk for element in elements}
    plans = {element.plan_id for element in elements}
    family: dict[int, PlanElement] = {}
    rows = PlanElement.objects.filter(plan__in=plans).current().in_document_order()
    for each in rows.defer("search"):
        if each.pk in chosen or each.parent_id in family:
            family[each.pk] = each
    return list(family.values())


def _refuse_unproven(element: PlanElement) -> None:
    """Under the lock: nobody else can take the same words meanwhile."""
    element.follow_document()
    if not stands(element, SourceText(element.document.text)):
        reason = _("%s no está en el documento, en el lugar que nombra.")
        raise ValidationError(reason % element.ref)
    element.follow_parent()
    spans = [(start, end) for start, end in element.quoted_spans]
    if others := list(taken(element, spans)):
        raise ValidationError(_("Esas palabras ya son de: %s.") % ", ".join(others))


def _add(element: PlanElement, plan: Plan) -> Change:
    _refuse_unproven(element)
    element.since_version = plan.version + 1
    element.position = _make_room(plan, element.parent)
    element.save(force_insert=True)
    return {"ref": element.ref, "what": "added"}


def _make_room(plan: Plan, parent: PlanElement | None) -> int:
    """The position after PARENT's last descendant, or at the end; what followed moves on."""
    if parent is None:
        last = plan.elements.aggregate(last=Max("position"))["last"]
        return 0 if last is None else int(last) + 1
    family = family_of([parent])
    if not family:
        raise ValidationError(_("%s se retiró del plan: nada nuevo cuelga de ahí.") % parent.ref)
    position = family[-1].position + 1
    plan.elements.filter(position__gte=position).update(position=F("position") + 1)
    return position


def _correct(element: PlanElement, plan: Plan) -> Change:
    stored = PlanElement.objects.get(pk=element.pk)
    _refuse_if_withdrawn(stored)
    _refuse_unproven(element)
    change = assign(stored, {name: getattr(element, name) for name in CORRECTABLE})
    stored.save(update_fields=CORRECTABLE)
    return {"ref": stored.ref, "what": "changed", **change}


def _answer(element: PlanElement, units: Collection[Unit], change: Change) -> None:
    """Make UNITS those that answer for ELEMENT, and note in CHANGE who did before."""
    rewritten = rewrite({element: units}).get(element.ref)
    if rewritten and change["what"] == "changed":
        change["before"] = change.get("before", {}) | rewritten["before"]
        change["after"] = change.get("after", {}) | rewritten["after"]


def _follow(newest: MeasuringTerms | None, terms: MeasuringTerms, by: User) -> Change:
    """Number and sign TERMS as what follows NEWEST; what that changes."""
    terms.version = newest.version + 1 if newest else 1
    terms.by = by
    restated = terms_change(newest or MeasuringTerms(), terms)
    return {"ref": terms.element.ref, "what": "changed", **restated}


def _refuse_if_withdrawn(element: PlanElement) -> None:
    if element.is_withdrawn:
        raise ValidationError(_("%s se retiró del plan: ya no se cambia.") % element.ref)
