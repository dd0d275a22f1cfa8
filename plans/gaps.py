"""What planning still has to say of what its plan promises, and how much of it."""

from typing import Any, Final

from django.db.models import Count, Q

from plans.querysets import PlanElementQuerySet

NO_UNIT: Final = "unidad"
NO_KIND: Final = "medida"
NO_SCHEDULE: Final = "cronograma"
NOT_FOLLOWED: Final = "seguimiento"
GAPS: Final[dict[str, dict[str, Any]]] = {
    NO_KIND: {"is_reportable": True, "kind_in_force": ""},
    NO_UNIT: {"is_reportable": True, "has_unit": False},
    NO_SCHEDULE: {"is_reportable": True, "lacks_schedule": True},
    NOT_FOLLOWED: {"is_reportable": False},
}
"""What planning still has to say, as what it is in a list of measurable elements with gaps."""


def counts_of(elements: PlanElementQuerySet) -> list[dict[str, Any]]:
    """Of measurable ELEMENTS with gaps, how many each plan has, and how many lack what.

    Rows {"plan", "total", "without_kind", "without_unit", "not_followed"}.
    """
    rows = elements.order_by().values("plan")
    counted = rows.annotate(
        total=Count("pk", filter=Q(is_reportable=True)),
        without_kind=Count("pk", filter=Q(**GAPS[NO_KIND])),
        without_unit=Count("pk", filter=Q(**GAPS[NO_UNIT])),
        not_followed=Count("pk", filter=Q(**GAPS[NOT_FOLLOWED])),
    )
    return list(counted)
