"""How promises go, in a citizen's words."""

from decimal import Decimal

import pytest

from plans.semester import Semester
from tracking.choices import Signal, Stage, Verdict
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import SEVERAL, WORST_FIRST, last_known, sentence_of

FIRST, SECOND, THIRD = Semester(2019, 1), Semester(2019, 2), Semester(2020, 1)
LATE = Cell(
    FIRST,
    Arrival.REPORTED,
    stage=Stage.MEASURED,
    signal=Signal.LATE,
    progress=Decimal(20),
    is_supported=True,
)


def missing(semester: Semester) -> Cell:
    return Cell(semester, Arrival.MISSING)


def test_what_was_said_last_counts_with_its_semester() -> None:
    known = last_known([LATE, missing(SECOND)])
    assert known.verdict == Verdict.LATE
    assert known.words == "semestre 2019-I: 20 %, con retraso"


def test_what_two_semesters_say_nothing_of_is_not_known() -> None:
    known = last_known([LATE, missing(SECOND), missing(THIRD)])
    assert (known.verdict, known.silent) == (Verdict.UNKNOWN, 2)


def test_a_report_that_may_still_come_is_no_silence() -> None:
    assert last_known([LATE, Cell(SECOND, Arrival.DUE), missing(THIRD)]).silent == 1


def test_a_semester_that_was_chosen_knows_nothing_of_later_ones() -> None:
    strip = [missing(FIRST), LATE._replace(semester=SECOND)]
    assert last_known(strip, FIRST).verdict == Verdict.UNKNOWN
    assert last_known(strip, FIRST).words == "nunca se informó"


def test_nothing_is_said_of_what_need_not_be_reported_yet() -> None:
    known = last_known([Cell(FIRST, Arrival.AHEAD)])
    assert (known.verdict, known.words) == (Verdict.AHEAD, "")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (
            {"tarde": 9, "cumplida": 3, "paralizada": 2, "sin-medir": 8},
            "De 22 promesas: 3 cumplidas, 9 van tarde, 2 paralizadas, "
            "8 no se sabe si van a tiempo.",
        ),
        ({"no-se-sabe": 1}, "De 1 promesa: 1 no se sabe cómo va."),
        ({"aun-no": 2, "a-tiempo": 0}, "De 2 promesas: de 2 aún no toca informar."),
    ],
)
def test_the_counts_make_one_sentence(counts: dict[str, int], expected: str) -> None:
    assert sentence_of(counts) == expected


def test_every_verdict_is_said_of_several_and_has_its_place_in_a_list() -> None:
    assert set(SEVERAL) == set(WORST_FIRST) == set(Verdict)
