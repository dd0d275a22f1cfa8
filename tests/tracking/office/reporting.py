"""The page of a report, and what is typed in it."""

import datetime as dt
from typing import Any

from accounts.models import User
from plans.models import PlanElement
from tests.tracking.office.sent import SEMESTER
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft

ROOM = "/gestion/semestre/puno/2019-I/"
PAGE = f"{ROOM}S.1.1.1/"
TARGET_PAGE = f"{ROOM}S.1.1.2/"
TYPED = {
    "step": "2",
    "narrative": "Se firmó el contrato.",
    "difficulties": "La lluvia.",
    "next_steps": "Empezar la obra.",
    "as_of": "2019-06-30",
    "edit": "",
    "entry": "paso",
}


def draft(element: PlanElement, by: User, **values: Any) -> ProgressReport:
    usual = {"step": 2, "narrative": "Se firmó.", "as_of": dt.date(2019, 6, 30)}
    return save_draft(element, SEMESTER, {**usual, **values}, by=by, edit=0)
