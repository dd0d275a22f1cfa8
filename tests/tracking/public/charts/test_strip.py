"""The semester strip: how it is drawn."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from plans.semester import Semester
from tests.tracking.published import FIRST
from tracking.choices import Signal
from tracking.public.charts import strip_markup
from tracking.reading.strips import Arrival, Cell


def drawn(*cells: Cell, options: str = "") -> str:
    template = Template("{% load charts %}{% strip cells " + options + " %}")
    return template.render(Context({"cells": cells}))


def paths(svg: str) -> dict[str, str]:
    return dict(re.findall(r'<path class="([^"]+)" d="([^"]+)"/>', svg))


def cell(arrival: Arrival = Arrival.REPORTED, *, is_supported: bool = True, **seen: Any) -> Cell:
    signal = seen.pop("signal", Signal.ON_TIME if arrival == Arrival.REPORTED else "")
    return Cell(FIRST, arrival, signal=signal, is_supported=is_supported, **seen)


def test_it_has_a_text_for_whoever_does_not_see_it() -> None:
    svg = drawn(cell(progress=Decimal(20)), cell(Arrival.MISSING))
    assert 'role="img"><title>2019-I: 20 %, al día; 2019-I: sin informe</title>' in svg


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn().strip() == ""


def test_the_fill_is_as_high_as_the_progress() -> None:
    heights = {
        percent: float(
            re.findall(r"V([\d.]+)H", paths(drawn(cell(progress=Decimal(percent))))["fill"])[0]
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
    assert shapes["fill"].count("M") == blocks
    assert shapes["rungs"].count("M") == 4


def test_sin_actividad_only_lies_on_the_floor() -> None:
    assert paths(drawn(cell(step=0)))["fill"] != paths(drawn(cell(step=1)))["fill"]


def test_what_has_no_support_is_hollow() -> None:
    assert set(paths(drawn(cell(step=2, is_supported=False)))) == {
        "rungs",
        "fill hollow",
        "cell",
        "mark on-time",
    }
    assert "lines hollow" in paths(drawn(cell(is_supported=False)))


def test_what_was_corrected_has_a_notch() -> None:
    plain = paths(drawn(cell(progress=Decimal(100))))
    notched = paths(drawn(cell(progress=Decimal(100), is_corrected=True)))
    assert plain["cell"] == "M0 0h15v22h-15z"
    assert notched["cell"] == "M0 0h9l6 6v16h-15z"
    assert notched["fill"] != plain["fill"]


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
    assert set(paths(drawn(cell(Arrival.MISSING)))) == {"cell silent", "mark silent"}
    assert set(paths(drawn(cell(Arrival.DUE)))) == {"cell"}
    assert set(paths(drawn(cell(Arrival.AHEAD)))) == {"cell ahead"}


def test_it_may_be_labelled_with_its_years() -> None:
    cells = [Cell(each, Arrival.MISSING) for each in (FIRST, Semester(2019, 2))]
    svg = drawn(*cells, options="labelled=True")
    assert re.findall(r">([^<]+)</text>", svg) == ["I", "2019", "II"]


def test_it_holds_no_style_and_no_script() -> None:
    assert re.findall(r"style|script|\bon[a-z]+=", drawn(cell(step=2), cell(Arrival.MISSING))) == []


def test_what_looks_alike_is_drawn_once_whosoever_it_is() -> None:
    def promise_of(terms_id: int) -> Cell:
        return cell(step=2, is_supported=False, terms_id=terms_id, is_halted=terms_id == 2)

    strip_markup._drawn.cache_clear()
    assert drawn(promise_of(1)) == drawn(promise_of(2))
    assert strip_markup._drawn.cache_info().misses == 1
    seen = promise_of(1)
    assert Cell(*seen.as_drawn).look == seen.look
