"""What two revisions of a report say differently."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plans.wording import Op
from tracking.choices import ReportState, Signal, Step
from tracking.models import ProgressReport, Support
from tracking.reading.differences import (
    Difference,
    differences,
    support_differences,
)

SAME, REMOVED, ADDED = Op.SAME, Op.REMOVED, Op.ADDED


def report(**columns: Any) -> ProgressReport:
    return ProgressReport(**{"narrative": "Se hizo.", "as_of": dt.date(2019, 6, 30), **columns})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"step": None}, {"step": Step.NONE}, ("step", "paso", "", "Sin actividad")),
        (
            {"step": Step.RUNNING},
            {"step": Step.WORKING},
            ("step", "paso", "En ejecución", "Entregado y funcionando"),
        ),
        (
            {"value": Decimal("1500.5000")},
            {"value": Decimal("0.0000")},
            ("value", "valor", "1,500.5", "0"),
        ),
        (
            {"parts_done": ["Posta A", "Posta B"]},
            {"parts_done": ["Posta A"]},
            ("parts_done", "partes entregadas", "Posta A; Posta B", "Posta A"),
        ),
        ({"done": 3}, {"done": 0}, ("done", "cumplidos", "3", "0")),
        (
            {"as_of": dt.date(2019, 6, 30)},
            {"as_of": dt.date(2019, 9, 15)},
            ("as_of", "al día", "30 de junio de 2019", "15 de setiembre de 2019"),
        ),
        (
            {"halted_cause": ""},
            {"halted_cause": "Falta de expediente"},
            ("halted_cause", "causa de la paralización", "", "Falta de expediente"),
        ),
    ],
)
def test_a_field_is_told_as_people_read_it(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[str, str, str, str]
) -> None:
    assert differences(report(**old), report(**new)) == [Difference(*expected)]


def test_texts_come_word_by_word_and_in_the_order_of_the_report() -> None:
    old = report(narrative="Tres postas", value=Decimal(3), next_steps="Seguir")
    new = report(narrative="Dos postas", value=Decimal(2), next_steps="")
    assert [each.field for each in differences(old, new)] == ["value", "narrative", "next_steps"]
    words = ((REMOVED, "Tres "), (ADDED, "Dos "), (SAME, "postas"))
    assert differences(old, new)[1].words == words


def test_spaces_and_line_breaks_alone_are_no_difference() -> None:
    assert differences(report(narrative="a b\nc"), report(narrative=" a  b c\n")) == []


def test_idle_zeros_are_no_difference() -> None:
    assert differences(report(value=Decimal("2.0")), report(value=Decimal("2.0000"))) == []


def test_the_frozen_result_is_compared_once_both_are_published() -> None:
    frozen = {"state": ReportState.PUBLISHED, "signal": Signal.LATE, "progress": Decimal("99.96")}
    old = report(**frozen)
    new = report(**frozen | {"signal": Signal.ON_TIME, "progress": Decimal(100)})
    assert differences(old, new) == [
        Difference("progress", "avance (%)", "99.9 %", "100 %"),
        Difference("signal", "señal", "Con retraso", "Al día"),
    ]
    assert differences(old, report()) == []


def support(digest: str, **columns: Any) -> Support:
    usual = {"title": "Acta", "taken_on": dt.date(2019, 6, 1), "place": "Puno"}
    return Support(sha256=digest * 64, **{**usual, **columns})


def test_supports_that_came_and_went() -> None:
    old = [support("a"), support("b"), support("c")]
    new = [support("b"), support("c", title="Acta de recepción"), support("d")]
    assert [(op, each.sha256[0], each.title) for op, each in support_differences(old, new)] == [
        (REMOVED, "a", "Acta"),
        (REMOVED, "c", "Acta"),
        (ADDED, "c", "Acta de recepción"),
        (ADDED, "d", "Acta"),
    ]
    assert support_differences(old, [support("a"), support("c"), support("b")]) == []
