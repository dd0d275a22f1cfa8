"""Say of several rows at once that nothing was done in the semester."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.models import PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import state
from tests.pages import on_one_line
from tests.tracking.office.sent import SEMESTER, draft, publish
from tests.tracking.office.sheets import SHEET, answer_for, fields_of, long_plan, read, with_typed
from tracking.choices import ReportState, Step
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.drafts import EditConflict
from tracking.services.in_bulk import mark_idle
from tracking.services.review import publish_reports

pytestmark = pytest.mark.django_db
REASON = "La obra empieza en 2020."


@pytest.fixture
def rows(puno_unit: Unit, planner: User, window: SemesterWindow) -> list[PlanElement]:
    """Four deliveries of the reporter's unit: L, M.1, M.2 and M.3."""
    return long_plan(puno_unit, planner, more=3)


@pytest.fixture
def browser(rows: list[PlanElement], reporter: User, signed_in: SignIn) -> Client:
    return signed_in(reporter)


def fields(browser: Client) -> dict[str, Any]:
    return fields_of(read(browser))


def mark(browser: Client, sent: dict[str, Any], *refs: str, reason: str = REASON) -> Any:
    idle = {"idle": list(refs), "reason": reason, "accion": "inactivas"}
    return browser.post(SHEET, {**sent, **idle})


def stored() -> dict[str, ProgressReport]:
    return {each.element.ref: each for each in ProgressReport.objects.select_related("element")}


def test_ticked_rows_are_sent_with_one_reason(browser: Client) -> None:
    answer = mark(browser, fields(browser), "M.1", "M.3")
    assert (answer.status_code, answer["Location"]) == (302, SHEET)
    page = browser.get(SHEET).content.decode()
    assert "Se informó «sin actividad» en 2 filas, que ya están en revisión." in page
    reports = stored()
    assert reports.keys() == {"M.1", "M.3"}
    for report in reports.values():
        assert (report.step, report.narrative, report.state) == (
            Step.NONE,
            REASON,
            ReportState.SUBMITTED,
        )


def test_one_row_is_said_in_the_singular(browser: Client) -> None:
    mark(browser, fields(browser), "M.1")
    page = browser.get(SHEET).content.decode()
    assert "Se informó «sin actividad» en 1 fila, que ya está en revisión." in page


def test_without_a_reason_the_ticks_stay(browser: Client) -> None:
    answer = mark(browser, fields(browser), "M.1", "M.3", reason="  ")
    assert answer.status_code == 422
    assert "Diga por qué no hubo actividad: es público." in on_one_line(answer)
    assert fields_of(answer.content.decode())["idle"] == ["M.1", "M.3"]
    assert stored() == {}


def test_without_ticks_the_reason_stays(browser: Client) -> None:
    answer = mark(browser, fields(browser))
    assert answer.status_code == 422
    assert "Marque primero las filas sin actividad." in on_one_line(answer)
    assert fields_of(answer.content.decode())["reason"] == [REASON]


def test_what_was_typed_in_other_rows_comes_back(browser: Client, rows: list[PlanElement]) -> None:
    answer = mark(browser, with_typed(fields(browser), rows[2], narrative="A medias"), "M.1")
    assert answer.status_code == 200
    again = fields_of(answer.content.decode())
    assert again[f"r{rows[2].pk}-narrative"] == ["A medias"]
    assert "idle" not in again
    assert again["reason"] == [""]
    assert stored().keys() == {"M.1"}


def test_a_row_with_something_typed_in_it_is_not_idle(
    browser: Client, rows: list[PlanElement]
) -> None:
    typed = with_typed(fields(browser), rows[1], narrative="Se avanzó")
    answer = mark(browser, typed, "M.1", "M.2")
    assert answer.status_code == 422
    assert "Escribió en esta fila y la marcó sin actividad" in on_one_line(answer)
    again = fields_of(answer.content.decode())
    assert again[f"r{rows[1].pk}-narrative"] == ["Se avanzó"]
    assert (again["idle"], again["reason"]) == (["M.1"], [REASON])
    assert stored().keys() == {"M.2"}


