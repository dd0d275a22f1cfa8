"""What is unlikely is asked once more on the page and in the sheet, and flagged in the review."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from plans.choices import MeasureKind
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import state
from tests.pages import on_one_line
from tests.tracking.office.acting import System
from tests.tracking.office.sent import QUEUE, send
from tests.tracking.office.sheets import SHEET, fields_of, read, sent_by, with_typed
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db
PAGE = "/gestion/semestre/puno/2019-I/S.1.1.2/"
QUESTION = "Usted informa 300 postas de una meta de 3. ¿Es así?"


@pytest.fixture
def posts(target: PlanElement, planner: User) -> PlanElement:
    state(target, planner, unit_of_measure="postas", goal=Decimal(3))
    return target


@pytest.fixture
def browser(posts: PlanElement, reporter: User, signed_in: SignIn) -> Client:
    return signed_in(reporter)


def test_the_page_asks_beside_the_field_and_takes_what_is_confirmed(browser: Client) -> None:
    typed = with_entry(browser, step="2", value="300", narrative="Se contó.")
    answer = browser.post(PAGE, typed)
    page = on_one_line(answer)
    assert answer.status_code == 422
    assert QUESTION in page
    assert "Sí, es así: 300 postas de una meta de 3</label>" in page
    assert "Se contó." in page
    back = sent_by(answer.content.decode())
    assert "seguro" not in back  # nothing is confirmed for them
    sure = answer.context["form"].questions["value"].value
    assert browser.post(PAGE, {**typed, "seguro": sure}).status_code == 302
    assert ProgressReport.objects.get().value == 300
    again = with_entry(browser, step="2", value="3000", seguro=sure, edit="1")
    assert browser.post(PAGE, again).status_code == 422
    assert ProgressReport.objects.get().value == 300


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_sheet_asks_in_its_row_and_takes_what_is_confirmed(
    browser: Client, posts: PlanElement, headers: dict[str, str]
) -> None:
    fields = fields_of(read(browser))
    typed = with_typed(fields, posts, step="2", value="300")
    pressed = {"fila": posts.ref} if headers else {"accion": "todo"}
    answer = browser.post(SHEET, {**typed, **pressed}, headers=headers)
    assert answer.status_code == 422
    assert QUESTION in on_one_line(answer)
    name = f"r{posts.pk}-seguro"
    (sure,) = sent_by(answer.content.decode().replace(f'name="{name}"', f'name="{name}" checked'))[
        name
    ]
    saved = browser.post(SHEET, {**typed, **pressed, name: sure}, headers=headers)
    assert saved.status_code == (200 if headers else 302)
    assert ProgressReport.objects.get().value == 300


def test_whoever_reviews_sees_it(
    posts: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    send(posts, reporter, step=2, value=Decimal(300))
    desk = signed_in(planner)
    report = ProgressReport.objects.get()
    for address in (QUEUE, f"{QUEUE}{report.pk}/"):
        page = on_one_line(desk.get(address))
        assert "Poco probable: informa 300 postas de una meta de 3." in page


def test_what_a_figure_counts_is_said_wherever_it_is_asked_for_or_read(
    browser: Client, posts: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    counts = "Todo lo entregado desde enero de 2019, no solo en este semestre, en postas."
    for address in (PAGE, f"{SHEET}?filas=abiertas"):
        assert counts in on_one_line(browser.get(address))
    send(posts, reporter, step=2, value=Decimal(2))
    assert counts in on_one_line(signed_in(planner).get(QUEUE))
    municipality = posts.plan.municipality
    (row,) = (
        row
        for row in System(reporter, municipality).rows("worklist/?semester=2019-I")
        if row["ref"] == posts.ref
    )
    assert (row["counts"], row["previous"]) == (counts, None)


def test_what_is_plausible_is_not_flagged(
    posts: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    send(posts, reporter, step=2, value=Decimal(2))
    assert "mírelo dos veces" not in on_one_line(signed_in(planner).get(QUEUE))


def test_what_was_sent_under_other_terms_can_be_read_and_not_published(
    posts: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    """A balance below 0, of what is to be delivered by now."""
    balance = {"unit_of_measure": "soles", "goal": Decimal(5), "direction": "aumentar"}
    state(posts, planner, kind=MeasureKind.LEVEL, nature="con signo", **balance)
    send(posts, reporter, step=None, value=Decimal(-5))
    state(posts, planner, unit_of_measure="postas", goal=Decimal(3))
    desk, report = signed_in(planner), ProgressReport.objects.get()
    page = desk.get(f"{QUEUE}{report.pk}/")
    assert page.status_code == 200
    answer = desk.post(QUEUE, {"read": page.context["case"].mark}, follow=True)
    assert "devuélvalo para completarlo" in on_one_line(answer)


def with_entry(browser: Client, **typed: str) -> dict[str, Any]:
    return {**sent_by(browser.get(PAGE).content.decode()), **typed}
