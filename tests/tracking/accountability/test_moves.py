"""What changed since the semester before: each promise once, the bad news first."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.tracking.issued import content_of
from tracking.accountability.content import Content, Promise
from tracking.accountability.edition import Edition
from tracking.accountability.moves import bad_moves, good_moves, moves_above
from tracking.choices import Signal, Stage, Step
from tracking.models import AccountabilityReport
from tracking.reading.strips import Arrival

pytestmark = pytest.mark.django_db


def moved(
    content: Content, ref: str, signals: tuple[str, str], silent: bool = False, **report: Any
) -> Promise:
    """A promise of 20 % and then 40 %, with one of SIGNALS in each semester."""
    (promise,) = (each for each in content.promises if each.report)
    (cell,) = promise.strip
    assert promise.report
    before = replace(cell, progress=Decimal(20), signal=signals[0])
    now = replace(cell, semester="2019-II", progress=Decimal(40), signal=signals[1])
    if silent:
        now = replace(now, told=Arrival.MISSING)
    said = None if silent else replace(promise.report, **report)
    return replace(promise, ref=ref, strip=[before, now], report=said)


def test_each_promise_stands_once_under_the_worst_of_it(report: AccountabilityReport) -> None:
    content = content_of(report)
    same, worse = (Signal.ON_TIME, Signal.ON_TIME), (Signal.ON_TIME, Signal.VERY_LATE)
    promises = [
        moved(content, "S.1", same),
        moved(content, "S.2", worse),
        moved(content, "S.3", same, silent=True),
        moved(content, "S.4", same, halted_since=dt.date(2019, 9, 1)),
        moved(content, "S.5", same),
    ]
    changes = {
        "ahead": ["S.1", "S.2", "S.4"],
        "silent": ["S.3"],
        "back": ["S.5"],
        "corrected": ["S.2", "S.5"],
    }
    edition = Edition(
        replace(
            content, semester="2019-II", changed_since="2019-I", changes=changes, promises=promises
        )
    )
    bad = {
        each.title: [(row.line.promise.ref, row.before, row.now) for row in each.rows]
        for each in bad_moves(edition)
    }
    assert list(bad.items()) == [
        ("Se paralizaron", [("S.4", "20 %", "40 %, paralizada")]),
        ("Retrocedieron", [("S.5", "20 %", "40 %")]),
        ("Dejaron de informarse", [("S.3", "20 %", "sin informe")]),
        ("Se atrasaron", [("S.2", "20 %", "40 %, muy retrasado")]),
    ]
    (ahead,) = good_moves(edition)
    assert [row.line.promise.ref for row in ahead.rows] == ["S.1"]
    assert (ahead.total, ahead.above) == (3, 2)
    (corrected,) = moves_above(edition)
    assert (corrected.title, corrected.total) == ("Corregidas después de publicarse", 2)


def test_what_took_a_step_with_the_same_figure_says_its_stages(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    promise = moved(content, "S.1", (Signal.LATE, Signal.LATE))
    idle, preparing = (
        replace(cell, progress=Decimal(0), stage=stage)
        for cell, stage in zip(promise.strip, (Stage.IDLE, Stage.PREPARING), strict=True)
    )
    (ahead,) = good_moves(
        Edition(
            replace(
                content,
                semester="2019-II",
                changed_since="2019-I",
                changes={"ahead": ["S.1"]},
                promises=[replace(promise, strip=[idle, preparing])],
            )
        )
    )
    assert [(row.before, row.now) for row in ahead.rows] == [
        ("sin actividad, 0 %, con retraso", "en preparación, 0 %, con retraso")
    ]


def test_what_was_halted_all_along_says_how_far_it_is_and_how_late(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    promise = moved(content, "S.1", (Signal.ON_TIME, Signal.LATE))
    steps = [
        replace(cell, progress=None, step=step, is_halted=True)
        for cell, step in zip(promise.strip, (Step.RUNNING, Step.PREPARING), strict=True)
    ]
    edition = Edition(
        replace(
            content,
            semester="2019-II",
            changed_since="2019-I",
            changes={"back": ["S.1"]},
            promises=[replace(promise, strip=steps)],
        )
    )
    ((row,),) = (each.rows for each in bad_moves(edition) if each.rows)
    assert row.before == "en ejecución, paralizada"
    assert row.now == "en preparación, con retraso, paralizada"


def test_a_first_semester_has_nothing_to_compare_with(report: AccountabilityReport) -> None:
    edition = Edition(content_of(report))
    assert (bad_moves(edition), good_moves(edition)) == ([], [])
