"""The sheet is saved row by row or all at once, and what is at fault comes back."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit, User
from plans.choices import Direction, MeasureKind
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import state
from tests.tracking.office.sent import SEMESTER, draft
from tests.tracking.office.sheets import (
    SHEET,
    fields_of,
    long_plan,
    one_row,
    read,
    save,
    sent_by,
    stored,
    with_typed,
)
from tracking.choices import ReportState, Step
from tracking.models import ProgressReport, SemesterWindow
from tracking.models.report import LONGEST_TEXT
from tracking.services.drafts import save_draft

pytestmark = pytest.mark.django_db


def statements(connection_queries: CaptureQueriesContext) -> list[str]:
    """The queries that ask or write something: transactions are not counted."""
    return [
        query["sql"]
        for query in connection_queries.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


def test_saving_all_saves_what_was_touched_and_leaves_the_rest(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Se\r\nfirmó.")
    answer = save(browser, fields)
    assert (answer.status_code, answer["Location"]) == (302, SHEET)
    report = stored(activity)
    assert report
    assert (report.step, report.narrative, report.as_of) == (
        Step.RUNNING,
        "Se\nfirmó.",
        dt.date(2019, 6, 30),
    )
    assert (report.state, report.author) == (ReportState.DRAFT, reporter)
    assert stored(target) is None
    page = read(browser)
    assert "S.1.1.1: guardado a las" in page
    assert fields_of(page)[f"r{activity.pk}-narrative"] == ["Se\r\nfirmó."]


def test_saving_what_nobody_touched_writes_nothing(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    report = draft(activity, reporter, narrative="Uno.\nDos.")
    fields = fields_of(read(browser))
    # Meanwhile a colleague goes on: an untouched row neither undoes it nor conflicts with it.
    save_draft(activity, SEMESTER, {"narrative": "Más."}, by=reporter, edit=report.edit)
    assert save(browser, fields).status_code == 302
    assert "No había cambios que guardar." in read(browser)
    after = stored(activity)
    assert after
    assert (after.edit, after.narrative) == (report.edit + 1, "Más.")


def test_a_row_can_be_emptied(browser: Client, activity: PlanElement, reporter: User) -> None:
    draft(activity, reporter)
    save(browser, with_typed(fields_of(read(browser)), activity, step="", narrative=""))
    report = stored(activity)
    assert report
    assert (report.step, report.narrative) == (None, "")


def test_each_row_takes_the_pages_day_unless_it_has_its_own(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = {**fields_of(read(browser)), "as_of": "2019-05-31"}
    fields = with_typed(fields, activity, step="2")
    fields = with_typed(fields, target, narrative="Algo.", as_of="2019-04-30")
    save(browser, fields)
    days = [report.as_of for report in ProgressReport.objects.order_by("element")]
    assert days == [dt.date(2019, 5, 31), dt.date(2019, 4, 30)]
    fields = {**fields_of(read(browser)), "as_of": "2019-03-31"}
    save(browser, with_typed(fields, activity, step="3"))
    after = stored(activity)
    assert after
    assert after.as_of == dt.date(2019, 5, 31)


def test_good_rows_are_saved_and_faulty_ones_come_back_with_their_reasons(
    browser: Client, activity: PlanElement, target: PlanElement, planner: User
) -> None:
    percent = {"unit_of_measure": "%", "goal": 100, "direction": Direction.UP}
    state(target, planner, kind=MeasureKind.LEVEL, **percent)
    fields = with_typed(fields_of(read(browser)), activity, step="2")
    fields = with_typed(fields, target, value="140", narrative="Llegó & pasó.")
    answer = save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert stored(activity)
    assert stored(target) is None
    assert "S.1.1.1: guardado a las" in page
    place = f"id_r{target.pk}-value"
    assert f'<a href="#{place}">S.1.1.2</a>: No puede pasar de 100 %.' in page
    assert f'<p class="error" id="{place}_error">No puede pasar de 100 %.</p>' in page
    again = fields_of(page)
    assert again[f"r{target.pk}-value"] == ["140"]
    assert again[f"r{target.pk}-narrative"] == ["Llegó & pasó."]
    assert save(browser, with_typed(again, target, value="95.5")).status_code == 302
    after = stored(target)
    assert after
    assert str(after.value) == "95.5000"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "No puede ser negativo."),
        ("doce", "no se entiende como cifra"),
        ("1,500", "Elija qué quiso decir."),
        ("1.500,00", "Confirme que quiso decir 1500."),
        ("12,5", "Confirme que quiso decir 12.5."),
    ],
)
def test_a_figure_that_cannot_be_taken_comes_back_as_typed(
    browser: Client, target: PlanElement, typed: str, said: str
) -> None:
    answer = save(browser, with_typed(fields_of(read(browser)), target, value=typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert fields_of(page)[f"r{target.pk}-value"] == [typed]
    assert stored(target) is None


def test_a_figure_in_doubt_is_saved_once_it_is_confirmed(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), target, value="1,500")
    fields = fields_of(save(browser, fields).content.decode())
    fields = with_typed(fields, target, value_como="1500:1,500")
    # Another row is saved alone first: what was chosen here comes back chosen.
    fields = with_typed(fields, activity, step="2")
    page = save(browser, fields, fila=activity.ref).content.decode()
    fields = fields_of(page)
    assert fields[f"r{target.pk}-value_como"] == ["1500:1,500"]
    assert save(browser, fields).status_code == 302
    after = stored(target)
    assert after
    assert after.value == 1500


def test_a_day_to_come_for_the_page_saves_nothing_and_loses_nothing(
    browser: Client, activity: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Se firmó.")
    answer = save(browser, {**fields, "as_of": "2199-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_as_of">Al día</a>: Ese día todavía no llega.' in page
    assert fields_of(page)[f"r{activity.pk}-narrative"] == ["Se firmó."]
    assert not ProgressReport.objects.exists()


def test_a_row_with_another_semesters_day_opens_where_the_fault_is(
    browser: Client, activity: PlanElement
) -> None:
    answer = save(browser, with_typed(fields_of(read(browser)), activity, as_of="2018-12-31"))
    assert answer.status_code == 422
    assert "Ese día no es del semestre 2019-I" in answer.content.decode()
    assert "<details open><summary>Otra fecha" in answer.content.decode()


def test_one_row_alone_is_saved_and_the_others_text_comes_back(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2")
    fields = with_typed(fields, target, narrative="A medias", value="doce")
    answer = save(browser, fields, fila=activity.ref)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "S.1.1.1: guardado a las" in page
    assert "Queda 1 fila escrita sin guardar." in page
    assert stored(target) is None
    again = fields_of(page)
    assert again[f"r{target.pk}-value"] == ["doce"]
    assert again[f"r{target.pk}-narrative"] == ["A medias"]
    assert save(browser, with_typed(again, target, value="12")).status_code == 302
    assert stored(target)


def test_one_row_alone_returns_to_its_place(browser: Client, activity: PlanElement) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2")
    address = f"{SHEET}?pagina=1"
    answer = save(browser, fields, address, fila=activity.ref)
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#r{activity.pk}")


def test_with_htmx_only_that_row_comes_back(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Se firmó.")
    answer = one_row(browser, fields, activity)
    piece = answer.content.decode()
    assert answer.status_code == 200
    assert piece.count('class="row ') == 1
    assert f'<details id="r{activity.pk}" class="row row-saved" open>' in piece
    assert "S.1.1.1: guardado a las" in piece
    assert sent_by(piece)[f"r{activity.pk}-edit"] == ["1"]
    after = stored(activity)
    assert after
    assert (after.step, after.narrative) == (Step.RUNNING, "Se firmó.")
    untouched = one_row(browser, sent_by(piece) | {"as_of": ["2019-06-30"]}, activity)
    assert "No había cambios que guardar." in untouched.content.decode()
    assert ProgressReport.objects.get().edit == 1


def test_with_htmx_a_faulty_row_comes_back_with_its_reason(
    browser: Client, target: PlanElement, reporter: User
) -> None:
    draft(target, reporter, step=None, narrative="De antes.")
    fields = with_typed(fields_of(read(browser)), target, value="doce")
    answer = one_row(browser, fields, target)
    piece = answer.content.decode()
    assert answer.status_code == 422
    assert "no se entiende como cifra" in piece
    assert '<span class="state state-borrador">Borrador</span>' in piece
    assert sent_by(piece)[f"r{target.pk}-value"] == ["doce"]
    assert sent_by(piece)[f"r{target.pk}-edit"] == ["1"]


def test_fifty_texts_as_long_as_they_may_be_are_all_taken(
    puno_unit: Unit, planner: User, reporter: User, window: SemesterWindow, signed_in: SignIn
) -> None:
    elements = long_plan(puno_unit, planner, more=49)
    browser = signed_in(reporter)
    fields = fields_of(read(browser))
    text = "–" * LONGEST_TEXT  # each takes nine characters on the way
    parts = [f"Parte {n}" for n in range(100)]
    for element in elements:
        fields = with_typed(fields, element, narrative=text, parts_done=parts)
    body = urlencode({**fields, "accion": "todo"}, doseq=True)
    answer = browser.post(SHEET, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    texts = list(ProgressReport.objects.values_list("narrative", flat=True))
    assert texts == [text] * 50


@pytest.mark.parametrize("who", ["reporter", "planner"])
def test_saving_one_row_asks_little(
    activity: PlanElement,
    target: PlanElement,
    signed_in: SignIn,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    fields = with_typed(fields_of(read(browser)), activity, step="2")
    with CaptureQueriesContext(connection) as first:
        piece = one_row(browser, fields, activity).content.decode()
    # session, user, memberships, element, terms, what was before, window with unit, report, step
    assert len(statements(first)) == 9
    again = with_typed(sent_by(piece) | {"as_of": ["2019-06-30"]}, activity, step="3")
    with CaptureQueriesContext(connection) as second:
        one_row(browser, again, activity)
    # session, user, memberships, element, terms, what was before, report to lock, report
    assert len(statements(second)) == 8
