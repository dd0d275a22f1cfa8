"""What a report says otherwise than the last one, in few words."""

import datetime as dt
from decimal import Decimal

import pytest

from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
from plans.wording import Op
from tracking.models import ProgressReport
from tracking.office.worklists.compared import TextChange, briefly, text_changes
from tracking.reading.story import Revision

SAME, REMOVED, ADDED = Op.SAME, Op.REMOVED, Op.ADDED


def said(narrative: str, difficulties: str = "") -> ProgressReport:
    return ProgressReport(narrative=narrative, difficulties=difficulties)


def change(now: str, then: str) -> TextChange:
    (only,) = text_changes(said(now), said(then))
    return only


def test_a_text_that_was_changed_marks_what_it_lost_and_won() -> None:
    told = change("Se abrieron tres comedores en Puno.", "Se abrieron dos comedores en Puno.")
    assert told.pieces == (
        (SAME, "Se abrieron "),
        (REMOVED, "dos "),
        (ADDED, "tres "),
        (SAME, "comedores en Puno."),
    )
    assert (told.label, told.is_changed, told.is_same) == ("qué se hizo", True, False)


def test_between_changes_only_the_words_beside_them_are_told() -> None:
    middle = " ".join(f"palabra{n}" for n in range(30))
    told = change(f"Uno {middle} fin.", f"Dos {middle} final.")
    assert [text for op, text in told.pieces if op == SAME] == [
        "palabra0 palabra1 palabra2 palabra3 … palabra26 palabra27 palabra28 palabra29 "
    ]


def test_a_change_far_down_a_long_text_is_found() -> None:
    before, after = "igual " * 3000, " y sigue" * 3000
    told = change(f"{before}ahora{after}", f"{before}antes{after}")
    assert told.is_changed
    assert told.pieces[:3] == (
        (SAME, "… igual igual igual igual "),
        (REMOVED, "antes "),
        (ADDED, "ahora "),
    )


def test_where_comparing_ends_nothing_seems_to_differ() -> None:
    words = [f"palabra{n}" for n in range(1000)]
    told = change(" ".join(["Más", "de", "lo", "mismo", *words]), " ".join(words))
    assert [op for op, _text in told.pieces] == [ADDED, SAME]


def test_a_new_text_is_told_as_it_is() -> None:
    told = change("Se firmó el contrato de la obra.", "No hubo actividad por falta de personal.")
    assert told.pieces == ((SAME, "Se firmó el contrato de la obra."),)
    assert (told.is_changed, told.is_same) == (False, False)


def test_what_is_told_word_by_word_again_is_told_shortly() -> None:
    text = " ".join(f"palabra{n}" for n in range(40))
    told = change(text, text.replace(" ", "\n"))
    assert told.is_same
    assert told.pieces == ((SAME, " ".join(f"palabra{n}" for n in range(10)) + "…"),)


def test_a_long_text_is_cut_and_says_so() -> None:
    ((_op, shown),) = change("palabra " * 5000, "").pieces
    assert shown == ("palabra " * 30).rstrip() + "…"


def test_a_text_that_was_taken_away_is_told_and_one_that_never_was_is_not() -> None:
    told = text_changes(said("Se hizo."), said("Se hizo.", "Llovió."))
    assert [(each.field, each.pieces) for each in told] == [
        ("narrative", ((SAME, "Se hizo."),)),
        ("difficulties", ((REMOVED, "Llovió."),)),
    ]
    assert [each.field for each in text_changes(said("Se hizo."), None)] == ["narrative"]


@pytest.mark.parametrize(
    ("kind", "columns", "expected"),
    [
        (MeasureKind.LEVEL, {"value": Decimal("12.5")}, "12.5 %"),
        (MeasureKind.PERMANENT, {"done": 3, "required": 4}, "3 de 4 cumplidos"),
        (MeasureKind.LEVEL, {}, "sin cifra"),
    ],
)
def test_a_measure_is_told_without_its_goal(
    kind: str, columns: dict[str, object], expected: str
) -> None:
    terms = MeasuringTerms(kind=kind, unit_of_measure="%", goal=Decimal(50))
    element = PlanElement(level=Level.TARGET)
    report = ProgressReport(
        element=element,
        terms=terms,
        as_of=dt.date(2019, 6, 30),
        **columns,
    )
    assert briefly(Revision(report)) == expected
