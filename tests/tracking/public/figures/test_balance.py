"""How a group stands, said in counts."""

import datetime as dt
from typing import Any

import pytest

from plans.choices import Level
from plans.semester import Semester
from tracking.models import SemesterWindow, Standing
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS
from tracking.public.figures.balance import Balance, balances, shown_semester
from tracking.reading.strips import Arrival

FIRST, SECOND = Semester(2019, 1), Semester(2019, 2)
COUNTS = (*STAGE_COLUMNS.values(), *SIGNAL_COLUMNS.values(), "punctual", "supported", "corrected")


def standing(level: str = Level.TARGET, semester: Semester = FIRST, **counts: Any) -> Standing:
    zeros = dict.fromkeys((*COUNTS, "halted", "unverifiable"), 0)
    return Standing(semester=semester, level=level, **{**zeros, **counts})


def window(semester: Semester, **fields: Any) -> SemesterWindow:
    opens_on = semester.last_day + dt.timedelta(1)
    days = {"opens_on": opens_on, "due_on": opens_on + dt.timedelta(30)}
    return SemesterWindow(semester=semester, **{**days, **fields})


WINDOWS = {FIRST: window(FIRST), SECOND: window(SECOND)}


def test_a_group_in_one_sentence() -> None:
    row = standing(asked=16, reported=12, working=2, partly=1, running=5, preparing=4)
    sentence = (
        "De 16 metas: 2 funcionando, 1 en parte, 5 en ejecución, 4 en preparación, 4 sin informe"
    )
    assert Balance(row, Arrival.MISSING).sentence == sentence
    assert Balance(row, Arrival.DUE).sentence.endswith("4 por informar")
    assert Balance(standing(asked=1, reported=1, told=1), Arrival.MISSING).sentence == (
        "De 1 meta: 1 en palabras"
    )


def test_the_parts_of_a_bar_add_up_to_what_was_asked() -> None:
    row = standing(asked=9, reported=6, reached=1, idle=2, measured=3)
    segments = Balance(row, Arrival.MISSING).segments(lambda state: f"?estado={state}", "en-parte")
    assert [(each.key, each.count) for each in segments] == [
        ("alcanzada", 1),
        ("sin-actividad", 2),
        ("con-cifra", 3),
        ("sin-informe", 3),
        ("en-parte", 0),
    ]
    assert sum(each.count for each in segments) == row.asked
    assert [each.address for each in segments if each.is_current] == ["?estado=en-parte"]


def test_its_coverage_says_what_the_counts_rest_on() -> None:
    row = standing(asked=4, reported=3, told=3, punctual=2, supported=1, halted=1, unverifiable=2)
    row.means = {
        "nivel": {"of": 2, "measured": 2, "mean": "62.500000"},
        "variacion": {"of": 4, "measured": 1, "mean": None},
    }
    assert Balance(row, Arrival.MISSING).coverage == [
        "3 de 4 con informe, 2 dentro del plazo; 1 con sustento.",
        "Con una paralización: 1.",
        "No verificables, que solo se narran: 2.",
        "Las que se miden por «nivel» llevan 62.5 % de avance en promedio "
        "(2 de 2 tienen porcentaje).",
        "Solo 1 de 4 que se miden por «variación» tienen porcentaje: no se promedian.",
    ]


def test_results_come_before_deliveries_and_semesters_in_order() -> None:
    rows = [
        standing(Level.ACTIVITY, SECOND, asked=1, reported=0),
        standing(Level.TARGET, SECOND, asked=1, reported=0),
        standing(Level.GUIDELINE, FIRST, asked=1, reported=0),
    ]
    found = balances(rows, WINDOWS, at=dt.date(2019, 9, 1))
    assert [(semester, [each.level for each in group]) for semester, group in found.items()] == [
        (FIRST, [Level.GUIDELINE]),
        (SECOND, [Level.TARGET, Level.ACTIVITY]),
    ]
    assert [group[0].silence for group in found.values()] == [Arrival.MISSING, Arrival.AHEAD]


@pytest.mark.parametrize(
    ("day", "semester"),
    [
        (dt.date(2019, 6, 30), None),
        (dt.date(2019, 7, 1), FIRST),
        (dt.date(2019, 8, 1), FIRST),
        (dt.date(2020, 1, 15), FIRST),  # the second is being reported, and not yet due
        (dt.date(2020, 1, 31), FIRST),
        (dt.date(2020, 2, 1), SECOND),
        (dt.date(2026, 1, 1), SECOND),
    ],
)
def test_a_page_tells_of_the_last_semester_that_is_due(
    day: dt.date, semester: Semester | None
) -> None:
    assert shown_semester(WINDOWS, at=day) == semester


def test_a_semester_that_was_closed_is_told_at_once() -> None:
    closed = window(SECOND, closed_at=dt.datetime(2020, 1, 10, tzinfo=dt.UTC))
    assert (
        shown_semester({FIRST: WINDOWS[FIRST], SECOND: closed}, at=dt.date(2020, 1, 11)) == SECOND
    )


def test_without_days_there_is_nothing_to_tell() -> None:
    assert shown_semester({}, at=dt.date(2020, 1, 1)) is None
