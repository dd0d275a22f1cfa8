"""Sending what is complete from the page of a semester."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import Municipality, Unit, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.tracking.office.sent import SEMESTER, draft, send, states
from tests.tracking.office.sheets import SEMESTER_PAGE, long_plan
from tracking.services.drafts import save_draft
from tracking.services.review import return_report

pytestmark = pytest.mark.django_db
SEND = f"{SEMESTER_PAGE}enviar/"


def said_by(browser: Client) -> list[str]:
    """What the messages after sending said."""
    answer = browser.post(SEND)
    assert answer["Location"] == SEMESTER_PAGE
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_what_is_complete_goes_and_the_rest_is_named(
    puno_unit: Unit, planner: User, reporter: User, window: object, signed_in: SignIn
) -> None:
    one, two, three, four, _untouched = long_plan(puno_unit, planner, more=4)
    draft(one, reporter)
    draft(two, reporter, step=None)
    draft(three, reporter)
    draft(four, reporter, as_of=None)
    browser = signed_in(reporter)
    assert "Enviar a revisión los 2 completos" in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == [
        "Se enviaron 2 informes a revisión.",
        "A 2 les falta algo: M.1, M.3.",
    ]
    assert states() == ["enviado", "borrador", "enviado", "borrador"]


def test_a_second_tap_is_told_that_all_is_on_its_way(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    browser = signed_in(reporter)
    assert said_by(browser) == ["Se envió 1 informe a revisión."]
    assert said_by(browser)[1:] == ["No hay nada más que enviar: lo completo ya está en revisión."]


def test_what_came_back_goes_again_only_once_somebody_changed_it(
    activity: PlanElement, puno: Municipality, planner: User, reporter: User, signed_in: SignIn
) -> None:
    report = send(activity, reporter)
    report = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    browser = signed_in(reporter)
    assert "Enviar a revisión" not in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == ["A 1 le falta algo: S.1.1.1."]
    assert states() == ["devuelto"]
    save_draft(activity, SEMESTER, {"narrative": "Con acta."}, by=reporter, edit=report.edit)
    assert "Enviar a revisión 1 completo" in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == ["Se envió 1 informe a revisión."]
    assert states() == ["enviado"]


def test_planning_sends_what_it_wrote_and_not_what_a_unit_is_writing(
    puno_unit: Unit, planner: User, reporter: User, window: object, signed_in: SignIn
) -> None:
    theirs, mine = long_plan(puno_unit, planner, more=1)
    draft(theirs, reporter)
    draft(mine, planner)
    assert said_by(signed_in(planner)) == ["Se envió 1 informe a revisión."]
    assert states() == ["borrador", "enviado"]


def test_a_unit_sends_what_planning_wrote_for_it(
    activity: PlanElement, planner: User, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, planner)
    assert said_by(signed_in(reporter)) == ["Se envió 1 informe a revisión."]


def test_a_colleague_sends_nothing_of_another_unit(
    activity: PlanElement, reporter: User, colleague: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    assert said_by(signed_in(colleague)) == ["No hay nada que enviar: empiece por informar."]
    assert states() == ["borrador"]
