"""The Friday of three people, counted: on a telephone, from a spreadsheet, and who publishes."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from accounts.spreadsheets.reading import read_workbook
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, authenticator_code, make_person, make_unit
from tests.filled import as_xlsx
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sheets import answer_for, long_plan
from tests.tracking.published import open_window

pytestmark = pytest.mark.django_db
PLACE = "/gestion/semestre/tiquillaca-puno/2019-I/"
CLERK, ENGINEER, BOTH = (
    "social@tiquillaca.example",
    "obras@tiquillaca.example",
    "gerencia@tiquillaca.example",
)
PLANNER = "planificacion@tiquillaca.example"
PROMISES, ROWS = 12, 50
WORDS = "Se compraron los materiales, se contrató a las cuadrillas y se empezó en dos sectores."


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Two offices that answer for twelve promises each, and one for all fifty."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug="tiquillaca-puno")
        open_window(place, SEMESTER)
        planner = make_person(PLANNER, Role.PLANNING, place)
        elements = long_plan(make_unit(place), planner, more=ROWS - 1)
        for email, name, answered in (
            (CLERK, "Gerencia de Desarrollo Social", elements[:PROMISES]),
            (ENGINEER, "Gerencia de Vialidad", elements[PROMISES : 2 * PROMISES]),
            (BOTH, "Gerencia Municipal", elements),
        ):
            unit = make_unit(place, name)
            make_person(email, Role.REPORTER, place, unit)
            answer_for(unit, *answered)
        connection.close()


class Thumb:
    """Whoever holds the telephone: each tap and each page is counted."""

    def __init__(self, browser: Browser, portal: str, email: str, code: str = "") -> None:
        context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 740})
        self.page: Page = context.new_page()
        self.page.goto(PLACE)
        self.page.get_by_label("Correo").fill(email)
        self.page.get_by_label("Contraseña").fill(PASSWORD)
        self.page.get_by_role("button", name="Ingresar").click()
        if code:
            self.page.get_by_label("Código").fill(code)
            self.page.get_by_role("button", name="Ingresar", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("2019-I")
        self.taps, self.pages = 0, 1
        self.page.on("framenavigated", self._turned)

    def _turned(self, _frame: object) -> None:
        self.pages += 1

    def tap(self, where: Locator) -> None:
        where.click()
        self.taps += 1

    def write(self, where: Locator, text: str) -> None:
        """A field takes a tap before it takes letters."""
        self.tap(where)
        where.fill(text)


def test_a_semester_is_reported_from_a_phone_and_a_spreadsheet_and_published(
    browser: Browser, portal: str, at_work: None, tmp_path: Path
) -> None:
    report_on_a_phone(Thumb(browser, portal, CLERK))
    report_from_a_spreadsheet(Thumb(browser, portal, ENGINEER), tmp_path)
    publish(Thumb(browser, portal, PLANNER, authenticator_code()))


def report_on_a_phone(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Llenar la hoja"))
    thumb.tap(page.get_by_role("link", name="Abrir todas las filas"))
    rows = page.locator(".row")
    expect(rows).to_have_count(PROMISES)
    for row in rows.all():
        thumb.tap(row.get_by_role("radio", name="En ejecución"))
        thumb.write(row.get_by_label("Qué se hizo"), WORDS)
    thumb.tap(page.get_by_role("button", name="Guardar todo").last)
    expect(page.get_by_text(f"Se guardaron {PROMISES} filas")).to_be_visible()
    thumb.tap(page.get_by_role("link", name="Revisar y enviar"))
    thumb.tap(page.get_by_role("button", name=f"Enviar a revisión los {PROMISES} completos"))
    expect(page.get_by_text(f"{PROMISES} de {PROMISES}")).to_be_visible()
    assert thumb.taps <= 30
    assert thumb.pages <= 8
    page.context.close()


def report_from_a_spreadsheet(thumb: Thumb, folder: Path) -> None:
    """One day in it is none: its row waits to be mended in the page."""
    page = thumb.page
    page.get_by_text("Llenarla en una hoja de cálculo, sin conexión").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar mi hoja (XLSX)").click()
    sheet = folder / download.value.suggested_filename
    download.value.save_as(sheet)
    sheet.write_bytes(filled_in(sheet))
    page.get_by_label("Archivo", exact=True).set_input_files(sheet)
    thumb.tap(page.get_by_role("button", name="Guardar lo que está bien"))
    expect(page.get_by_text(re.compile(f"{PROMISES - 1} filas se guardaron"))).to_be_visible()
    assert_it_fits(page)
    assert_it_is_accessible(page)
    thumb.write(page.get_by_label("Al día", exact=True), "2019-06-30")
    thumb.tap(page.get_by_role("button", name="Guardarlo y enviar lo completo"))
    expect(page.get_by_text("Se guardó 1 fila.")).to_be_visible()
    expect(page.get_by_text(f"{PROMISES} de {PROMISES}")).to_be_visible()
    assert thumb.pages <= 3
    page.context.close()


def filled_in(sheet: Path) -> bytes:
    """SHEET in which every promise says something; one day is none."""
    read = read_workbook(sheet.read_bytes(), sheet.name).sheets[0]
    headings = read.rows[0].cells
    lines: list[list[Any]] = [[row.at(at) for at in range(len(headings))] for row in read.rows]
    for line in lines[1:]:
        line[headings.index("Paso")] = "En ejecución"
        line[headings.index("Qué se hizo")] = WORDS
        line[headings.index("Dificultades")] = "Llovió dos semanas."
    lines[3][headings.index("Al día")] = "a fin de mes"
    return as_xlsx(lines)


def publish(thumb: Thumb) -> None:
    page = thumb.page
    sent = 2 * PROMISES
    thumb.tap(page.get_by_role("link", name=f"Revisar {sent}"))
    thumb.tap(page.get_by_role("link", name=re.compile(f"^{sent} sin dudas")))
    thumb.tap(page.get_by_role("button", name=f"Publicar estos {sent} informes"))
    expect(page.get_by_text(f"Se publicaron {sent} informes.")).to_be_visible()
    assert thumb.taps <= 5
    page.context.close()


def test_a_sheet_of_fifty_is_short_and_a_row_opens_in_its_place(
    browser: Browser, portal: str, at_work: None
) -> None:
    thumb = Thumb(browser, portal, BOTH)
    page = thumb.page
    page.goto(f"{PLACE}hoja/")
    expect(page.locator(".row")).to_have_count(ROWS)
    assert_it_fits(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 6_000
    row = page.locator(".row").nth(30)
    row.locator("summary").first.click()
    expect(row.get_by_label("Qué se hizo")).to_be_visible()
    assert_it_is_accessible(page)
    row.get_by_role("radio", name="En preparación").check()
    row.get_by_role("button", name="Guardar fila").click()
    expect(row.get_by_text("Guardado", exact=True)).to_be_visible()
    page.context.close()