def test_a_row_that_somebody_began_is_left_alone(
    browser: Client, rows: list[PlanElement], planner: User
) -> None:
    sent = fields(browser)
    draft(rows[1], planner, narrative="Se avanzó")
    answer = mark(browser, sent, "M.1", "M.2")
    assert answer.status_code == 422
    assert "Ya tiene informe, o no se mide por pasos: no se marcó." in on_one_line(answer)
    reports = stored()
    assert reports.keys() == {"M.1", "M.2"}
    assert reports["M.1"].narrative == "Se avanzó"


def test_only_rows_that_are_measured_by_steps_offer_it(
    browser: Client, rows: list[PlanElement], puno_unit: Unit
) -> None:
    target = rows[0].plan.elements.get(ref="S.1.1.2")
    answer_for(puno_unit, target)
    offered = read(browser)
    assert 'name="idle" value="M.1"' in offered
    assert 'name="idle" value="S.1.1.2"' not in offered
    assert mark(browser, fields(browser), "S.1.1.2").status_code == 422
    assert stored() == {}


def test_ticks_are_not_lost_by_saving_all(browser: Client, rows: list[PlanElement]) -> None:
    sent = with_typed(fields(browser), rows[0], step="2") | {"idle": ["M.1"], "accion": "todo"}
    answer: Any = browser.post(SHEET, sent)
    assert answer.status_code == 200
    assert "todavía no se informa" in on_one_line(answer)
    assert fields_of(answer.content.decode())["idle"] == ["M.1"]
    assert stored().keys() == {"L"}


def test_another_units_rows_are_not_marked(
    browser: Client, colleague: User, signed_in: SignIn
) -> None:
    other = signed_in(colleague)
    assert mark(other, fields(browser), "M.1").status_code == 422
    assert stored() == {}


def test_parts_that_were_delivered_stay_delivered_while_they_are_named(
    activity: PlanElement,
    window: SemesterWindow,
    next_semester: Semester,
    reporter: User,
    planner: User,
) -> None:
    state(activity, planner, parts=["Comedor de Coata", "Comedor de Huata"])
    publish(activity, reporter, planner, parts_done=["Comedor de Coata", "Comedor de Huata"])
    state(activity, planner, parts=["Comedor de Coata", "Comedor de Capachica"])
    (idle,) = mark_idle([activity], next_semester, REASON, by=reporter)
    assert (idle.step, idle.parts_done) == (Step.NONE, ["Comedor de Coata"])
    done = publish_reports({idle.pk: idle.edit}, window.municipality, by=planner)
    assert [report.progress for report in done.published] == [Decimal(50)]


@pytest.mark.parametrize("count", [1, 4])
def test_the_queries_do_not_depend_on_how_many_rows(
    rows: list[PlanElement],
    reporter: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    assert reporter.current_memberships
    with django_assert_num_queries(12):  # two of them begin and end the transaction
        assert len(mark_idle(rows[:count], SEMESTER, REASON, by=reporter)) == count


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["marks", "begins"])
def test_of_two_at_the_same_moment_the_second_waits_and_overwrites_nothing(
    rows: list[PlanElement], reporter: User, planner: User, first: str
) -> None:
    def mark() -> list[ProgressReport]:
        return mark_idle(rows[:1], SEMESTER, REASON, by=reporter)

    def begin() -> ProgressReport:
        return draft(rows[0], planner)

    is_done, may_commit = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        earlier = pool.submit(_held, mark if first == "marks" else begin, is_done, may_commit)
        assert is_done.wait(10)
        later: Any = pool.submit(_alone, begin if first == "marks" else mark)
        with pytest.raises(TimeoutError):
            later.result(0.3)
        may_commit.set()
        earlier.result(10)
        if first == "marks":
            with pytest.raises(EditConflict):
                later.result(10)
        else:
            assert later.result(10) == []
    assert ProgressReport.objects.get().author == (reporter if first == "marks" else planner)


def _held(do: Callable[[], Any], is_done: Event, may_commit: Event) -> None:
    """Do it in a transaction that stays open until it may commit."""

    def work() -> None:
        with transaction.atomic():
            do()
            is_done.set()
            assert may_commit.wait(10)

    _alone(work)


def _alone(do: Callable[[], Any]) -> Any:
    """On a connection of its own, which is closed."""
    try:
        return do()
    finally:
        connection.close()
