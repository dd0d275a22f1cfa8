"""What the operating plan says was executed of a promise, kept and proposed."""

from decimal import Decimal
from typing import Any

from accounts.models import User
from plans.classes import Classed
from plans.models import PlanElement
from plans.services.classifying import classify
from tracking.models import ExecutedQuantity
from tracking.services.executed import keep_executed

CODE = "AOI001"


def give_code(element: PlanElement, *codes: str, by: User, scheme: str = "POI") -> None:
    """ELEMENT has CODES, CODE if none is named, in SCHEME."""
    lines = [Classed(element.ref, code, "") for code in codes or (CODE,)]
    classify(element.plan, scheme, lines, by=by)


def keep(element: PlanElement, *quantities: Any, by: User, **fields: Any) -> None:
    """What was executed in the quarters of a year, from the first on; None for no row."""
    said = {"code": CODE, "year": 2019, "unit": "Informe", "source": "poi.xlsx", **fields}
    keep_executed(
        [
            ExecutedQuantity(
                municipality=element.plan.municipality,
                quarter=quarter,
                quantity=Decimal(quantity),
                by=by,
                **said,
            )
            for quarter, quantity in enumerate(quantities, start=1)
            if quantity is not None
        ]
    )
