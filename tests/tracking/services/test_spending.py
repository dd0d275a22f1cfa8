"""Spending is stated by year, revision by revision."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from plans.models import MeasuringTerms, PlanElement
from plans.services.editing import state_terms
from plans.services.publishing import locked
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.tracking.office.spent import stored
from tracking.models import Expenditure
from tracking.services.spending import state_expenditures

pytestmark = pytest.mark.django_db


def make_row(element: PlanElement, **columns: Any) -> Expenditure:
    usual = {"year": 2019, "pia": 1, "pim": 2, "accrued": 1, "source": "SIAF"}
    return Expenditure(element=element, **{**usual, "as_of": dt.date(2019, 6, 30), **columns})


def test_one_statement_alone(activity: PlanElement, planner: User) -> None:
    (first,) = state_expenditures([(make_row(activity), 0)], by=planner).saved
    assert first.revision == 1
    again = state_expenditures([(make_row(activity), 0)], by=planner)
    assert (again.saved, again.refused) == ([], {})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"year": 2023}, "Ese año no es del periodo del plan."),
        ({"pia": -1}, "Un monto no es negativo."),
        ({"accrued": 3}, "El devengado no puede pasar del PIM."),
        ({"source": ""}, "Este campo no puede estar vacío"),
        ({"as_of": dt.date(2190, 1, 1)}, "Ese día todavía no llega."),
    ],
)
def test_the_service_refuses_what_a_form_would(
    activity: PlanElement, planner: User, columns: dict[str, Any], said: str
) -> None:
    done = state_expenditures([(make_row(activity, **columns), 0)], by=planner)
    assert said in " ".join(done.refused[activity.pk].messages)
    assert not Expenditure.objects.exists()


def test_a_target_costs_nothing(target: PlanElement, planner: User) -> None:
    done = state_expenditures([(make_row(target), 0)], by=planner)
    assert done.refused[target.pk].messages == ["El gasto se registra por actividad."]


@pytest.mark.django_db(transaction=True)
def test_the_plan_may_be_edited_meanwhile(activity: PlanElement, planner: User) -> None:
    """Whoever waits for the municipality holds nothing that its holder needs."""
    stating = Meanwhile(lambda: state_expenditures([(make_row(activity), 0)], by=planner))
    terms = MeasuringTerms(element=activity, in_force_from=timezone.localdate(), reason="Acuerdo")
    with transaction.atomic():
        locked(activity.plan_id)
        stating.start()
        wait_for_a_lock()
        state_terms(terms, by=planner)
    stating.join(PATIENCE)
    assert stating.refused is None
    assert len(stored(activity)) == 1
