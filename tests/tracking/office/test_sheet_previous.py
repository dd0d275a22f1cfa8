"""A row of the sheet that begins with what was told before, and what else it tells."""

import pytest
from django.test import Client

from accounts.models import User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.tracking.office.sent import publish
from tests.tracking.office.sheets import SHEET, fields_of, one_row, read, save, stored, with_typed
from tests.tracking.published import open_window
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db
BEFORE = Semester(2018, 2)
SAME = "Dice lo mismo que en 2018-II: cambie lo que ya no es así."


@pytest.fixture
def told(activity: PlanElement, reporter: User, planner: User) -> PlanElement:
    """A promise of which something was told the semester before."""
    Plan.objects.update(first_year=2018)
    activity.plan.refresh_from_db()
    open_window(activity.plan.municipality, BEFORE)
    publish(
        activity,
        reporter,
        planner,
        semester=BEFORE,
        step=1,
        narrative="Se hizo el expediente.",
        difficulties="No hubo terreno.",
    )
    return activity


def test_a_row_begins_with_what_was_told_before_and_saves_nothing(
    browser: Client, told: PlanElement
) -> None:
    page = save(browser, fields_of(read(browser)), anterior=told.ref)
    assert page.status_code == 200
    text = page.content.decode()
    fields = fields_of(text)
    assert fields[f"r{told.pk}-narrative"] == ["Se hizo el expediente."]
    assert fields[f"r{told.pk}-difficulties"] == ["No hubo terreno."]
    assert SAME in text
    assert "no se guardó aún" in text
    assert stored(told) is None
    saved = save(browser, with_typed(fields, told, narrative="Se compró el terreno."))
    assert saved.status_code == 302
    after = stored(told)
    assert after
    assert (after.narrative, after.difficulties) == ("Se compró el terreno.", "No hubo terreno.")


def test_it_leaves_what_was_typed(browser: Client, told: PlanElement) -> None:
    typed = with_typed(fields_of(read(browser)), told, narrative="Lo mío.")
    fields = fields_of(save(browser, typed, anterior="todas").content.decode())
    assert fields[f"r{told.pk}-narrative"] == ["Lo mío."]
    assert fields[f"r{told.pk}-difficulties"] == ["No hubo terreno."]


def test_all_rows_begin_at_once(browser: Client, told: PlanElement, target: PlanElement) -> None:
    page = save(browser, fields_of(read(browser)), anterior="todas").content.decode()
    assert "Se trajo el texto del informe anterior a 1 fila." in page
    assert fields_of(page)[f"r{target.pk}-narrative"] == [""]


def test_where_nothing_was_told_nothing_is_brought(browser: Client, activity: PlanElement) -> None:
    page = read(browser)
    assert "Partir de lo anterior" not in page
    answer = save(browser, fields_of(page), anterior=activity.ref)
    assert "No hay textos del semestre anterior que traer." in answer.content.decode()


def test_with_htmx_the_row_alone_begins(browser: Client, told: PlanElement) -> None:
    fields = fields_of(read(browser)) | {f"r{told.pk}-anterior": [""]}
    prefix = f"r{told.pk}-"
    own = {name: value for name, value in fields.items() if name.startswith(prefix)}
    sent = {**own, "as_of": fields["as_of"], "fila": told.ref, "anterior": told.ref}
    answer = browser.post(SHEET, sent, headers={"HX-Request": "true"})
    piece = answer.content.decode()
    assert f'<details id="r{told.pk}" class="row row-unsaved" open>' in piece
    assert SAME in piece
    assert not ProgressReport.objects.filter(semester=Semester(2019, 1)).exists()


def test_a_colleague_brings_nothing_into_anothers_row(
    browser: Client, told: PlanElement, colleague: User, signed_in: SignIn
) -> None:
    fields = fields_of(read(browser))
    other = signed_in(colleague)
    sent = {**fields, "fila": told.ref, "anterior": told.ref}
    assert other.post(SHEET, sent, headers={"HX-Request": "true"}).status_code == 403


def test_difficulties_and_what_follows_are_told_in_the_sheet(
    browser: Client, activity: PlanElement
) -> None:
    texts = {"difficulties": "Llovió.", "next_steps": "Techar."}
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Muros.", **texts)
    one_row(browser, fields, activity)
    after = stored(activity)
    assert after
    assert (after.difficulties, after.next_steps) == ("Llovió.", "Techar.")
    assert fields_of(read(browser))[f"r{activity.pk}-next_steps"] == ["Techar."]


def test_rows_are_closed_until_they_are_asked_for(browser: Client, activity: PlanElement) -> None:
    row = f'<details id="r{activity.pk}" class="row"'
    closed = browser.get(SHEET).content.decode()
    assert f"{row} hx-get" in closed
    assert "<textarea" not in closed.split("<legend>")[0]
    for asked in ("abiertas", activity.ref):
        assert f"{row} open>" in browser.get(SHEET, {"filas": asked}).content.decode()


def test_a_row_that_is_opened_comes_alone(
    browser: Client, activity: PlanElement, colleague: User, signed_in: SignIn
) -> None:
    asked = {"abrir": activity.ref}
    piece = browser.get(SHEET, asked, headers={"HX-Request": "true"}).content.decode()
    assert f"r{activity.pk}-narrative" in fields_of(f'<form id="hoja">{piece}</form>')
    other = signed_in(colleague)
    assert other.get(SHEET, asked, headers={"HX-Request": "true"}).status_code == 403
