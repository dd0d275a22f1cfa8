"""The sheet: rows are read, typed in, and saved one by one or all at once."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Direction, MeasureKind, Standing
from plans.models import Plan, PlanElement, Responsibility
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_unit
from tests.tracking.office.sent import SEMESTER, draft, publish, send
from tests.tracking.office.sheets import (
    SHEET,
    fields_of,
    long_plan,
    sent_by,
    state,
    with_typed,
)
from tracking.choices import ReportState, Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, SemesterWindow
from tracking.models.report import LONGEST_TEXT
from tracking.services.drafts import save_draft
from tracking.services.in_bulk import submit_complete
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db
Fields = dict[str, Any]


def read(browser: Client, address: str = SHEET) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()


def save(browser: Client, fields: Fields, address: str = SHEET, **pressed: str) -> Any:
    """Press "Guardar todo", or the button that is named."""
    return browser.post(address, {**fields, **(pressed or {"accion": "todo"})})


def one_row(browser: Client, fields: Fields, element: PlanElement) -> Any:
    """What htmx sends for one row: its own fields and the page's day."""
    prefix = f"r{element.pk}-"
    own = {name: value for name, value in fields.items() if name.startswith(prefix)}
    return browser.post(
        SHEET,
        {**own, "as_of": fields["as_of"], "fila": element.ref},
        headers={"HX-Request": "true"},
    )


def stored(element: PlanElement) -> ProgressReport | None:
    return ProgressReport.objects.filter(element=element, semester=SEMESTER).first()


