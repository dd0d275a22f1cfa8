"""A unit's promises as a sheet that is downloaded, filled in without a connection and sent back."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.forms.filled import reply
from accounts.models import Unit, User
from accounts.spreadsheets.reading import read_workbook
from plans.choices import Direction, MeasureKind
from plans.models import Plan, PlanElement
from tests.factories import state
from tests.filled import fill, text, upload
from tests.tracking.office.semester_files import FILE, SAID, UPLOAD, mend, sheet_of
from tests.tracking.office.sent import SEMESTER, draft, publish, send
from tests.tracking.office.sheets import (
    SEMESTER_PAGE,
    answer_for,
    long_plan,
    sent_by,
    stored,
)
from tests.tracking.office.spent import add_activity
from tests.tracking.published import open_window
from tracking.choices import ReportState
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.drafts import save_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets_read_here")]
POSTAS: Any = {"unit_of_measure": "postas", "goal": 3}


def test_it_shows_what_is_asked_and_protects_what_is_not(
    browser: Client, target: PlanElement, planner: User, reporter: User
) -> None:
    state(target, planner, kind=MeasureKind.PERMANENT)
    send(target, reporter, step=None, done=3, required=4)
    content = browser.get(FILE).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert sheet.count('<dataValidation type="list"') == 1
    assert 'hidden="1"' in sheet
    book = read_workbook(content, "hoja.xlsx")
    assert [each.name for each in book.sheets] == ["Informe 2019-I", "Instrucciones"]
    lines = [list(row.cells) for row in book.sheets[0].rows]
    assert lines[0][:5] == ["Código", "Promesa", "Cómo se mide", "Último informe", "Estado"]
    assert lines[0][5:] == [
        *("Paso", "Cumplidos", "Exigidos", "Qué se hizo", "Dificultades", "Próximos pasos"),
        *("Dónde", "Al día", "Paralizado desde", "Causa de la paralización", "Marca"),
    ]
    assert [row[0] for row in lines[1:]] == ["S.1.1.1", "S.1.1.2"]
    assert lines[2][5:8] == ["", "3", "4"]


def test_filled_in_and_sent_back_it_is_saved_as_a_draft(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID, Próximos_pasos="Techar.")
    answer = upload(browser, UPLOAD, lines)
    assert answer.status_code == 200
    assert "1 fila se guardó · 1 no trae nada nuevo · 0 esperan" in text(answer)
    report = stored(activity)
    assert report
    assert (report.step, report.narrative, report.difficulties, report.next_steps) == (
        *(2, "Se firmó."),
        *("Llovió.", "Techar."),
    )
    assert (report.state, report.author, report.as_of) == (
        *("borrador", reporter),
        dt.date(2019, 6, 30),
    )


def test_a_trial_shows_what_was_understood_and_writes_nothing(browser: Client) -> None:
    answer = upload(browser, UPLOAD, fill(sheet_of(browser), "S.1.1.1", **SAID), "revisar")
    assert "todavía no se guardó nada" in text(answer)
    assert "En ejecución" in text(answer)
    assert not ProgressReport.objects.exists()


def test_what_nobody_touched_is_left_alone_whatever_was_stored_since(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    report = draft(activity, reporter, value=None, narrative="Uno.\nDos  tres.")
    lines = sheet_of(browser)
    save_draft(activity, SEMESTER, {"narrative": "Más."}, by=reporter, edit=report.edit)
    answer = upload(browser, UPLOAD, lines)
    assert "0 filas se guardaron · 2 no traen nada nuevo" in text(answer)
    after = stored(activity)
    assert after
    assert (after.narrative, after.edit) == ("Más.", report.edit + 1)


def test_sent_twice_it_says_nothing_new(browser: Client, activity: PlanElement) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    upload(browser, UPLOAD, lines)
    answer = upload(browser, UPLOAD, lines)
    assert answer.status_code == 200
    assert "0 filas se guardaron · 2 no traen nada nuevo" in text(answer)
    report = stored(activity)
    assert report
    assert report.edit == 1


def test_what_a_colleague_saved_after_the_download_is_compared_and_not_overwritten(
    browser: Client, activity: PlanElement, planner: User
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    draft(activity, planner, narrative="Lo mío.")
    answer = upload(browser, UPLOAD, lines)
    assert answer.status_code == 422
    page = text(answer)
    assert "guardó este informe el" in page
    assert "Lo mío." in page
    report = stored(activity)
    assert report
    assert report.narrative == "Lo mío."
    assert mend(browser, answer, activity).status_code == 302
    report.refresh_from_db()
    assert (report.narrative, report.difficulties) == ("Se firmó.", "Llovió.")


def test_what_is_saved_at_the_same_moment_is_compared_too(
    browser: Client, activity: PlanElement, planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_a_colleague(*args: Any, **kwargs: Any) -> ProgressReport:
        draft(activity, planner, narrative="Lo mío.")
        return save_draft(*args, **kwargs)

    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    monkeypatch.setattr("tracking.office.sheets.row_form.save_draft", after_a_colleague)
    page = text(upload(browser, UPLOAD, lines))
    assert "0 filas se guardaron · 1 no trae nada nuevo · 1 espera" in page
    assert "Lo mío." in page


def test_good_rows_are_saved_and_others_wait_to_be_mended_in_the_page(
    browser: Client, activity: PlanElement, target: PlanElement, planner: User
) -> None:
    state(target, planner, kind=MeasureKind.LEVEL, unit_of_measure="%", goal=100)
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    lines = fill(lines, "S.1.1.2", Cifra="mucho", Qué_se_hizo="Se midió.")
    answer = upload(browser, UPLOAD, lines)
    assert answer.status_code == 422
    assert stored(activity)
    assert stored(target) is None
    assert "no se entiende como cifra" in text(answer)
    assert "Se midió." in text(answer)
    again = mend(browser, answer, target, value="30 %")
    assert (again.status_code, again["Location"]) == (302, SEMESTER_PAGE)
    report = stored(target)
    assert report
    assert (report.value, report.narrative) == (Decimal(30), "Se midió.")


def test_what_is_unlikely_is_asked_as_in_the_form(
    browser: Client, target: PlanElement, planner: User
) -> None:
    state(target, planner, kind=MeasureKind.LEVEL, direction=Direction.UP, **POSTAS)
    answer = upload(browser, UPLOAD, fill(sheet_of(browser), "S.1.1.2", Cifra="300"))
    assert "Usted informa 300 postas de una meta de 3. ¿Es así?" in text(answer)
    (sure,) = [row.form.questions["value"].value for row in answer.context["rows"]]
    assert mend(browser, answer, target, seguro=sure).status_code == 302
    assert stored(target)


def test_a_figure_in_doubt_is_asked_once(
    browser: Client, target: PlanElement, planner: User
) -> None:
    state(target, planner, kind=MeasureKind.LEVEL, unit_of_measure="viviendas", goal=2000)
    lines = fill(sheet_of(browser), "S.1.1.2", Cifra="1,500")
    answer = upload(browser, UPLOAD, lines)
    assert "Escribió «1,500»" in text(answer)
    mend(browser, answer, target, value_como="1500:1,500")
    report = stored(target)
    assert report
    assert report.value == 1500
    assert "2 no traen nada nuevo" in text(upload(browser, UPLOAD, lines))


@pytest.mark.parametrize(
    ("said", "parts", "shown"),
    [
        ("1; 3", ["Aula", "Patio y cerco"], "1; 3"),
        ("1,2", ["Aula", "Baño"], "1; 2"),
        ("patio y cerco", ["Patio y cerco"], "3"),
        ("todas", ["Aula", "Baño", "Patio y cerco"], "1; 2; 3"),
    ],
)
def test_parts_are_said_by_number_or_name(
    browser: Client, activity: PlanElement, planner: User, said: str, parts: list[str], shown: str
) -> None:
    state(activity, planner, parts=["Aula", "Baño", "Patio y cerco"])
    lines = fill(sheet_of(browser), "S.1.1.1", Paso="3", Partes_entregadas=said)
    answer = upload(browser, UPLOAD, lines)
    if "Sí, es así" in text(answer):
        (row,) = answer.context["rows"]
        mend(browser, answer, activity, seguro=[row.form.questions["step"].value])
    report = stored(activity)
    assert report
    assert report.parts_done == parts
    headings, row, _other = sheet_of(browser)
    assert row[headings.index("Partes entregadas")] == shown


def test_a_part_that_is_none_waits(browser: Client, activity: PlanElement, planner: User) -> None:
    state(activity, planner, parts=["Aula", "Baño"])
    lines = fill(sheet_of(browser), "S.1.1.1", Paso="3", Partes_entregadas="13")
    assert "«13» ya no es parte de cómo se mide." in text(upload(browser, UPLOAD, lines))


def test_a_measure_that_changed_meanwhile_waits(
    browser: Client, activity: PlanElement, planner: User
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    state(activity, planner, kind=MeasureKind.PERMANENT)
    answer = upload(browser, UPLOAD, lines)
    page = text(answer)
    assert "La forma de medir esta promesa cambió" in page
    assert "«Paso» no se informa en esta promesa, y la hoja dice: En ejecución" in page
    mend(browser, answer, activity, done="2", required="3")
    report = stored(activity)
    assert report
    assert (report.done, report.narrative) == (2, "Se firmó.")


def test_what_was_sent_or_published_meanwhile_says_so(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    lines = fill(lines, "S.1.1.2", Qué_se_hizo="Algo.")
    publish(activity, reporter, planner)
    send(target, reporter, step=None)
    answer = upload(browser, UPLOAD, lines)
    page = text(answer)
    assert answer.status_code == 422
    assert "ya se publicó: lo que cambie va en una corrección." in page
    assert "ya se envió a revisión" in page
    assert "Llovió." in page


def test_making_and_reading_ask_alike_of_few_promises_and_of_many(
    browser: Client, plan: Plan, puno_unit: Unit
) -> None:
    few = asked_of(browser)
    answer_for(puno_unit, *(add_activity(plan, number) for number in range(3, 13)))
    assert asked_of(browser) == few


def asked_of(browser: Client) -> tuple[int, int]:
    """How many queries making a sheet costs, and reading it once every row says something."""
    with CaptureQueriesContext(connection) as making:
        lines = sheet_of(browser)
    for row in lines[1:]:
        fill(lines, row[0], Qué_se_hizo="Se firmó.")
    with CaptureQueriesContext(connection) as reading:
        answer = upload(browser, UPLOAD, lines, "revisar")
    assert len(answer.context["reply"].taken) == len(lines) - 1
    return len(making), len(reading)


def test_more_than_can_be_mended_in_a_page_is_said(
    puno_unit: Unit, planner: User, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply, "MOST_TO_MEND", 2)
    open_window(puno_unit.municipality, SEMESTER)
    long_plan(puno_unit, planner, more=3)
    lines = sheet_of(desk)
    for row in lines[1:]:
        fill(lines, row[0], Al_día="ayer")
    answer = upload(desk, UPLOAD, lines)
    assert len(answer.context["rows"]) == 2
    assert f"Hay {len(lines) - 3} filas más por corregir" in text(answer)


def test_what_was_mended_is_offered_again_after_the_session_ended(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    answer = upload(browser, UPLOAD, fill(sheet_of(browser), "S.1.1.1", **SAID, Al_día="ayer"))
    browser.logout()
    mend(browser, answer, activity, difficulties="Llovió mucho.")
    browser.force_login(reporter)
    page = text(browser.get(UPLOAD))
    assert "Llovió mucho." in page
    assert stored(activity) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a;b\n1;2\n", "ninguna hoja tiene la columna «Código»"),
        (b"PK\x03\x04 nada", "«hoja»"),
        (b"", "El archivo está vacío."),
    ],
)
def test_another_file_is_refused_whole(browser: Client, content: bytes, reason: str) -> None:
    answer = upload(browser, UPLOAD, content)
    assert answer.status_code == 422
    assert reason in text(answer)


def test_where_nothing_is_reported_no_sheet_is_taken(
    browser: Client, window: SemesterWindow
) -> None:
    window.delete()
    assert browser.get(UPLOAD).status_code == 403


def test_what_was_mended_is_saved_and_all_that_is_complete_sent_at_once(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    answer = upload(browser, UPLOAD, fill(sheet_of(browser), "S.1.1.1", **SAID, Al_día="ayer"))
    (form,) = [each for each in answer.content.decode().split("<form") if 'name="fila"' in each]
    fields = {**sent_by(form.partition("</form>")[0]), f"r{activity.pk}-as_of": "2019-06-30"}
    again = browser.post(UPLOAD, {**fields, "accion": "enviar"})
    assert again["Location"] == SEMESTER_PAGE
    report = stored(activity)
    assert report
    assert report.state == ReportState.SUBMITTED
