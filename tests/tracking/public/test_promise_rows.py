"""A list of promises, as every page shows it."""

from decimal import Decimal

import pytest

from plans.semester import Semester
from tracking.choices import Signal, Stage
from tracking.public.promise_rows import MOST_WORDS, PromiseRow, promise_rows, shortened
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import last_known

LATE = last_known(
    [
        Cell(
            Semester(2021, 2),
            Arrival.REPORTED,
            stage=Stage.MEASURED,
            signal=Signal.VERY_LATE,
            progress=Decimal(20),
            is_supported=True,
        )
    ]
)


@pytest.mark.parametrize("grouped", [False, True])
def test_a_row_says_what_was_promised_how_it_goes_why_and_who_answers(grouped: bool) -> None:
    row = PromiseRow("/m/puno/", "Construir <postas>", LATE, who="Obras & más", why="Faltó agua")
    drawn = promise_rows([row], grouped=grouped)
    assert '<a class="quote" href="/m/puno/">“Construir &lt;postas&gt;”</a>' in drawn
    assert "20 %, muy retrasado · Obras &amp; más</p>" in drawn
    assert '<p dir="auto">Faltó agua</p></li>' in drawn


def test_below_what_they_all_are_the_rows_show_the_mark_alone() -> None:
    row = PromiseRow("/", "Palabra", LATE)
    assert "<b>Va tarde</b> · semestre 2021-II: 20 %, muy" in promise_rows([row])
    assert "Va tarde" not in promise_rows([row], grouped=True)


def test_of_a_plan_that_is_not_asked_a_row_says_only_who_answers() -> None:
    assert '<p dir="auto">Sin oficina asignada</p></li>' in promise_rows([PromiseRow("/", "Ríos")])


def test_a_long_promise_is_shortened_and_a_short_one_is_not() -> None:
    assert shortened("Agua") == "Agua"
    assert len(shortened("agua " * 400).split()) == MOST_WORDS
