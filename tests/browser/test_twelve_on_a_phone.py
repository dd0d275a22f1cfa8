"""Twelve promises reported on a telephone, and a sheet of fifty: what it takes, counted."""

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, make_person, make_unit
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sheets import answer_for, long_plan
from tests.tracking.published import open_window

pytestmark = pytest.mark.django_db
PLACE = "/gestion/semestre/coata-puno/2019-I/"
FEW, MANY = "social@coata.example", "obras@coata.example"
PROMISES, ROWS = 12, 50
WORDS = "Se compraron los materiales, se contrató a las cuadrillas y se empezó en dos sectores."


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """An office that answers for twelve promises, and another for fifty."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug="coata-puno")
        open_window(place, SEMESTER)
        planner = make_person("planificacion@coata.example", Role.PLANNING, place)
        elements = long_plan(make_unit(place), planner, more=ROWS - 1)
        for email, name, count in (
            (FEW, "Gerencia de Desarrollo Social", PROMISES),
            (MANY, "Gerencia de Vialidad", ROWS),
        ):
            unit = make_unit(place, name)
            make_person(email, Role.REPORTER, place, unit)
            answer_for(unit, *elements[:count])
        connection.close()


class Thumb:
    """Whoever holds the telephone: each tap and each page is counted."""

    def __init__(self, browser: Browser, portal: str, email: str) -> None:
        context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 740})
        self.page: Page = context.new_page()
        self.page.goto(PLACE)
        self.page.get_by_label("Correo").fill(email)
        self.page.get_by_label("Contraseña").fill(PASSWORD)
        self.page.get_by_role("button", name="Ingresar").click()
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


def test_twelve_promises_take_thirty_taps_and_eight_pages(
    browser: Browser, portal: str, at_work: None
) -> None:
    thumb = Thumb(browser, portal, FEW)
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


def test_a_sheet_of_fifty_is_short_and_a_row_opens_in_its_place(
    browser: Browser, portal: str, at_work: None
) -> None:
    thumb = Thumb(browser, portal, MANY)
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