def statements(connection_queries: CaptureQueriesContext) -> list[str]:
    """The queries that ask or write something: transactions are not counted."""
    return [
        query["sql"]
        for query in connection_queries.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


@pytest.fixture
def browser(
    activity: PlanElement, target: PlanElement, reporter: User, signed_in: SignIn
) -> Client:
    """The reporter's, with two rows in the sheet."""
    return signed_in(reporter)


def test_a_reporter_gets_the_rows_of_their_units(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = fields_of(read(browser))
    assert {name for name in fields if name.startswith("r")} == {
        *(f"r{activity.pk}-{name}" for name in ("step", "narrative", "as_of", "edit", "shown")),
        *(f"r{target.pk}-{name}" for name in ("value", "narrative", "as_of", "edit", "shown")),
        "reason",
    }
    assert fields["as_of"] == ["2019-06-30"]


def test_a_colleague_gets_none_and_can_save_none(
    activity: PlanElement, browser: Client, colleague: User, signed_in: SignIn
) -> None:
    fields = fields_of(read(browser))
    other = signed_in(colleague)
    assert "Aquí no hay promesas que informar." in read(other)
    typed = with_typed(fields, activity, step="2", narrative="Ajeno")
    assert one_row(other, typed, activity).status_code == 403
    answer = save(other, typed)
    assert "ya no están en esta página" in answer.content.decode()
    assert "Ajeno" in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_a_stranger_finds_nothing_and_a_reader_may_not(
    activity: PlanElement, browser: Client, outsider: User, operator: User, signed_in: SignIn
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, narrative="Ajeno")
    assert signed_in(outsider).get(SHEET).status_code == 404
    assert save(signed_in(outsider), fields).status_code == 404
    assert signed_in(operator).get(SHEET).status_code == 403
    assert save(signed_in(operator), fields).status_code == 403
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("ref", ["S.9", "S.1", "x\x00", ""])
def test_a_row_that_is_no_row_is_not_there(browser: Client, ref: str) -> None:
    answer = browser.post(SHEET, {"fila": ref}, headers={"HX-Request": "true"})
    assert answer.status_code == (403 if ref == "S.1" else 404)


def test_planning_gets_all_units_or_one(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    lamas_unit: Unit,
    planner: User,
    signed_in: SignIn,
) -> None:
    other = make_unit(puno, "Gerencia de Salud")
    Responsibility.objects.filter(element=target).update(unit=other)
    browser = signed_in(planner)
    assert {f"r{activity.pk}-step", f"r{target.pk}-value"} <= set(fields_of(read(browser)))
    only = fields_of(read(browser, f"{SHEET}?unidad={other.pk}"))
    assert f"r{target.pk}-value" in only
    assert f"r{activity.pk}-step" not in only
    assert browser.get(f"{SHEET}?unidad={lamas_unit.pk}").status_code == 404


def test_last_semesters_report_stands_beside(
    browser: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    for semester in (Semester(2018, 1), Semester(2018, 2)):
        Plan.objects.update(first_year=2018)
        SemesterWindow.objects.create(
            municipality=activity.plan.municipality,
            semester=semester,
            opens_on="2018-01-01",
            due_on="2018-01-02",
            closes_on="2018-01-03",
        )
    activity.plan.refresh_from_db()
    publish(activity, reporter, planner, semester=Semester(2018, 2), step=1, narrative="Acta.")
    draft(activity, reporter, semester=Semester(2018, 1), narrative="Nunca se envió.")
    page = " ".join(read(browser).split())
    assert "2018-II: en preparación" in page
    assert '<p class="typed">Acta.</p>' in page
    assert "Nunca se envió." not in page


def test_what_came_back_says_why_and_by_whom(
    browser: Client, activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = send(activity, reporter)
    return_report(report, "Falta <el> acta.", puno, read=report.edit, by=planner)
    page = read(browser)
    assert "Falta &lt;el&gt; acta." in page
    assert planner.email in page
    assert f"r{activity.pk}-narrative" in page


def test_what_is_sent_can_be_left_out(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    address = f"{SHEET}?ver=pendiente"
    draft(target, reporter, step=None)
    first = publish(activity, reporter, planner)
    page = read(browser, address)
    assert f'id="r{activity.pk}"' not in page
    assert f'id="r{target.pk}"' in page
    assert f'id="r{activity.pk}"' in read(browser)
    start_correction(first, "Otra fecha.", by=reporter)
    assert f'id="r{activity.pk}"' in read(browser, address)
    activity.responsibility_set.all().delete()
    report = stored(target)
    assert report
    submit_complete({report.pk: Entry.NARRATIVE}, by=reporter)
    assert "No falta nada: todo se envió." in read(browser, address)


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


def test_the_measure_is_asked_as_the_terms_say(
    browser: Client, activity: PlanElement, target: PlanElement, planner: User
) -> None:
    parts = ["Posta de Coata", 'Posta «Ichu» & "Acora"']
    state(activity, planner, parts=parts)
    state(target, planner, kind=MeasureKind.PERMANENT)
    fields = fields_of(read(browser))
    fields = with_typed(fields, activity, step="3", parts_done=[parts[1]])
    fields = with_typed(fields, target, done="3", required="4")
    assert save(browser, fields).status_code == 302
    delivered, counted = stored(activity), stored(target)
    assert delivered
    assert counted
    assert (delivered.step, delivered.parts_done) == (3, [parts[1]])
    assert (counted.done, counted.required) == (3, 4)
    page = read(browser)
    assert "1 de 2 partes" in page
    assert fields_of(page)[f"r{activity.pk}-parts_done"] == [parts[1]]
    assert save(browser, fields_of(page)).status_code == 302
    assert "No había cambios que guardar." in read(browser)


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
    assert piece.count("<td") == 1
    assert f'<td id="r{activity.pk}" class="entry wide entry-saved"' in piece
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


@pytest.mark.parametrize("with_htmx", [False, True])
def test_who_comes_second_sees_what_the_first_saved_beside_what_they_typed(
    browser: Client, activity: PlanElement, planner: User, with_htmx: bool
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    draft(activity, planner, step=3, narrative="Lo <suyo>.")
    answer = one_row(browser, fields, activity) if with_htmx else save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Otra persona guardó esta fila mientras usted escribía." in page
    assert "entregado en parte" in page
    assert "Lo &lt;suyo&gt;." in page
    assert planner.email in page
    again = sent_by(page) | {"as_of": ["2019-06-30"]}
    assert again[f"r{activity.pk}-narrative"] == ["Lo mío."]
    assert again[f"r{activity.pk}-step"] == ["2"]
    first = stored(activity)
    assert first
    assert first.narrative == "Lo <suyo>."
    one_row(browser, again, activity) if with_htmx else save(browser, again)
    second = stored(activity)
    assert second
    assert (second.step, second.narrative) == (2, "Lo mío.")


def test_what_was_sent_meanwhile_is_kept_to_be_copied(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    send(activity, reporter, narrative="Lo enviado.")
    page = save(browser, fields).content.decode()
    assert "Usted guardó esta fila en otra ventana." in page
    assert "Lo que usted escribió, para copiarlo" in page
    again = fields_of(page)
    assert again[f"r{activity.pk}-narrative"] == ["Lo mío."]
    answer = save(browser, again)
    assert answer.status_code == 422
    assert fields_of(answer.content.decode())[f"r{activity.pk}-narrative"] == ["Lo mío."]
    after = stored(activity)
    assert after
    assert after.narrative == "Lo enviado."


@pytest.mark.parametrize("with_htmx", [False, True])
def test_what_was_published_meanwhile_says_that_a_correction_is_due(
    browser: Client, activity: PlanElement, reporter: User, planner: User, with_htmx: bool
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    publish(activity, reporter, planner)
    answer = one_row(browser, fields, activity) if with_htmx else save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lo que cambie va en una corrección" in page
    assert sent_by(page)[f"r{activity.pk}-narrative"] == ["Lo mío."]


def test_what_was_sent_or_published_is_only_read(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    send(activity, reporter, narrative="Lo enviado.")
    publish(target, reporter, planner, step=None, value=30, narrative="Lo publicado.")
    page = read(browser)
    assert {name for name in fields_of(page) if name.startswith("r") and "-" in name} == set()
    for words in ("Lo enviado.", "Lo publicado.", "Enviado a revisión", "Publicado"):
        assert words in page


def test_terms_that_changed_meanwhile_are_told_and_the_text_stays(
    browser: Client, activity: PlanElement, planner: User
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    state(activity, planner, kind=MeasureKind.PERMANENT)
    answer = save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La forma de medir esta promesa cambió mientras usted escribía" in page
    again = fields_of(page)
    assert again[f"r{activity.pk}-narrative"] == ["Lo mío."]
    assert save(browser, with_typed(again, activity, done="1", required="2")).status_code == 302
    after = stored(activity)
    assert after
    assert (after.step, after.done, after.narrative) == (None, 1, "Lo mío.")


def test_a_row_that_left_the_page_gives_its_text_back(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, narrative="Se lo llevaron <hoy>.")
    activity.responsibility_set.all().delete()
    answer = save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Escribió en filas que ya no están en esta página." in page
    assert "Se lo llevaron &lt;hoy&gt;." in page
    assert not ProgressReport.objects.exists()


def test_nothing_is_typed_where_nothing_can_be_entered(
    browser: Client, activity: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, narrative="Antes.")
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    page = read(browser)
    assert "Solo se informa sobre el plan de una autoridad elegida." in page
    assert f"r{activity.pk}-narrative" not in page
    answer = save(browser, fields)
    assert answer.status_code == 422
    assert fields_of(answer.content.decode())[f"r{activity.pk}-narrative"] == ["Antes."]
    assert not ProgressReport.objects.exists()


def test_what_was_being_typed_when_the_session_ended_fills_the_rows(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    address = f"{SHEET}?pagina=1"
    fields = with_typed(fields_of(read(browser, address)), activity, narrative="A medias")
    del browser.cookies["sessionid"]
    answer = save(browser, fields, address)
    assert answer.status_code == 302
    browser.force_login(reporter)
    page = read(browser, address)
    assert "Recuperamos lo que había escrito" in page
    again = fields_of(page)
    assert again[f"r{activity.pk}-narrative"] == ["A medias"]
    assert not ProgressReport.objects.exists()
    assert save(browser, again, address).status_code == 302
    assert stored(activity)
    assert "Recuperamos" not in read(browser, address)


def test_fifty_to_a_page_and_on_to_the_next(
    puno_unit: Unit, planner: User, reporter: User, window: SemesterWindow, signed_in: SignIn
) -> None:
    elements = long_plan(puno_unit, planner, more=60)
    browser = signed_in(reporter)
    fields = fields_of(read(browser))
    assert sum(name.endswith("-shown") for name in fields) == 50
    fields = with_typed(fields, elements[0], step="1")
    answer = save(browser, fields, accion="siguiente")
    assert answer["Location"] == f"{SHEET}?pagina=2"
    assert (
        sum(name.endswith("-shown") for name in fields_of(read(browser, answer["Location"]))) == 11
    )


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


@pytest.mark.parametrize("more", [2, 59])
def test_the_pages_queries_do_not_depend_on_how_many_rows(
    puno_unit: Unit,
    planner: User,
    reporter: User,
    window: SemesterWindow,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    one, two, *_rest = long_plan(puno_unit, planner, more=more)
    draft(one, reporter)
    report = send(two, reporter)
    return_report(report, "Falta.", report.municipality, read=report.edit, by=planner)
    browser = signed_in(reporter)
    with django_assert_num_queries(12):
        read(browser)
    browser = signed_in(planner)
    with django_assert_num_queries(13):  # the units to choose from
        read(browser)


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
