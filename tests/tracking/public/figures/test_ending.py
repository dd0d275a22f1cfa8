"""At the end of a term: what is known of what had no last report, and who owes it."""

from collections import Counter

from accounts.models import Unit
from plans.choices import Level
from plans.models import PlanElement
from plans.semester import Semester
from tracking.choices import Stage
from tracking.public.figures.ending import last_known, last_known_sentence
from tracking.public.figures.undelivered import undelivered
from tracking.reading.strips import Arrival, Cell

EARLY, FINAL = Semester(2022, 1), Semester(2022, 2)
ELEMENTS = [PlanElement(pk=pk, level=Level.TARGET, ref=f"S.{pk}") for pk in (1, 2, 3, 4)]
WORKS, ENVIRONMENT = Unit(pk=1, name="Obras"), Unit(pk=2, name="Ambiente")
MISSING = Cell(FINAL, Arrival.MISSING)
STRIPS = {
    1: [Cell(EARLY, Arrival.REPORTED, stage=Stage.RUNNING), MISSING],
    2: [Cell(EARLY, Arrival.MISSING), MISSING],
    3: [Cell(EARLY, Arrival.MISSING), Cell(FINAL, Arrival.REPORTED, stage=Stage.WORKING)],
}


def test_the_last_report_is_told_of_what_had_none_in_the_end() -> None:
    assert last_known(ELEMENTS, STRIPS, FINAL) == {
        Level.TARGET: Counter({Stage.RUNNING.value: 1, "": 1})
    }


def test_it_is_said_as_what_was_last_known() -> None:
    counts = Counter({Stage.RUNNING.value: 2, Stage.WORKING.value: 1, "": 1})
    assert last_known_sentence(Level.TARGET, counts) == (
        "4 metas sin informe final: según su último informe, 1 funcionando, 2 en ejecución; "
        "1 sin ningún informe."
    )
    assert last_known_sentence(Level.ACTIVITY, Counter({"": 1})) == (
        "1 actividad sin informe final: 1 sin ningún informe."
    )


def test_who_owes_most_comes_first_and_what_two_answer_for_is_owed_by_both() -> None:
    cells = {1: MISSING, 2: MISSING, 3: Cell(FINAL, Arrival.REPORTED), 4: MISSING}
    debts = undelivered(ELEMENTS, cells, {1: [WORKS, ENVIRONMENT], 2: [ENVIRONMENT], 3: [WORKS]})
    assert [(debt.unit, [each.ref for each in debt.elements]) for debt in debts] == [
        (ENVIRONMENT, ["S.1", "S.2"]),
        (WORKS, ["S.1"]),
        (None, ["S.4"]),
    ]


def test_nothing_is_owed_before_it_is_due() -> None:
    cells = {1: Cell(FINAL, Arrival.DUE), 2: Cell(FINAL, Arrival.AHEAD)}
    assert undelivered(ELEMENTS, cells, {}) == []
