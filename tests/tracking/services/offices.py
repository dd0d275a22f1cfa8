"""An office in which anything may happen, in any order."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from accounts.choices import Role
from plans import choices
from plans.choices import ActivityKind, Answering, Level, MeasureKind
from plans.models import PlanElement
from plans.semester import Semester
from plans.services.editing import save_element, save_plan, withdraw_elements
from plans.services.responsibilities import answer_for
from tests.factories import make_municipality, make_person, make_plan, make_unit, state
from tests.tracking.published import FIRST, correct, draft, elect, open_window, review, sustain
from tracking.choices import Step
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.semesters import close_semester, save_window
from tracking.services.standings import recount
from tracking.services.supports import withhold

SECOND = Semester(2019, 2)
SEMESTERS = (FIRST, SECOND)


class Office:
    """A small municipality at work: each verb is one public act through the portal's services."""

    def __init__(self) -> None:
        self.municipality = make_municipality("Puno", "210101")
        self.plan = elect(make_plan(self.municipality))
        self.units = [make_unit(self.municipality, name) for name in ("Obras", "Ambiente")]
        self.planner = make_person("planner@puno.pe", Role.PLANNING, self.municipality)
        self.reporter = make_person(
            "reporter@puno.pe", Role.REPORTER, self.municipality, self.units[0]
        )
        for semester in SEMESTERS:
            open_window(self.municipality, semester)
        recount(self.plan)

    def element(self, index: int) -> PlanElement:
        refs = ["S.1.1.1", "S.1.1.2", "L", "S.1.1.1.1"]
        rows = self.plan.elements.with_reportability().select_related("plan__municipality")
        found: PlanElement | None = rows.filter(ref=refs[index]).first()
        if found is None:
            raise ValidationError("not there yet")
        return found

    def window(self, index: int) -> SemesterWindow:
        return SemesterWindow.objects.get(semester=SEMESTERS[index % 2])

    def publish(self, index: int, number: int) -> None:
        element = self.element(index)
        if not element.is_reportable:
            raise ValidationError("told in words only")
        kind = getattr(element.terms.order_by("-version").first(), "kind", "")
        values: dict[str, Any] = {"step": Step(number % 5)}
        if kind in {MeasureKind.LEVEL, MeasureKind.CHANGE}:
            values = {"step": None, "value": number}
        elif kind != MeasureKind.DELIVERY and element.level != Level.ACTIVITY:
            values = {"step": None}
        report = draft(element, SEMESTERS[number % 2], self.reporter, **values)
        if number % 3 == 0:
            sustain(report)
        sent = report.semester.last_day + dt.timedelta(20 + 30 * (number % 2))
        review(report, sent_on=sent, by=self.planner)

    def correct(self, index: int, number: int) -> None:
        rows = ProgressReport.objects.published().select_related("element__plan__municipality")
        report = rows.filter(element=self.element(index)).order_by("-revision").first()
        if report is None:
            raise ValidationError("nothing to correct")
        changed = correct(report, "Se contó mal", self.reporter, narrative=f"Son {number}.")
        review(changed, by=self.planner)

    def close(self, index: int, number: int) -> None:
        close_semester(self.window(index), by=self.planner)

    def move_due_day(self, index: int, number: int) -> None:
        window = self.window(index)
        window.due_on = window.opens_on + dt.timedelta(number)
        window.closes_on = window.due_on
        save_window(window)

    def withdraw(self, index: int, number: int) -> None:
        withdraw_elements([self.element(index)], by=self.planner)

    def divide(self, index: int, number: int) -> None:
        """The programme gets an activity: from now on that one is asked, and not the programme."""
        parent = self.element(0)
        statement = "Construir dos postas en Puno"
        start = self.plan.document.text.index(statement)
        activity = PlanElement(
            plan=self.plan,
            parent=parent,
            level=Level.ACTIVITY,
            ref="S.1.1.1.1",
            activity_kind=ActivityKind.ACTIVITY,
            statement=statement,
            spans=[[start, start + len(statement)]],
        )
        activity.full_clean(exclude=["municipality"])
        save_element(activity, by=self.planner, units=self.units)

    def measure(self, index: int, number: int) -> None:
        kind = MeasureKind.values[number % 5]
        state(self.element(index), self.planner, kind=kind, goal=20)

    def answer(self, index: int, number: int) -> None:
        how = [*Answering][number % 3]
        answer_for([self.element(index)], self.units[number % 2], how, by=self.planner)

    def lose(self, index: int, number: int) -> None:
        """The plan turns out to be no elected authority's: nothing more is asked."""
        self.plan.refresh_from_db()
        self.plan.standing = (
            choices.Standing.UNCONFIRMED if number % 4 else choices.Standing.ELECTED
        )
        save_plan(self.plan, by=self.planner)

    def withhold(self, index: int, number: int) -> None:
        report = ProgressReport.objects.published().exclude(supports=None).first()
        if report:
            withhold(report.supports.all()[0], "Tiene un DNI", by=self.planner)


VERBS = [verb for verb in vars(Office) if not verb.startswith("_")]
ACTS = [verb for verb in VERBS if verb not in {"element", "window"}]
