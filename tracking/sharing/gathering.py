"""What a card shows, read from what is published: the same as the page that leads to it."""

import datetime as dt

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from plans.models import Plan
from plans.plan_path import PlanPath
from plans.semester import Semester
from plans.term import Term
from tracking.accountability.card import card_of_edition
from tracking.accountability.edition import Edition
from tracking.measuring.due import windows_of
from tracking.public.card import Card
from tracking.public.figures.summaries import summaries_of
from tracking.reading.editions import editions_of
from tracking.reading.lookup import plan_in_force, published_plan
from tracking.reading.strips import closings_of, strips_of
from tracking.reading.verdicts import last_known


def card_of_promise(slug: str, path: PlanPath, ref: str, *, at: dt.date) -> Card:
    """That element on the day AT. Five queries. Http404 where the plan never had it."""
    plan = published_plan(slug, path)
    rows = plan.elements.published().with_reportability().defer("search")
    elements = list(rows.filter(Q(ref=ref) | Q(ref__startswith=f"{ref}.")))
    element = next((each for each in elements if each.ref == ref), None)
    if element is None:
        raise Http404(_("El plan no tiene un elemento %s.") % ref)
    element.plan = plan
    below = [each for each in elements if each is element or not each.is_withdrawn]
    strips = strips_of(plan, below, windows_of(plan), closings_of(below), at=at)
    known = {pk: last_known(strip) for pk, strip in strips.items()}
    return Card.of_promise(plan, element, known, strips.get(element.pk, []))


def card_of_plan(slug: str, path: PlanPath, *, at: dt.date) -> Card:
    """That plan on the day AT. Three queries."""
    plan: Plan = published_plan(slug, path)
    short = summaries_of([plan], at=at).get(plan.pk)
    if short is None:
        return Card.of_plan(plan, {})
    return Card.of_plan(plan, short.verdicts, short.semester, short.reported, short.asked)


def card_of_that_edition(slug: str, term: Term, semester: Semester, edition: int) -> Card:
    """Two queries. Http404 where it was not issued."""
    plan = plan_in_force(slug, term)
    report = editions_of(plan, semester).filter(edition=edition).first()
    if report is None:
        raise Http404
    report.plan = plan
    return card_of_edition(Edition.of(report), report)
