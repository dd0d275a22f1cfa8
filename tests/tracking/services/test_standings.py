"""The standings follow whatever is published, and can be counted anew from it at any time."""

import datetime as dt
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.choices import Level, MeasureKind
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tests.tracking.services.offices import ACTS, SECOND, Office
from tracking.choices import Step
from tracking.measuring.due import windows_of
from tracking.measuring.standings import wrong_standings
from tracking.models import ClosedTotal, ClosingLine, SemesterWindow, Standing
from tracking.reading.strips import closings_of, strips_of
from tracking.reading.verdicts import last_known
from tracking.services.standings import recount

acts = st.lists(
    st.tuples(
        st.sampled_from([*ACTS, "publish", "publish"]), st.integers(0, 3), st.integers(0, 40)
    ),
    max_size=14,
)


class Whatever(TestCase):
    made: Office

    @classmethod
    def setUpTestData(cls) -> None:
        cls.made = Office()

    @settings(max_examples=25)
    @given(acts)
    def test_whatever_is_published_the_standings_are_what_they_would_be_counted_anew(
        self, done: list[tuple[str, int, int]]
    ) -> None:
        office = deepcopy(self.made)
        for verb, index, number in done:
            with suppress(ValidationError), transaction.atomic():
                getattr(office, verb)(index, number)
        call_command("rebuild_standings", "--check", stdout=StringIO())
        assert stored() == counted_by_hand(office.municipality)
        for at in (SECOND.last_day, dt.date(2020, 6, 30)):
            assert stored_verdicts(at) == verdicts_of_strips(at)


Counts = dict[tuple[str, str, int | None, str], tuple[int, ...]]


def stored() -> Counts:
    return {
        (str(row.semester), row.dimension, row.unit_id, row.level): (
            row.asked,
            row.reported,
            row.running,
            row.supported,
            row.punctual,
        )
        for row in Standing.objects.all()
    }


def counted_by_hand(municipality: Municipality) -> Counts:
    """The same, one promise after another, from what is stored and in no other way."""
    totals: dict[Any, Counter[str]] = {}
    plan = Plan.objects.get()
    for window in SemesterWindow.objects.filter(municipality=municipality):
        for element in PlanElement.objects.with_reportability():
            line = ClosingLine.objects.filter(window=window, element=element).first()
            if (
                line is None
                if window.is_closed
                else not (plan.takes_reports and element.is_reportable)
            ):
                continue
            units = line.units if line else [unit.pk for unit in element.units.all()]
            family = element.reports.published().filter(semester=window.semester)
            newest = family.order_by("-revision").first()
            scopes = {("", None), (element.dimension, None), *(("", unit) for unit in units)}
            for dimension, unit in scopes:
                key = (str(window.semester), dimension, unit, element.level)
                counter = totals.setdefault(key, Counter())
                counter["asked"] += 1
                if newest is None:
                    continue
                sent = family.get(revision=1).submitted_at
                counter["reported"] += 1
                counter["running"] += newest.step == Step.RUNNING
                counter["supported"] += newest.supports.exists()
                counter["punctual"] += timezone.localdate(sent) <= window.due_on
    names = ("asked", "reported", "running", "supported", "punctual")
    return {key: tuple(counter[name] for name in names) for key, counter in totals.items()}


def stored_verdicts(at: dt.date) -> Counter[str]:
    """How all promises went on the day AT by what was known in the second semester."""
    window = SemesterWindow.objects.get(semester=SECOND)
    is_due = window.is_closed or window.is_past_due(at)
    found: Counter[str] = Counter()
    for row in Standing.objects.filter(semester=SECOND, dimension="", unit=None):
        found.update(row.verdicts if is_due else row.awaited)
    return found


def verdicts_of_strips(at: dt.date) -> Counter[str]:
    """The same as a reader would say it who sees every strip."""
    plan = Plan.objects.get()
    elements = list(plan.elements.with_reportability())
    windows, closings = windows_of(plan), closings_of(elements)
    strips = strips_of(plan, elements, windows, closings, at=at)
    closed = windows[SECOND].is_closed
    asked = [
        each
        for each in elements
        if ((each.pk, SECOND) in closings if closed else plan.takes_reports and each.is_reportable)
    ]
    return Counter(last_known(strips.get(each.pk, ()), SECOND).verdict.value for each in asked)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def of_plan(level: str, semester: Semester = FIRST) -> Standing:
    return Standing.objects.get(semester=semester, level=level, dimension="", unit=None)


