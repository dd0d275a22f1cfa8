"""What is unlikely is asked beside its field, and each field says what it takes."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import MeasureKind
from tests.tracking.measuring.tasks import a_task
from tracking.models import ProgressReport
from tracking.office.forms.measure import MeasureForm

POSTS: dict[str, Any] = {
    "kind": MeasureKind.DELIVERY,
    "unit_of_measure": "postas",
    "goal": Decimal(3),
}
QUESTION = "Usted informa 300 postas de una meta de 3. ¿Es así?"


def test_a_percentage_of_what_is_no_percentage_is_refused() -> None:
    task = a_task(report=ProgressReport(), **POSTS)
    for typed, refused in [("300 %", "un porcentaje"), ("S/ 2", "soles")]:
        form = MeasureForm(task, {"value": typed})
        said = f"Escribió «{typed}», y aquí no va{'n' * (refused == 'soles')} {refused}"
        assert form.errors == {"value": [f"{said}: se mide en postas."]}


def test_what_is_unlikely_is_asked_until_that_figure_is_confirmed() -> None:
    task = a_task(report=ProgressReport(), **POSTS)
    form = MeasureForm(task, {"step": "2", "value": "300"})
    assert form.errors == {"value": [QUESTION]}
    sure = form.questions["value"].value
    assert MeasureForm(task, {"step": "2", "value": "300", "seguro": [sure]}).is_valid()
    assert MeasureForm(task, {"step": "2", "value": "300.0", "seguro": [sure]}).is_valid()
    other = MeasureForm(task, {"step": "2", "value": "301", "seguro": [sure]})
    assert list(other.errors) == ["value"]


def test_each_field_is_asked_about_beside_it() -> None:
    task = a_task(report=ProgressReport(), **POSTS)
    form = MeasureForm(task, {"step": "4", "value": "2.5"})
    assert list(form.errors) == ["step", "value"]
    sure = [each.value for each in form.questions.values()]
    assert MeasureForm(task, {"step": "4", "value": "2.5", "seguro": sure[:1]}).errors.keys() == {
        "value"
    }
    assert MeasureForm(task, {"step": "4", "value": "2.5", "seguro": sure}).is_valid()


RELATIVE = {"kind": MeasureKind.CHANGE, "direction": "disminuir", "unit_of_measure": "%"}
BASE = {"baseline": Decimal(40), "baseline_source": "Censo"}


@pytest.mark.parametrize(
    ("terms", "label", "counts"),
    [
        (
            POSTS,
            "Cantidad acumulada (postas)",
            "Todo lo entregado desde enero de 2019, no solo en este semestre, en postas. "
            "Meta del plan: 3 postas.",
        ),
        (
            {"kind": MeasureKind.LEVEL, "unit_of_measure": "%", "goal": Decimal(90)},
            "Valor alcanzado (%)",
            "A cuánto llega ese día, en %, no cuánto cambió. Meta del plan: 90 %.",
        ),
        (
            {**RELATIVE, "goal": Decimal(50)},
            "Valor alcanzado",
            "A cuánto llega ese día lo que se mide, en la misma unidad que la línea de base, no "
            "cuánto cambió: si había 40 y hay 30, es 30.",
        ),
        (
            {**RELATIVE, **BASE, "unit_of_measure": "casos", "goal": Decimal(20)},
            "Valor alcanzado (casos)",
            "A cuánto llega ese día lo que se mide, en casos, no cuánto cambió: la línea de base "
            "es 40.",
        ),
    ],
)
def test_a_value_says_what_it_counts_from_when_and_in_which_unit(
    terms: dict[str, Any], label: str, counts: str
) -> None:
    field = MeasureForm(a_task(**terms)).fields["value"]
    assert (field.label, field.help_text) == (label, counts)


def test_what_is_permanent_counts_the_semester_alone() -> None:
    form = MeasureForm(a_task(kind=MeasureKind.PERMANENT))
    said = "Solo lo de este semestre, de enero a junio de 2019."
    assert [form.fields[name].help_text for name in ("done", "required")] == [said, said]
