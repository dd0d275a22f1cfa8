"""What every page about one promise in one semester is told."""

from typing import Any

from plans.models import PlanElement
from plans.semester import Semester


def page_about(element: PlanElement, semester: Semester) -> dict[str, Any]:
    """ELEMENT, its plan and place, and SEMESTER: what the frame of such a page shows."""
    return {
        "municipality": element.plan.municipality,
        "plan": element.plan,
        "semester": semester,
        "element": element,
    }
