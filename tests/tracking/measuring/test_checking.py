"""What cannot be in a report, whoever sends it: the page and the API ask the same."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from plans.choices import Level, MeasureKind
from plans.semester import Semester
from tests.tracking.measuring.tasks import a_task
from tracking.measuring.checking import doubts_of, faults_in, last_possible, prose
from tracking.models import ProgressReport

LEVEL: dict[str, Any] = {"kind": MeasureKind.LEVEL, "unit_of_measure": "%", "goal": Decimal(80)}
POSTS: dict[str, Any] = {
    "kind": MeasureKind.DELIVERY,
    "unit_of_measure": "postas",
    "goal": Decimal(3),
}
PERMANENT: dict[str, Any] = {"kind": MeasureKind.PERMANENT}
DONE, REQUIRED = "Diga también cuántos se cumplieron.", "Diga también cuántos se exigían."


@pytest.mark.parametrize(
    ("terms", "value", "fault"),
    [
        (LEVEL, "100", None),
        (LEVEL, "100.5", "No puede pasar de 100 %."),
        (LEVEL, "-1", "No puede ser negativo."),
        ({**LEVEL, "nature": "parte"}, "105", "No puede pasar de 100 %."),
        ({**LEVEL, "nature": "medida"}, "105", None),
        ({**LEVEL, "nature": "medida"}, "-1.2", "No puede ser negativo."),
        ({**LEVEL, "nature": "con signo"}, "-1.2", None),
        ({**LEVEL, "nature": "con signo"}, "105", None),
        ({**LEVEL, "unit_of_measure": "viviendas"}, "1500", None),
        (POSTS, "-1", "No puede ser negativo."),
    ],
)
def test_what_a_figure_is_decides_its_limits(
    terms: dict[str, Any], value: str, fault: str | None
) -> None:
    assert faults_in({"value": Decimal(value)}, a_task(**terms)).get("value") == fault


@pytest.mark.parametrize(
    ("done", "required", "faults"),
    [
        (3, 4, {}),
        (None, None, {}),
        (0, 0, {}),
        (5, 4, {"done": "Lo cumplido no puede pasar de lo exigido."}),
        (None, 4, {"done": DONE}),
        (3, None, {"required": REQUIRED}),
        (3, 2_147_483_648, {"required": "Ese número es demasiado grande."}),
    ],
)
def test_what_was_done_is_within_what_was_required(
    done: int | None, required: int | None, faults: dict[str, str]
) -> None:
    assert faults_in({"done": done, "required": required}, a_task(**PERMANENT)) == faults


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (dt.date(2019, 1, 1), ""),
        (dt.date(2019, 6, 30), ""),
        (dt.date(2019, 7, 1), "Ese día no es del semestre 2019-I: del 1 de enero de 2019 al 30"),
        (dt.date(2018, 12, 31), "Ese día no es del semestre 2019-I"),
        (dt.date(9999, 12, 31), "Ese día todavía no llega."),
    ],
)
def test_a_day_is_one_of_the_semester_that_has_come(day: dt.date, fault: str) -> None:
    told = faults_in({"as_of": day}, a_task()).get("as_of", "")
    assert told.startswith(fault)
    assert bool(told) == bool(fault)


def test_a_semester_that_goes_on_ends_today() -> None:
    today = timezone.localdate()
    assert last_possible(Semester.of(today)) == today
    assert last_possible(Semester(2019, 1)) == dt.date(2019, 6, 30)


def test_a_part_is_one_that_the_terms_name() -> None:
    task = a_task(kind=MeasureKind.DELIVERY, parts=["Coata"])
    assert faults_in({"parts_done": ["Coata"]}, task) == {}
    fault = "«Acora» ya no es parte de cómo se mide."
    assert faults_in({"parts_done": ["Coata", "Acora"]}, task) == {"parts_done": fault}


def test_a_text_is_counted_as_it_is_stored() -> None:
    fits = "a\n" * 9_999 + "ab"
    assert faults_in({"narrative": fits}, a_task()) == {}
    told = faults_in({"narrative": f"{fits}c", "difficulties": ""}, a_task())
    assert list(told) == ["narrative"]
    assert "Caben 20,000 letras y escribió 20,001" in told["narrative"]
    assert prose("Uno.\r\nDos.\rTres.") == "Uno.\nDos.\nTres."


@pytest.mark.parametrize(
    ("since", "cause", "at_fault"),
    [
        (None, "", []),
        (dt.date(2018, 3, 1), "Lluvias", []),
        (dt.date(2019, 3, 1), "", ["halted_cause"]),
        (None, "Lluvias", ["halted_since"]),
        (dt.date(2019, 7, 1), "Lluvias", ["halted_since"]),
        (dt.date(2019, 3, 1), "a" * 301, ["halted_cause"]),
    ],
)
def test_a_halt_says_since_when_and_why(
    since: dt.date | None, cause: str, at_fault: list[str]
) -> None:
    said = {"halted_since": since, "halted_cause": cause}
    assert list(faults_in(said, a_task(Level.ACTIVITY))) == at_fault


def test_what_is_known_to_have_no_report_is_doubted_without_a_query() -> None:
    (doubt,) = doubts_of({"value": Decimal(400)}, a_task(**POSTS))
    assert doubt.field == "value"


def test_what_was_stored_was_confirmed_and_another_figure_was_not() -> None:
    report = ProgressReport(step=2, value=Decimal(300))
    task = a_task(report=report, **POSTS)
    assert doubts_of({"step": 3, "value": Decimal(300)}, task) == []
    assert [each.field for each in doubts_of({"step": 3, "value": Decimal(400)}, task)] == ["value"]
