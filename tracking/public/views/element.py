"""One promise: what it says, what was reported of it, where it stands, and how to cite it."""

import datetime as dt
from collections import Counter
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.choices import Level
from plans.document_page import DocumentLine, surroundings
from plans.models import Plan, PlanElement, PlanVersion
from plans.plan_path import PlanPath
from plans.tree import Branch, grow
from tracking.measuring.due import windows_of
from tracking.public.card import Card
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.course import course_of
from tracking.public.figures.photographs import photographs_of
from tracking.public.promise_tree import Tree
from tracking.reading.addresses import absolute
from tracking.reading.causes import last_cause
from tracking.reading.editions import semesters_issued
from tracking.reading.locations import locations_told
from tracking.reading.lookup import published_plan
from tracking.reading.spending import spending_of
from tracking.reading.status import status
from tracking.reading.story import published_at, story_of
from tracking.reading.strips import Arrival, closings_of, strips_of
from tracking.reading.verdicts import LastKnown, last_known

AWAITED: Final = (Arrival.DUE, Arrival.AHEAD)


@public_page(scope=Scope.MUNICIPALITY)
def element(request: HttpRequest, slug: str, path: PlanPath, ref: str) -> HttpResponse:
    plan = published_plan(slug, path)
    branches = _branches(plan, ref)
    branch = branches.get(ref)
    if branch is None:
        raise Http404(_("El plan no tiene un elemento %s.") % ref)
    if not request.path.endswith(f"/{ref}/"):
        return HttpResponsePermanentRedirect(branch.element.get_absolute_url())
    terms_versions = list(branch.element.terms.order_by("-version"))
    branch.terms = terms_versions[0] if terms_versions else None
    document = branch.element.document
    document.plan = plan
    lines = surroundings(document.text, branch.element)
    order = [each.element for each in branches.values() if not each.element.is_withdrawn]
    versions = list(plan.versions.published().dated())
    today = timezone.localdate()
    known, reported = _reported(plan, branch, today)
    context = {
        "card": Card.of_promise(plan, branch.element, known, reported["strip"] or ()),
        "plan": plan,
        "branch": branch,
        "element": branch.element,
        "document": document,
        "lines": lines,
        "source_lines": ", ".join(str(line.number) for line in lines if line.quotes),
        "document_link": f"{document.get_absolute_url()}#{_anchor(branch.element, lines)}",
        "as_of": max([versions[0].published_at, *published_at(reported["chapters"])]),
        "withdrawn_in": _withdrawal(branch.element, versions),
        "terms_versions": terms_versions,
        "units": branch.element.units.select_related("municipality").order_by("name"),
        "previous": _neighbour(order, branch.element, -1),
        "next": _neighbour(order, branch.element, +1),
        "permanent_link": absolute(branch.element.get_absolute_url()),
        "today": today,
        "term_status": plan.term.status(at=today),
        **reported,
    }
    return render(request, "tracking/element.html", context)


def _branches(plan: Plan, ref: str) -> dict[str, Branch]:
    """Those of PLAN's one tree, by their refs: the chain, the children and the siblings of REF.

    What was withdrawn has a page, but is no longer anybody's child or sibling.
    """
    elements = plan.elements.published().with_reportability().with_further_parents()
    elements = (
        elements.in_document_order().select_related("document").defer("search", "document__text")
    )
    shown = [
        each for each in elements if not each.is_withdrawn or f"{ref}.".startswith(f"{each.ref}.")
    ]
    return {branch.element.ref: branch for root in grow(shown) for branch in root.walk()}


def _reported(
    plan: Plan, branch: Branch, today: dt.date
) -> tuple[dict[int, LastKnown], dict[str, Any]]:
    """How BRANCH's element and all that hangs from it go, by their ids; and what was reported."""
    element = branch.element
    below = [each.element for each in branch.walk()]
    windows, closings = windows_of(plan), closings_of(below)
    strips = strips_of(plan, below, windows, closings, at=today)
    known = {pk: last_known(strip) for pk, strip in strips.items()}
    chapters = story_of(element, strips.get(element.pk, []), windows, closings)
    reported = [each for each in chapters if each.is_reported]
    others = Counter(going.verdict.value for pk, going in known.items() if pk != element.pk)
    return known, {
        "strip": strips.get(element.pk),
        "going": known.get(element.pk),
        "below": others,
        "children": Tree(known, plan.get_absolute_url(), whole=False).below(branch),
        "chapters": chapters,
        "newest": reported[-1] if reported else None,
        "next_due": next((each for each in chapters if each.cell.arrival in AWAITED), None),
        "cause_before": last_cause(each.newest.report for each in reversed(reported[:-1])),
        "locations": locations_told(branch.terms, (each.newest.report for each in reported)),
        "course": course_of(chapters),
        "photographs": photographs_of(chapters),
        "issued_in": semesters_issued(plan) if reported else (),
        "status": status(element, plan, branch.terms, chapters),
        "spending": spending_of(element) if element.level == Level.ACTIVITY else [],
    }


def _withdrawal(element: PlanElement, versions: list[PlanVersion]) -> PlanVersion | None:
    """The first of VERSIONS, which come newest first, without ELEMENT; None while it stands."""
    if element.until_version is None:
        return None
    later = [each for each in versions if each.number > element.until_version]
    return later[-1] if later else None


def _anchor(element: PlanElement, lines: list[DocumentLine]) -> str:
    """Where the whole text shows ELEMENT: by its mark, or by its line once it has none."""
    if not element.is_withdrawn:
        return element.ref
    return next((f"L{line.number}" for line in lines if line.quotes), "")


def _neighbour(order: list[PlanElement], element: PlanElement, step: int) -> PlanElement | None:
    """The element before or after ELEMENT in the document, None at its ends."""
    if element not in order:
        return None
    index = order.index(element) + step
    return order[index] if 0 <= index < len(order) else None
