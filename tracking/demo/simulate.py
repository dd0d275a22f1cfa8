"""Give a plan people, terms, windows and reports: all of it simulated, all of it at once."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from plans.choices import Level, Standing
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.querysets import PlanElementQuerySet
from plans.services.changes import Change, assign, terms_change
from plans.services.publishing import locked, record_version
from plans.term import Term
from tracking.demo.chance import chance
from tracking.demo.people import add_people
from tracking.demo.reports import file_reports
from tracking.demo.semesters import begun_windows, close
from tracking.demo.spending import add_expenditures
from tracking.demo.stories import stories_of, told_by_planning
from tracking.demo.terms import terms_of
from tracking.demo.units import add_responsibilities, add_units
from tracking.ledger.writing import enter_missing
from tracking.models import ProgressReport
from tracking.services.standings import recount

FEW: Final = 25  # with fewer reportable elements, one person plans alone
FOLLOWED: Final = 2  # guidelines that planning chose to follow


class NotSimulated(Exception):
    """The plan stays as it is, for the reason that this says."""


@dataclass(frozen=True)
class Simulation:
    """What was written, in numbers."""

    terms: int
    reports: int
    published: int
    expenditures: int


@transaction.atomic
def simulate(plan: Plan, *, at: dt.date) -> Simulation:
    """Write what would have happened to PLAN up to the day AT.

    The same plan gets the same progress. Raises NotSimulated, with nothing written, where it has
    reports already, real or simulated, or is an elected authority's.
    """
    plan = _locked(plan)
    windows = begun_windows(plan, at=at)
    if not windows:
        raise NotSimulated(_("su periodo todavía no tiene un semestre por informar."))
    changed = assign(plan, {"simulated": True})
    plan.save(update_fields=["simulated"])
    units = add_units(plan.municipality)
    current = _reportable(plan)
    cast = add_people(plan.municipality, units, planners=1 if len(current) < FEW else 2)
    planner = cast.planners[0]
    versions_of, stated = _state_terms([*current, *_followed(plan)], plan.term, at=at, by=planner)
    elements = _reportable(plan)
    answering, assigned = add_responsibilities(elements, units)
    # Arrival as what is said of the plan: none of its texts is corrected.
    changes = [{"ref": "", "what": "plan", **changed}] if changed else []
    record_version(plan, [*changes, *stated, *assigned], [], by=planner)
    semesters = [window.semester for window in windows]
    stories = stories_of(elements, versions_of, answering, cast, semesters)
    stories += told_by_planning(_dimensions(plan), cast, semesters)
    reports = file_reports(stories, {window.semester: window for window in windows})
    over = [window for window in windows[:-1] if window.closes_on <= at]
    close(over, plan, elements, versions_of, by=planner)
    expenditures = add_expenditures(plan, elements, at=at, by=planner)
    recount(plan)
    enter_missing(plan.municipality)
    return Simulation(
        terms=len(stated),
        reports=len(reports),
        published=sum(report.is_published for report in reports),
        expenditures=expenditures,
    )


def _locked(plan: Plan) -> Plan:
    """PLAN as it stands now; nobody else writes in its municipality meanwhile."""
    stored = locked(plan.pk)
    if stored.standing == Standing.ELECTED:
        raise NotSimulated(_("es el plan de una autoridad elegida: no se simula nada."))
    reported = ProgressReport.objects.filter(plan=stored)
    if reported.filter(simulated=True).exists():
        raise NotSimulated(_("ya tiene avances simulados; no se cambió nada."))
    if reported.exists() or stored.expenditures.exists():
        raise NotSimulated(_("ya tiene informes de verdad; no se cambió nada."))
    return stored


def _reportable(plan: Plan) -> list[PlanElement]:
    return _of(plan, plan.elements.reportable())


def _dimensions(plan: Plan) -> list[PlanElement]:
    rows = plan.elements.filter(level=Level.DIMENSION).current()
    return _of(plan, rows.with_reportability())


def _of(plan: Plan, elements: PlanElementQuerySet) -> list[PlanElement]:
    """ELEMENTS in their order, each with PLAN at hand."""
    listed = list(elements.in_document_order().defer("search"))
    for element in listed:
        element.plan = plan
    return listed


def _followed(plan: Plan) -> list[PlanElement]:
    """Guidelines with nothing below them: stating their terms is following them."""
    guidelines = plan.elements.current().filter(level=Level.GUIDELINE, children=None)
    return _of(plan, guidelines)[:FOLLOWED]


def _state_terms(
    elements: list[PlanElement], term: Term, *, at: dt.date, by: User
) -> tuple[dict[int, list[MeasuringTerms]], list[Change]]:
    """State how ELEMENTS are measured: every version of each, oldest first, and what changed."""
    rows = MeasuringTerms.objects.filter(element__in=elements).in_force()
    newest = {terms.element_id: terms for terms in rows}
    versions_of: dict[int, list[MeasuringTerms]] = {}
    added: list[MeasuringTerms] = []
    changes: list[Change] = []
    for element in elements:
        text = newest.get(element.pk)
        versions = [text] if text else []
        for terms in terms_of(chance("forma de medir", element), element, text, term, at=at, by=by):
            before = versions[-1] if versions else MeasuringTerms()
            change = terms_change(before, terms)
            changes.append({"ref": element.ref, "what": "changed", **change})
            versions.append(terms)
            added.append(terms)
        versions_of[element.pk] = versions
    MeasuringTerms.objects.bulk_create(added)
    return versions_of, changes