def test_a_published_report_is_counted_at_once_and_a_draft_is_not(office: Office) -> None:
    element = element_of(office.plan, "S.1.1.1", office.units[0])
    before = list(Standing.objects.values())
    report = draft(element, FIRST, office.reporter)
    assert list(Standing.objects.values()) == before
    publish(report, by=office.planner)
    standing = of_plan(Level.ACTIVITY)
    assert (standing.asked, standing.reported, standing.running, standing.silent) == (1, 1, 1, 0)
    assert of_plan(Level.ACTIVITY, SECOND).reported == 0
    assert of_plan(Level.TARGET).reported == 0


def test_a_closing_keeps_who_answered_and_how_it_was_measured(office: Office) -> None:
    office.answer(1, 0)
    office.measure(1, 0)
    office.close(0, 0)
    office.answer(1, 7)
    office.measure(1, 2)
    line = ClosingLine.objects.get(element__ref="S.1.1.2")
    assert (line.units, line.kind) == ([office.units[0].pk], MeasureKind.LEVEL)
    by_unit = Standing.objects.filter(level=Level.TARGET).exclude(unit=None)
    assert dict(by_unit.values_list("semester", "unit")) == {
        FIRST: office.units[0].pk,
        SECOND: office.units[1].pk,
    }


def test_what_two_units_answer_for_counts_in_both_and_once_in_the_plan(office: Office) -> None:
    office.answer(0, 0)
    office.answer(0, 3)
    rows = Standing.objects.filter(semester=FIRST, level=Level.ACTIVITY)
    assert rows.exclude(unit=None).count() == 2
    assert of_plan(Level.ACTIVITY).asked == 1


def test_what_comes_after_the_closing_is_reported_late_and_its_silence_is_over(
    office: Office,
) -> None:
    office.close(0, 0)
    assert of_plan(Level.TARGET).silent == 1
    element = element_of(office.plan, "S.1.1.2", office.units[0])
    report = draft(element, FIRST, office.reporter, step=None)
    publish(report, sent_on=dt.date(2019, 12, 1), by=office.planner)
    standing = of_plan(Level.TARGET)
    assert (standing.reported, standing.punctual, standing.silent) == (1, 0, 0)


def test_what_its_closed_semesters_add_up_to_is_kept(office: Office) -> None:
    assert not ClosedTotal.objects.exists()
    office.close(0, 0)
    report = draft(
        element_of(office.plan, "S.1.1.2", office.units[0]), FIRST, office.reporter, step=None
    )
    publish(report, sent_on=dt.date(2019, 12, 1), by=office.planner)
    closed = Standing.objects.filter(semester=FIRST, dimension="", unit=None)
    kept = ClosedTotal.objects.get()
    assert (kept.asked, kept.reported) == (sum(row.asked for row in closed), 1)
    assert wrong_standings(office.plan) == 0
    ClosedTotal.objects.update(reported=0)
    assert wrong_standings(office.plan) == 1


def test_only_what_was_divided_into_counts(office: Office) -> None:
    office.divide(0, 0)
    assert of_plan(Level.ACTIVITY).asked == 1
    assert wrong_standings(office.plan) == 0


def test_a_plan_that_takes_no_reports_has_no_standing(puno_plan: Plan) -> None:
    open_window(puno_plan.municipality, FIRST)
    recount(puno_plan)
    assert not Standing.objects.exists()


def test_check_finds_what_is_wrong_and_writes_nothing(office: Office) -> None:
    Standing.objects.filter(semester=FIRST).update(asked=F("asked") + 1)
    Standing.objects.filter(semester=SECOND, level=Level.TARGET, dimension="").delete()
    wrong = list(Standing.objects.order_by("pk").values())
    revision = Municipality.objects.get().revision
    with pytest.raises(CommandError, match="5 balances"):
        call_command("rebuild_standings", "--check", stdout=StringIO())
    assert list(Standing.objects.order_by("pk").values()) == wrong
    out = StringIO()
    call_command("rebuild_standings", stdout=out)
    assert "5 filas cambiaron" in out.getvalue()
    call_command("rebuild_standings", "--check", stdout=StringIO())
    assert Municipality.objects.get().revision == revision + 1


def test_counting_a_plan_costs_the_same_whatever_its_size(
    office: Office, real_lamas: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    open_window(real_lamas.municipality, FIRST)
    for plan in (office.plan, elect(real_lamas)):
        with django_assert_num_queries(11):
            recount(plan)
