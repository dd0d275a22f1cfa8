"""Which rows of a sheet that came back are taken: those of one's unit, semester and promises."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import make_unit
from tests.filled import as_xlsx, fill, text, upload, without
from tests.tracking.office.semester_files import SAID, UPLOAD, mend, sheet_of
from tests.tracking.office.sent import draft
from tests.tracking.office.sheets import (
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets_read_here")]


def test_rows_of_another_unit_and_of_no_promise_are_left(
    browser: Client, activity: PlanElement, other: PlanElement
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    rest = [""] * (len(lines[0]) - 1)
    answer = upload(browser, UPLOAD, [*lines, ["S.1.1.3", *rest], ["S.9.9", *rest]])
    page = text(answer)
    assert "No es de las promesas que usted informa en esta hoja." in page
    assert "El plan no tiene hoy una promesa con ese código." in page
    assert stored(activity)
    assert stored(other) is None


def test_a_unit_is_named_to_whom_it_does_not_belong(
    browser: Client, activity: PlanElement, planner: User, signed_in: SignIn, puno_unit: Unit
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    activity.responsibility_set.all().delete()
    unit = make_unit(puno_unit.municipality, "Gerencia de Salud")
    activity.responsibility_set.create(
        unit=unit, plan_id=activity.plan_id, municipality_id=unit.municipality_id
    )
    assert "La informa otra unidad: Gerencia de Salud." in text(upload(browser, UPLOAD, lines))
    Unit.objects.filter(pk=unit.pk).update(name="Gerencia de Desarrollo Social")
    answer = upload(signed_in(planner), UPLOAD, lines)
    assert "1 fila se guardó" in text(answer)


def test_the_sheet_of_another_semester_is_left_row_by_row(
    browser: Client, activity: PlanElement
) -> None:
    lines = [
        [each.replace("puno/2019-I/", "puno/2018-II/") for each in row]
        for row in fill(sheet_of(browser), "S.1.1.1", **SAID)
    ]
    answer = upload(browser, UPLOAD, lines)
    assert "Es de la hoja de 2018-II, y esta es la de 2019-I." in text(answer)
    assert stored(activity) is None


def test_why_nothing_of_a_sheet_was_taken_is_told_unfolded(browser: Client) -> None:
    foreign = [["Código", "Qué se hizo"], *([f"Z.{n}", "Se firmó."] for n in range(9))]
    page = " ".join(upload(browser, UPLOAD, foreign).content.decode().split())
    assert '<details class="fold" open> <summary>No se tomó' in page


def test_rows_may_be_reordered_and_deleted_and_repeated(
    browser: Client, activity: PlanElement
) -> None:
    headings, first, second = fill(sheet_of(browser), "S.1.1.1", **SAID)
    answer = upload(browser, UPLOAD, [headings, second, first, first])
    assert "1 fila se guardó" in text(answer)
    assert "Repite lo que dice fila 3." in text(answer)
    answer = upload(browser, UPLOAD, [headings, second])
    assert "La hoja no trae 1 fila: queda como estaba" in text(answer)
    assert stored(activity)


def test_a_code_that_is_there_twice_and_says_two_things_waits(
    browser: Client, activity: PlanElement
) -> None:
    lines = fill(sheet_of(browser), "S.1.1.1", **SAID)
    other = [cell.replace("Llovió.", "Nevó.") for cell in lines[1]]
    answer = upload(browser, UPLOAD, [*lines, other])
    assert "El mismo código está en fila 4, que dice otra cosa" in text(answer)
    assert stored(activity) is None
    mend(browser, answer, activity)
    report = stored(activity)
    assert report
    assert report.difficulties == "Llovió."


def test_a_column_or_a_mark_that_is_not_there_says_nothing(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    draft(activity, reporter, difficulties="Ninguna.")
    lines = without(fill(sheet_of(browser), "S.1.1.1", Qué_se_hizo="Más."), "Dificultades")
    upload(browser, UPLOAD, lines)
    report = stored(activity)
    assert report
    assert (report.narrative, report.difficulties) == ("Más.", "Ninguna.")
    lines = without(
        fill(sheet_of(browser), "S.1.1.1", Qué_se_hizo="Otro.", Dificultades=""), "Marca"
    )
    answer = upload(browser, UPLOAD, lines)
    assert "después de que se hizo la hoja" in text(answer)
    report.refresh_from_db()
    assert (report.narrative, report.difficulties) == ("Más.", "Ninguna.")


def test_a_day_that_became_a_number_waits_with_the_day(
    browser: Client, activity: PlanElement
) -> None:
    lines: list[list[Any]] = list(fill(sheet_of(browser), "S.1.1.1", **SAID, Al_día=43646))
    answer = upload(browser, UPLOAD, as_xlsx(lines))
    assert "trae el número 43646, que como fecha es el 30 de junio de 2019" in text(answer)
    beside = answer.content.decode().partition("Lo demás de esta fila")[0]
    assert f'name="r{activity.pk}-as_of"' in beside
    mend(browser, answer, activity)
    report = stored(activity)
    assert report
    assert report.as_of == dt.date(2019, 6, 30)
    assert "2 no traen nada nuevo" in text(upload(browser, UPLOAD, as_xlsx(lines)))


@pytest.mark.parametrize("counts_from", [1900, 1904])
def test_a_day_is_a_day_however_the_file_counts_them(
    browser: Client, activity: PlanElement, counts_from: int
) -> None:
    lines: Any = fill(sheet_of(browser), "S.1.1.1", **SAID, Al_día=dt.date(2019, 5, 31))
    upload(browser, UPLOAD, as_xlsx(lines, date_1904=counts_from == 1904))
    report = stored(activity)
    assert report
    assert report.as_of == dt.date(2019, 5, 31)
