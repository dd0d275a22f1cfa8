from plans.models.element import PlanElement, Responsibility
from plans.models.levels import Activity, Dimension, Guideline, Objective, Problem, Target
from plans.models.passage import Passage
from plans.models.plan import Plan, PlanVersion, SourceDocument
from plans.models.plan_import import ImportStep, PlanImport
from plans.models.terms import MeasuringTerms

__all__ = [
    "Activity",
    "Dimension",
    "Guideline",
    "ImportStep",
    "MeasuringTerms",
    "Objective",
    "Passage",
    "Plan",
    "PlanElement",
    "PlanImport",
    "PlanVersion",
    "Problem",
    "Responsibility",
    "SourceDocument",
    "Target",
]
