"""The semester strip: what each cell is, and how it is drawn."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import withdraw_elements
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.asked import windows_of
from tracking.choices import Signal, Stage, Step
from tracking.models import SemesterWindow
from tracking.reading.strips import Cell, Told, closings_of, strips_of
from tracking.services.semesters import close_semester

TODAY = dt.date(2026, 1, 15)


@pytest.fixture
def plan(puno_plan: Plan) -> Plan:
    return elect(puno_plan)


@pytest.fixture
def window(puno: Municipality) -> SemesterWindow:
    return open_window(puno, FIRST)


@pytest.fixture
def activity(plan: Plan, window: SemesterWindow, puno_unit: Unit) -> PlanElement:
    return element_of(plan, "S.1.1.1", puno_unit)


def strip_of(element: PlanElement, *, at: dt.date = TODAY) -> list[Cell]:
    plan = Plan.objects.get(pk=element.plan_id)
    fresh = PlanElement.objects.with_reportability().get(pk=element.pk)
    return strips_of(plan, [fresh], windows_of(plan), closings_of([fresh]), at=at).get(fresh.pk, [])


def told(strip: list[Cell]) -> list[Told]:
    return [cell.told for cell in strip]


UNASKED = [Told.UNASKED]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (dt.date(2019, 6, 30), []),
        (dt.date(2019, 7, 1), [Told.DUE]),
        (dt.date(2019, 7, 31), [Told.DUE]),
        (dt.date(2019, 8, 1), [Told.MISSING]),
    ],
)
def test_a_silence_depends_on_the_days_of_its_semester(
    activity: PlanElement, day: dt.date, first: list[Told]
) -> None:
    assert told(strip_of(activity, at=day))[:1] == first


def test_a_semester_without_days_is_not_held_against_anybody(activity: PlanElement) -> None:
    assert told(strip_of(activity)) == [Told.MISSING, *UNASKED * 7]


def test_of_a_report_it_holds_what_fits_in_a_cell(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, FIRST, reporter)
    sustain(report)
    published = publish(report, by=planner)
    expected = Cell(
        FIRST,
        Told.REPORTED,
        step=Step.RUNNING,
        signal=Signal.NO_SCHEDULE,
        is_supported=True,
        stage=Stage.RUNNING,
        published_at=published.published_at,
    )
    assert strip_of(activity)[0] == expected
    correction = correct(published, "Faltaba", reporter, step=Step.PARTLY)
    assert strip_of(activity)[0] == expected
    correction.supports.all().delete()
    corrected = publish(correction, by=planner)
    assert strip_of(activity)[0] == replace(
        expected,
        step=Step.PARTLY,
        stage=Stage.PARTLY,
        is_supported=False,
        is_corrected=True,
        published_at=corrected.published_at,
    )


def test_what_the_closing_did_not_ask_for_is_not_missing(
    puno: Municipality, plan: Plan, window: SemesterWindow, puno_unit: Unit, planner: User
) -> None:
    """A guideline that planning chose to follow after its first semester was closed."""
    close_semester(window, by=planner)
    guideline = element_of(plan, "L", puno_unit)
    guideline.terms.create(version=1, in_force_from=TODAY, reason="Se sigue", by=planner)
    open_window(puno, Semester(2019, 2))
    assert told(strip_of(guideline))[:2] == [Told.UNASKED, Told.MISSING]


def test_what_was_withdrawn_is_asked_nothing_more(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    withdraw_elements([activity], by=planner)
    assert told(strip_of(activity)) == [Told.REPORTED, *UNASKED * 7]


def test_a_plan_that_takes_no_reports_has_none(
    puno_plan: Plan, window: SemesterWindow, puno_unit: Unit
) -> None:
    assert strip_of(element_of(puno_plan, "S.1.1.1", puno_unit)) == []


def test_all_the_strips_of_a_plan_take_three_queries(
    plan: Plan, activity: PlanElement, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    elements = list(plan.elements.with_reportability())
    with django_assert_num_queries(3):
        strips = strips_of(plan, elements, windows_of(plan), closings_of(elements), at=TODAY)
    assert len(strips) == 2


def drawn(*cells: Cell, options: str = "") -> str:
    template = Template("{% load strip %}{% strip cells " + options + " %}")
    return template.render(Context({"cells": cells}))


def paths(svg: str) -> dict[str, str]:
    return dict(re.findall(r'<path class="([^"]+)" d="([^"]+)"/>', svg))


def cell(told: Told = Told.REPORTED, *, is_supported: bool = True, **seen: Any) -> Cell:
    signal = seen.pop("signal", Signal.ON_TIME if told == Told.REPORTED else "")
    return Cell(FIRST, told, signal=signal, is_supported=is_supported, **seen)


def test_it_has_a_text_for_whoever_does_not_see_it() -> None:
    svg = drawn(cell(progress=Decimal(20)), cell(Told.MISSING))
    assert 'role="img"><title>2019-I: 20 %, al día; 2019-I: sin informe</title>' in svg


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn().strip() == ""


def test_the_fill_is_as_high_as_the_progress() -> None:
    heights = {
        percent: float(
            re.findall(
                r"V([\d.]+)H", paths(drawn(cell(progress=Decimal(percent))))["fill on-time"]
            )[0]
        )
        for percent in ("-20", "0", "50", "99.9", "100", "180")
    }
    floor, room = 19.5, 17
    assert heights == {
        "-20": floor - 1,
        "0": floor - 1,
        "50": floor - room / 2,
        "99.9": floor - room + 1,
        "100": floor - room,
        "180": floor - room,
    }


@pytest.mark.parametrize(("step", "blocks"), [(0, 1), (1, 1), (2, 2), (3, 3), (4, 4)])
def test_a_step_stands_on_its_rungs(step: int, blocks: int) -> None:
    shapes = paths(drawn(cell(step=step)))
    assert shapes["fill on-time"].count("M") == blocks
    assert shapes["rungs"].count("M") == 4


def test_sin_actividad_only_lies_on_the_floor() -> None:
    assert paths(drawn(cell(step=0)))["fill on-time"] != paths(drawn(cell(step=1)))["fill on-time"]


def test_what_has_no_support_is_hollow() -> None:
    assert set(paths(drawn(cell(step=2, is_supported=False)))) == {
        "rungs",
        "fill hollow on-time",
        "cell",
        "mark on-time",
    }
    assert "lines hollow" in paths(drawn(cell(is_supported=False)))


def test_what_was_corrected_has_a_notch() -> None:
    plain = paths(drawn(cell(progress=Decimal(100))))
    notched = paths(drawn(cell(progress=Decimal(100), is_corrected=True)))
    assert plain["cell"] == "M0 0h15l0 0v22h-15z"
    assert notched["cell"] == "M0 0h9l6 6v16h-15z"
    assert notched["fill on-time"] != plain["fill on-time"]


def test_each_signal_has_a_shape_of_its_own() -> None:
    shapes = {
        signal: [
            path
            for kind, path in paths(drawn(cell(step=1, signal=signal))).items()
            if "mark" in kind
        ]
        for signal in Signal
    }
    assert shapes.pop(Signal.NOT_DUE) == []
    # Both say that there is nothing to compare with; their ring is dotted, by its class.
    assert shapes.pop(Signal.NOT_MEASURABLE) == shapes[Signal.NO_SCHEDULE]
    assert shapes.pop(Signal.NO_SCHEDULE) == shapes[Signal.SILENT]
    assert len({tuple(shape) for shape in shapes.values()}) == 4


def test_an_empty_cell_says_whether_it_was_due() -> None:
    assert set(paths(drawn(cell(Told.MISSING)))) == {"cell silent", "mark silent"}
    assert set(paths(drawn(cell(Told.DUE)))) == {"cell"}
    assert set(paths(drawn(cell(Told.AHEAD)))) == {"cell ahead"}


def test_it_may_be_labelled_with_its_years() -> None:
    cells = [Cell(each, Told.MISSING) for each in (FIRST, Semester(2019, 2))]
    svg = drawn(*cells, options="labelled=True")
    assert re.findall(r">([^<]+)</text>", svg) == ["I", "2019", "II"]


def test_it_holds_no_style_and_no_script() -> None:
    assert re.findall(r"style|script|\bon[a-z]+=", drawn(cell(step=2), cell(Told.MISSING))) == []


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
@pytest.mark.parametrize("shape", ["on-time", "late", "very-late", "silent", "unscheduled", "edge"])
def test_every_shape_stands_out_three_to_one(scheme: int, paper: str, shape: str) -> None:
    css = (settings.BASE_DIR / "static/css/vigia.css").read_text()
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[scheme]))
    assert contrast(tokens[shape], tokens[paper]) >= 3
