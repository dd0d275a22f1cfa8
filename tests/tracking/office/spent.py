"""The page of spending, and what a browser sends from it."""

from decimal import Decimal
from typing import Any

from django.test import Client

from plans.choices import ActivityKind, Level
from plans.models import Plan, PlanElement
from tracking.models import Expenditure

PAGE = "/gestion/gasto/puno/2019/"
SHARED = {"as_of": "2019-12-31", "source": "SIAF, 2 de enero de 2020", "reason": ""}
AMOUNTS = {"pia": "1000", "pim": "S/ 1,234,567.50", "accrued": "617,283.75"}


def add_activity(plan: Plan, number: int) -> PlanElement:
    objective = plan.elements.get(ref="S.1.1")
    element = PlanElement(
        plan=plan,
        parent=objective,
        level=Level.ACTIVITY,
        activity_kind=ActivityKind.PROJECT,
        ref=f"S.1.1.{number + 1}",
        statement=f"Construir la posta número {number}",
        spans=[[0, 1]],
        position=1000 + number,
    )
    element.save()
    return element


def row(element: PlanElement, seen: int = 0, **typed: Any) -> dict[str, Any]:
    """What a browser sends of one row."""
    name = f"r{element.pk}"
    fields = {f"{name}-{key}": value for key, value in {**AMOUNTS, **typed}.items()}
    return {"row": [element.pk], f"{name}-seen": seen, **fields}


def post(desk: Client, *rows: dict[str, Any], at: str = PAGE, **shared: str) -> Any:
    sent: dict[str, Any] = {**SHARED, **shared, "row": []}
    for each in rows:
        sent |= {**each, "row": sent["row"] + each["row"]}
    return desk.post(at, sent)


def stored(element: PlanElement) -> list[tuple[int, Decimal, Decimal, Decimal]]:
    rows = Expenditure.objects.filter(element=element).order_by("revision")
    return list(rows.values_list("revision", "pia", "pim", "accrued"))
