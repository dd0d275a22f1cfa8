"""The text of a strip, for whoever does not see it."""

from decimal import Decimal

from plans.semester import Semester
from tests.tracking.reading.chapters import FIRST, LAST, SECOND
from tracking.choices import Signal, Step
from tracking.reading.strip_words import strip_words
from tracking.reading.strips import Arrival, Cell

MISSING = Arrival.MISSING


def test_a_strip_reads_as_text() -> None:
    cells = [
        Cell(FIRST, MISSING),
        Cell(SECOND, MISSING),
        Cell(Semester(2020, 1), Arrival.REPORTED, progress=Decimal("37.46"), signal=Signal.LATE),
        Cell(
            Semester(2020, 2),
            Arrival.REPORTED,
            step=Step.WORKING,
            signal=Signal.NO_SCHEDULE,
            is_supported=True,
            is_corrected=True,
        ),
        Cell(Semester(2021, 1), Arrival.REPORTED, signal=Signal.NOT_MEASURABLE, is_supported=True),
        Cell(Semester(2021, 2), Arrival.DUE),
        Cell(Semester(2022, 1), Arrival.AHEAD),
        Cell(LAST, Arrival.AHEAD, is_final=True),
    ]
    assert strip_words(cells) == (
        "2019-I a 2019-II: sin informe; 2020-I: 37.5 %, con retraso, sin sustento; "
        "2020-II: entregado y funcionando, corregido; 2021-I: informado, aún no medible; "
        "2021-II: por informar; 2022-I a 2022-II: aún no corresponde"
    )


def test_a_regress_is_named_in_the_words_of_a_strip() -> None:
    cell = Cell(FIRST, Arrival.REPORTED, progress=Decimal(-30), is_supported=True)
    assert strip_words([cell]) == "2019-I: -30 %, retroceso"


def test_the_last_semester_is_a_final_report() -> None:
    assert strip_words([Cell(LAST, MISSING, is_final=True)]) == "2022-II: sin informe final"
