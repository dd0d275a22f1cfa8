from plans.models.cross_reference import CrossReference
from plans.models.document import SourceDocument
from plans.models.element import PlanElement
from plans.models.levels import Activity, Dimension, Guideline, Objective, Problem, Target
from plans.models.passage import Passage
from plans.models.plan import Plan, PlanVersion
from plans.models.plan_import import ImportStep, PlanImport
from plans.models.responsibility import Responsibility
from plans.models.terms import MeasuringTerms

__all__ = [
    "Activity",
    "CrossReference",
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
