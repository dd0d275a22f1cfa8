"""Say where the elements of a plan stand in a classification beside its tree."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from plans.classes import Classed, fault_of_codes
from plans.models import Plan, PlanElement
from plans.services.changes import assign
from plans.services.publishing import Publication, locked, record_version


@transaction.atomic
def classify(plan: Plan, scheme: str, lines: Iterable[Classed], *, by: User) -> Publication:
    """Give the elements that LINES name their codes in SCHEME, and no others; the rest stay.

    One version of the plan, a constant number of queries. ValidationError, with nothing written,
    for an element that the plan does not have.
    """
    plan = locked(plan.pk)
    lines = list(lines)
    if fault := fault_of_codes(scheme, [each.code for each in lines if each.code]):
        raise ValidationError(fault)
    codes: dict[str, set[str]] = {each.ref: set() for each in lines if each.ref}
    known = dict(plan.schemes.get(scheme, {}))
    for ref, code, label in lines:
        if code and ref:
            codes[ref].add(code)
        if code:
            known[code] = label or known.get(code, "")
    rows = plan.elements.current().filter(ref__in=codes).in_document_order().defer("search")
    elements = {each.ref: each for each in rows}
    if missing := sorted(codes.keys() - elements.keys()):
        raise ValidationError(_("Este plan no tiene: %s.") % ", ".join(missing[:10]))
    changes = []
    for ref, element in elements.items():
        others = {name: kept for name, kept in element.classes.items() if name != scheme}
        own = {scheme: sorted(codes[ref])} if codes[ref] else {}
        if told := assign(element, {"classes": others | own}):
            changes.append({"ref": ref, "what": "changed", **told})
    PlanElement.objects.bulk_update(elements.values(), ["classes"], batch_size=500)
    named = assign(plan, {"schemes": plan.schemes | {scheme: known}})
    plan.save(update_fields=["schemes"])
    plan_changes = [{"ref": "", "what": "plan", **named}] if named and not changes else []
    return record_version(plan, plan_changes, changes, by=by)
