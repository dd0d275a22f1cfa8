"""The form of one report's measure: what it asks for, and what it answers to what is typed."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

import pytest
from django.db import IntegrityError

from accounts.models import User
from plans.choices import Level, MeasureKind
from plans.forms.figures import confirmation
from plans.models import PlanElement
from tests.tracking.measuring.tasks import a_task
from tests.tracking.office.measured import stated
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Step
from tracking.measuring.entry import NO_MEASURE, TEXTS, Entry
from tracking.measuring.tasks import tasks_of
from tracking.models import ProgressReport
from tracking.models.report import LONGEST_TEXT
from tracking.office.forms.measure import MeasureForm
from tracking.services.drafts import save_draft

PERCENTAGE: dict[str, Any] = {
    "kind": MeasureKind.LEVEL,
    "unit_of_measure": "%",
    "goal": Decimal(80),
}
TOLD: Final = (*TEXTS, "as_of", "locations", "edit")


def test_a_delivery_asks_for_its_step() -> None:
    form = MeasureForm(a_task(Level.ACTIVITY))
    assert list(form.fields) == ["step", *TOLD]
    assert form["as_of"].initial == dt.date(2019, 6, 30)
    assert form["edit"].initial == 0


def test_a_delivery_in_parts_asks_which() -> None:
    task = a_task(Level.ACTIVITY, kind=MeasureKind.DELIVERY, parts=["Coata, norte", "Capachica"])
    form = MeasureForm(task, {"step": "3", "parts_done": ["Coata, norte"], "as_of": "2019-06-30"})
    assert list(form.fields) == ["step", "parts_done", *TOLD]
    assert form.is_valid()
    assert form.values() == {
        "step": Step.PARTLY,
        "parts_done": ["Coata, norte"],
        **dict.fromkeys(TEXTS, ""),
        "as_of": dt.date(2019, 6, 30),
        "locations": [],
        # what these terms do not ask for, and an earlier form may have left
        "value": None,
        "done": None,
        "required": None,
    }


def test_a_delivery_with_a_programmed_quantity_asks_for_what_was_executed() -> None:
    task = a_task(Level.ACTIVITY, kind=MeasureKind.DELIVERY, unit_of_measure="km", goal=Decimal(12))
    form = MeasureForm(task, {"step": "2", "value": "11.5"})
    assert list(form.fields) == ["step", "value", *TOLD]
    assert form.fields["value"].label == "Cantidad acumulada (km)"
    assert form.is_valid()
    assert form.values()["value"] == Decimal("11.5")


def test_what_is_permanent_asks_for_done_and_required() -> None:
    task = a_task(kind=MeasureKind.PERMANENT)
    assert list(MeasureForm(task).fields) == ["done", "required", *TOLD]


def test_what_is_not_verifiable_asks_for_words_alone() -> None:
    task = a_task(kind=MeasureKind.UNVERIFIABLE)
    assert task.entry == Entry.NARRATIVE
    assert list(MeasureForm(task).fields) == [*TOLD]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("140", "No puede pasar de 100 %."),
        ("12,5", "Escribió «12,5». Confirme que quiso decir 12.5."),
        ("1,500", "Escribió «1,500». Confirme que quiso decir 1.5."),
        ("doce", "no se entiende como cifra"),
        ("1e2", "no se entiende como cifra"),
    ],
)
def test_a_figure_that_does_not_fit_or_is_in_doubt_is_answered_beside_it(
    typed: str, answer: str
) -> None:
    form = MeasureForm(a_task(**PERCENTAGE), {"value": typed, "narrative": "Se midió en mayo."})
    assert set(form.errors) == {"value"}
    assert answer in form.errors["value"][0]
    assert f'value="{typed}"' in str(form["value"])
    assert "Se midió en mayo." in str(form["narrative"])


@pytest.mark.parametrize(
    ("typed", "figures"), [("1,500", ["1500", "1.5"]), ("1.500,00", ["1500"]), ("12,5", ["12.5"])]
)
def test_a_figure_in_doubt_is_taken_once_it_is_confirmed(typed: str, figures: list[str]) -> None:
    task = a_task(kind=MeasureKind.LEVEL, unit_of_measure="km")
    assert not MeasureForm(task, {"value": typed}).is_valid()
    for figure in figures:
        meant = confirmation(typed, Decimal(figure))
        form = MeasureForm(task, {"value": typed, "value_como": meant})
        assert form.is_valid()
        assert form.values()["value"] == Decimal(figure)


@pytest.mark.parametrize(
    ("done", "required", "errors"),
    [
        ("3", "4", {}),
        ("5", "4", {"done": ["Lo cumplido no puede pasar de lo exigido."]}),
        ("-1", "4", {"done": ["Escriba un número entero, solo con cifras: 1500."]}),
        ("1.000", "4000", {"done": ["Escriba un número entero, solo con cifras: 1500."]}),
        ("\u0661", "4", {"done": ["Escriba un número entero, solo con cifras: 1500."]}),
        ("3", "9" * 5000, {"required": ["Ese número es demasiado grande."]}),
    ],
)
def test_counts_are_whole_and_what_was_done_is_within_what_was_required(
    done: str, required: str, errors: dict[str, list[str]]
) -> None:
    task = a_task(kind=MeasureKind.PERMANENT)
    assert MeasureForm(task, {"done": done, "required": required}).errors == errors


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2019-07-01", "Ese día no es del semestre 2019-I: del 1 de enero de 2019"),
        ("0019-06-30", "Ese día no es del semestre 2019-I"),
        ("2019-06-31", "Escriba una fecha que exista"),
        ("ayer", "Escriba una fecha que exista"),
    ],
)
def test_a_day_outside_the_semester_is_refused_beside_it(typed: str, answer: str) -> None:
    form = MeasureForm(a_task(Level.ACTIVITY), {"as_of": typed})
    assert set(form.errors) == {"as_of"}
    assert str(form.errors["as_of"][0]).startswith(answer)


def test_a_day_may_be_typed_as_in_peru() -> None:
    form = MeasureForm(a_task(Level.ACTIVITY), {"as_of": "30/06/2019"})
    assert form.is_valid()
    assert form.values()["as_of"] == dt.date(2019, 6, 30)


def test_a_step_that_does_not_exist_is_refused() -> None:
    form = MeasureForm(a_task(Level.ACTIVITY), {"step": "9"})
    assert form.errors == {"step": ["Elija uno de los pasos."]}


def test_a_text_as_long_as_fits_is_taken_however_its_lines_end() -> None:
    task = a_task(Level.ACTIVITY)
    text = "a\r\n" * (LONGEST_TEXT // 2 - 1) + "ab"
    form = MeasureForm(task, {"narrative": text})
    assert form.is_valid()
    assert form.values()["narrative"] == text.replace("\r\n", "\n")
    longer = MeasureForm(task, {"narrative": text + "c"})
    assert longer.errors["narrative"] == [
        "Caben 20,000 letras y escribió 20,001: acórtelo, o adjunte un documento."
    ]
    assert (text + "c").replace("\r\n", "\n") in str(longer["narrative"]).replace("\r\n", "\n")


def test_an_empty_form_is_a_draft_too() -> None:
    form = MeasureForm(a_task(Level.ACTIVITY), {})
    assert form.is_valid()
    assert form.seen == 0
    texts = dict.fromkeys(TEXTS, "")
    assert form.values() == {**NO_MEASURE, **texts, "as_of": None, "locations": []}


@pytest.mark.django_db
def test_it_begins_with_what_the_report_holds(activity: PlanElement, reporter: User) -> None:
    texts = {"narrative": "Se firmó.", "difficulties": "Llovió.", "next_steps": "Techar."}
    values = {"step": Step.RUNNING, **texts, "as_of": dt.date(2019, 5, 31)}
    save_draft(activity, SEMESTER, values, by=reporter, edit=0)
    (task,) = tasks_of([activity], activity.plan, SEMESTER)
    form = MeasureForm(task, prefix="r1")
    assert {name: form[name].initial for name in form.fields} == {
        **values,
        "locations": [],
        "edit": 1,
    }
    assert form["step"].html_name == "r1-step"


@pytest.mark.django_db
def test_the_same_again_is_no_change(target: PlanElement, planner: User, reporter: User) -> None:
    stated(target, planner, **PERCENTAGE)
    values = {"value": Decimal("62.5"), "narrative": "Uno.\nDos.", "as_of": dt.date(2019, 5, 31)}
    save_draft(target, SEMESTER, values, by=reporter, edit=0)
    assert ProgressReport.objects.count() == 1
    (task,) = tasks_of([target], target.plan, SEMESTER)
    sent = {"value": "62.5", "narrative": "Uno.\r\nDos.", "as_of": "2019-05-31", "edit": "1"}
    assert MeasureForm(task, sent).changed_data == []
    assert MeasureForm(task, {**sent, "value": "63"}).changed_data == ["value"]


@pytest.mark.django_db
def test_what_is_delivered_is_never_negative(target: PlanElement, planner: User) -> None:
    """The page and the API refuse it before."""
    stated(target, planner, kind=MeasureKind.DELIVERY, unit_of_measure="km", goal=12)
    values = {**NO_MEASURE, "step": 2, "value": Decimal(-1)}
    with pytest.raises(IntegrityError, match="report_figures_make_sense"):
        save_draft(target, SEMESTER, values, by=planner, edit=0)
