"""The status of a promise: the first thing to know of it."""

from typing import Any

import pytest

from plans.choices import Level, MeasureKind
from plans.choices import Standing as PlanStanding
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tests.tracking.reading.chapters import FIRST, LAST, SECOND, chapter, revision
from tracking.choices import Step
from tracking.reading.status import reported_status, silence, status
from tracking.reading.strips import Arrival

MISSING = Arrival.MISSING


@pytest.mark.parametrize(
    ("semesters", "said"),
    [
        ([SECOND], "Sin informe del semestre 2019-II, vencido el 31 de enero de 2020."),
        (
            [FIRST, SECOND],
            "Sin informe de 2 semestres, de 2019-I a 2019-II; "
            "el último venció el 31 de enero de 2020.",
        ),
        ([LAST], "Sin informe final: el del semestre 2022-II venció el 31 de enero de 2023."),
        (
            [Semester(2022, 1), LAST],
            "Sin informe de 2 semestres, de 2022-I a 2022-II; tampoco el final, "
            "que venció el 31 de enero de 2023.",
        ),
    ],
)
def test_a_silence_names_its_semester_and_its_day(semesters: list[Semester], said: str) -> None:
    assert silence([chapter(each, MISSING) for each in semesters]) == said


def test_the_status_is_the_newest_report_and_the_silence_since() -> None:
    element = PlanElement(level=Level.ACTIVITY)
    element.is_reportable = True
    chapters = [
        chapter(FIRST, MISSING),
        chapter(SECOND, revisions=(revision(step=Step.RUNNING),)),
        chapter(Semester(2020, 1), MISSING),
        chapter(Semester(2020, 2), Arrival.DUE),
    ]
    assert reported_status(element, chapters) == [
        "Al 30 de junio de 2019: en ejecución, sin sustento.",
        "Sin informe del semestre 2020-I, vencido el 31 de julio de 2020.",
    ]


def promise(level: Level = Level.ACTIVITY, **columns: Any) -> PlanElement:
    element = PlanElement(level=level, **columns)
    element.is_reportable = True
    return element


ELECTED, NOT_ELECTED, UNCONFIRMED = (Plan(standing=each) for each in PlanStanding)
WITHDRAWN = "Ya no forma parte de lo que Vigía recoge de este plan."
AWAITED = "Todavía no hay informes de avance."


@pytest.mark.parametrize(
    ("plan", "status_said"),
    [
        (ELECTED, AWAITED),
        (Plan(standing=PlanStanding.UNCONFIRMED, simulated=True), AWAITED),
        (NOT_ELECTED, "Sin informes de avance: la lista no fue elegida."),
        (
            UNCONFIRMED,
            "Sin informes de avance. No se ha confirmado si esta lista fue elegida.",
        ),
    ],
)
def test_a_promise_without_reports_says_whether_any_are_due(plan: Plan, status_said: str) -> None:
    assert status(promise(), plan, None, []) == status_said


def test_what_was_reported_is_told_of_every_plan() -> None:
    chapters = [chapter(FIRST, MISSING)]
    sentence = "Sin informe del semestre 2019-I, vencido el 31 de julio de 2019."
    assert status(promise(), UNCONFIRMED, None, chapters) == sentence
    withdrawn = promise(Level.TARGET, until_version=1)
    assert status(withdrawn, ELECTED, None, chapters) == f"{WITHDRAWN} {sentence}"
    assert status(withdrawn, ELECTED, None, []) == WITHDRAWN


@pytest.mark.parametrize(
    ("terms", "lack"),
    [
        (None, " El plan no da una cifra para esta meta."),
        (MeasuringTerms(), " El plan no da una cifra para esta meta."),
        (MeasuringTerms(goal=5), " Tiene una cifra, pero aún no es medible."),
        (MeasuringTerms(goal=5, kind=MeasureKind.CHANGE, baseline=4), ""),
        (MeasuringTerms(by_id=1), ""),
        (MeasuringTerms(goal=5, by_id=1), ""),
    ],
)
def test_a_target_says_what_the_plans_figure_lacks(terms: MeasuringTerms | None, lack: str) -> None:
    assert status(promise(Level.TARGET), ELECTED, terms, []) == f"{AWAITED}{lack}"
    assert status(promise(), ELECTED, terms, []) == AWAITED


def test_a_figure_that_nobody_took_is_not_said_to_be_missing() -> None:
    unread = promise(Level.TARGET, statement="1. Llegar a 24 barrios. 2. Bajar 30 % la espera.")
    assert status(unread, ELECTED, None, []) == (
        f"{AWAITED} De esta meta no se ha recogido ninguna cifra del plan."
    )
