from plans.models.element import (
    Activity,
    Dimension,
    Guideline,
    Objective,
    PlanElement,
    Problem,
    Responsibility,
    Target,
)
from plans.models.plan import Plan, PlanVersion, SourceDocument
from plans.models.terms import MeasuringTerms

__all__ = [
    "Activity",
    "Dimension",
    "Guideline",
    "MeasuringTerms",
    "Objective",
    "Plan",
    "PlanElement",
    "PlanVersion",
    "Problem",
    "Responsibility",
    "SourceDocument",
    "Target",
]
