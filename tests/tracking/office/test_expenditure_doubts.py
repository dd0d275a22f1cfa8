"""Figures of spending that are faulty, unlikely, or changed by somebody else."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.pages import told
from tests.tracking.office.sheets import sent_by
from tests.tracking.office.spent import AMOUNTS, post, row, stored
from tracking.models import Expenditure

pytestmark = pytest.mark.django_db


def faults(answer: Any, element: PlanElement) -> dict[str, list[str]]:
    (found,) = (each for each in answer.context["sheet"].rows if each.element == element)
    return dict(found.errors)


def ticked(answer: Any, name: str) -> list[str]:
    """What the boxes called NAME of that page send once they are confirmed."""
    page = answer.content.decode()
    return sent_by(page.replace('<input type="checkbox"', '<input type="checkbox" checked'))[name]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"pia": "-5"}, "pia", "No puede ser negativo."),
        ({"pia": ""}, "pia", "Escriba la cifra; si no hay, 0."),
        ({"pia": "1,500"}, "pia", "Escribió «1,500». Elija qué quiso decir."),
        ({"pia": "9" * 13}, "pia", "No puede pasar de 999,999,999,999.99 soles."),
        ({"pim": "10", "accrued": "10.01"}, "accrued", "El devengado no puede pasar del PIM."),
        ({"as_of": "2190-01-01"}, "as_of", "Ese día todavía no llega."),
        ({"as_of": "2018-12-31"}, "as_of", "Ese día es anterior al año fiscal 2019."),
        ({"as_of": "31/02/2019"}, "as_of", "Escriba una fecha que exista"),
        ({"source": "x" * 301}, "source", "300"),
    ],
)
def test_what_cannot_be_is_told_in_its_row_and_the_rest_is_saved(
    activity: PlanElement,
    other: PlanElement,
    desk: Client,
    typed: dict[str, Any],
    field: str,
    said: str,
) -> None:
    answer = post(desk, row(activity, **typed), row(other))
    assert answer.status_code == 422
    assert list(faults(answer, activity)) == [field]
    assert said in faults(answer, activity)[field][0]
    page = answer.content.decode()
    assert typed[field if field in typed else "pim"] in page
    assert f'href="#id_r{activity.pk}-{field}">S.1.1.1, ' in page
    assert told(answer) == ["Se guardaron las cifras de 1 actividad."]
    assert (stored(activity), len(stored(other))) == ([], 1)


def test_a_figure_in_doubt_is_saved_once_it_is_confirmed(
    activity: PlanElement, desk: Client
) -> None:
    page = post(desk, row(activity, pia="1,500")).content.decode()
    assert 'value="1500:1,500"' in page
    answer = post(desk, row(activity, pia="1,500", pia_como="1500:1,500"))
    assert answer.status_code == 302
    assert stored(activity)[0][1] == Decimal(1500)


def test_what_is_unlikely_is_asked_once_more_beside_its_field(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    less = row(activity, seen=1, accrued="617283", source="Ejecutora")
    answer = post(desk, less, row(other), reason="Se anuló un pago")
    assert answer.status_code == 422
    asked = "un devengado de S/ 617,283, y al 31 de diciembre de 2019 ya era de S/ 617,283.75"
    assert faults(answer, activity) == {"accrued": [f"Usted informa {asked}. ¿Es así?"]}
    page = " ".join(answer.content.decode().split())
    assert f"Sí, es así: {asked}</label>" in page
    for typed in ('value="617283"', 'value="Ejecutora"', 'value="Se anuló un pago"'):
        assert typed in page
    assert (len(stored(activity)), len(stored(other))) == (1, 1)
    name = f"r{activity.pk}-seguro"
    sure = ticked(answer, name)
    assert post(desk, {**less, name: sure}, reason="Se anuló un pago").status_code == 302
    assert len(stored(activity)) == 2
    lower = row(activity, seen=2, accrued="500000")
    again = post(desk, {**lower, name: sure}, reason="Otro pago")
    assert list(faults(again, activity)) == ["accrued"]  # it was of other figures


def test_two_unlikely_figures_are_confirmed_each_for_itself(
    activity: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    name = f"r{activity.pk}-seguro"
    typed = row(activity, seen=1, pia="100000", pim="12345675", accrued="700000")
    answer = post(desk, typed, reason="Ampliación")
    assert list(faults(answer, activity)) == ["pia"]
    typed = row(activity, seen=1, pia="100000", pim="99999999", accrued="700000")
    answer = post(desk, {**typed, name: ticked(answer, name)}, reason="Ampliación")
    assert list(faults(answer, activity)) == ["pim"]
    both = ticked(answer, name)
    assert post(desk, {**typed, name: both}, reason="Ampliación").status_code == 302


def test_figures_that_somebody_else_changed_are_compared_before_anything_is_asked(
    activity: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    post(desk, row(activity, seen=1, accrued="700000"), reason="Más pagos")
    answer = post(desk, row(activity, seen=1, accrued="650000"), reason="Otros pagos")
    assert list(faults(answer, activity)) == ["__all__"]
    answer = post(desk, row(activity, seen=2, accrued="650000"), reason="Otros pagos")
    assert list(faults(answer, activity)) == ["accrued"]


def test_the_source_and_the_day_are_asked_once_for_all(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    answer = post(desk, row(activity), row(other), source="", as_of="")
    assert answer.status_code == 422
    assert answer.context["sheet"].shared.errors == {
        "as_of": ["Diga a qué día corresponden las cifras."],
        "source": ["Diga de dónde salen las cifras."],
    }
    assert answer.content.decode().count("Diga de dónde salen las cifras.") == 2
    assert AMOUNTS["pim"] in answer.content.decode()
    assert not Expenditure.objects.exists()


def test_a_day_to_come_is_told_once(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    answer = post(desk, row(activity), row(other), as_of="2190-01-01")
    assert answer.context["sheet"].shared.errors == {"as_of": ["Ese día todavía no llega."]}
    assert (answer.status_code, Expenditure.objects.count()) == (422, 0)


def test_two_people_on_one_row(
    activity: PlanElement, planner: User, second_planner: User, signed_in: SignIn
) -> None:
    one, other = signed_in(planner), signed_in(second_planner)
    post(one, row(activity))
    post(one, row(activity, seen=1, pim="2000000"), reason="Ampliación")
    answer = post(other, row(activity, seen=1, pim="3000000"), reason="Otra ampliación")
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    for shown in ("Otra persona registró cifras", "PIM 2,000,000.00", 'value="3000000"'):
        assert shown in page
    assert f'name="r{activity.pk}-seen" value="2"' in page
    assert len(stored(activity)) == 2
    post(other, row(activity, seen=2, pim="3000000"), reason="Otra ampliación")
    assert [each[2] for each in stored(activity)][1:] == [Decimal(2000000), Decimal(3000000)]


def test_what_somebody_else_changed_is_not_undone_by_a_row_that_nobody_touched(
    activity: PlanElement, other: PlanElement, planner: User, desk: Client
) -> None:
    post(desk, row(activity))
    post(desk, row(activity, seen=1, pim="2000000"), reason="Ampliación")
    answer = post(desk, row(activity, seen=1), row(other, pia="-1"), reason="Otra")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="2000000"' in page
    assert f'name="r{activity.pk}-seen" value="2"' in page
    assert len(stored(activity)) == 2
