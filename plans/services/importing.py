"""Publish what a reader understood of a source, as the next version of the plan that is there."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.db import transaction

from accounts.models import User
from plans.importers.draft import TermsDraft
from plans.importers.outline import Outline
from plans.importers.refs import Published
from plans.importers.stored import packed
from plans.importers.validation import Whose, validated
from plans.models import CrossReference, MeasuringTerms, Plan
from plans.services.element_rows import TERMS_FIELDS
from plans.services.publishing import Publication, locked, publish
from plans.term import Term

ROW: Final = ("ref", "parent__ref", "level", "dimension", "statement", "note", "cui")


@transaction.atomic
def publish_outline(
    outline: Outline,
    whose: Whose,
    plan: Plan | None,
    *,
    by: User | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Publication:
    """Make OUTLINE the newest version of PLAN, or the first of a plan that is not there yet.

    Statements that are the same keep their reference, and what was said of them by hand. REASONS
    say, by reference, why something is not in it any more.
    The same outline again changes nothing, and does not undo what was corrected since. Raises
    FileRefused with all that is wrong, and writes nothing then.
    """
    if plan is not None:
        plan = locked(plan.pk)
    draft = validated(outline, whose, published_of(plan))
    return publish(replace(draft, file_sha256=_digest(outline, whose)), by=by, reasons=reasons)


def _digest(outline: Outline, whose: Whose) -> str:
    """By which the same outline of the same plan is recognized."""
    written = json.dumps([packed(outline), str(whose)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def plan_there(municipality_id: int, term: Term, list_slug: str) -> Plan | None:
    """The plan of that list, or with "" the one in force; None where it is still to come."""
    rows = Plan.objects.filter(municipality=municipality_id, first_year=term.first_year)
    rows = rows.filter(list_slug=list_slug) if list_slug else rows.in_force()
    plan: Plan | None = rows.first()
    return plan


def as_published(whose: Whose, plan: Plan | None) -> Whose:
    """WHOSE with what was published of PLAN as a whole, which stands over what a source says.

    Not its list: whoever brings it in says of which it is.
    """
    if plan is None:
        return whose
    return replace(
        whose,
        organization=plan.organization,
        standing=plan.standing,
        standing_source=plan.standing_source,
        note=plan.note,
        labels=plan.labels,
    )


def published_of(plan: Plan | None) -> list[Published]:
    """What PLAN already has, withdrawn elements included; nothing where there is none.

    Three queries, whatever its size.
    """
    if plan is None:
        return []
    terms = _stated_terms(plan)
    further: dict[int, list[str]] = defaultdict(list)
    shared = CrossReference.objects.filter(plan=plan).order_by("parent__position")
    for pk, ref in shared.values_list("element_id", "parent__ref"):
        further[pk].append(ref)
    rows = plan.elements.in_document_order().values("pk", "until_version", *ROW)
    return [
        Published(
            ref=row["ref"],
            parent_ref=row["parent__ref"] or "",
            level=row["level"],
            dimension=row["dimension"],
            statement=row["statement"],
            is_withdrawn=row["until_version"] is not None,
            note=row["note"],
            cui=row["cui"],
            terms=terms.get(row["pk"]),
            also_under=tuple(further.get(row["pk"], ())),
        )
        for row in rows
    ]


def _stated_terms(plan: Plan) -> dict[int, TermsDraft]:
    """By element, the newest terms where they collect what its text says, and no person does."""
    in_order = MeasuringTerms.objects.filter(element__plan=plan).order_by("version")
    newest = {terms.element_id: terms for terms in in_order}
    return {
        element_id: TermsDraft(**{name: getattr(terms, name) for name in TERMS_FIELDS})
        for element_id, terms in newest.items()
        if terms.by_id is None
    }
