"""Twelve promises reported from a sheet that was filled in without a connection."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from accounts.spreadsheets.reading import read_workbook
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, make_person, make_unit
from tests.filled import as_xlsx
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sheets import answer_for, long_plan
from tests.tracking.published import open_window

pytestmark = pytest.mark.django_db
PLACE = "/gestion/semestre/paucarcolla-puno/2019-I/"
OFFICER = "social@paucarcolla.example"
PROMISES = 12
WORDS = "Se compraron los materiales, se contrató a las cuadrillas y se empezó en dos sectores."


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug="paucarcolla-puno")
        open_window(place, SEMESTER)
        unit = make_unit(place, "Gerencia de Desarrollo Social")
        make_person(OFFICER, Role.REPORTER, place, unit)
        planner = make_person("planificacion@paucarcolla.example", Role.PLANNING, place)
        answer_for(unit, *long_plan(make_unit(place), planner, more=PROMISES - 1))


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


def test_twelve_promises_take_three_pages(
    browser: Browser, portal: str, at_work: None, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
    phone = context.new_page()
    phone.goto(PLACE)
    phone.get_by_label("Correo").fill(OFFICER)
    phone.get_by_label("Contraseña").fill(PASSWORD)
    phone.get_by_role("button", name="Ingresar").click()
    expect(phone.get_by_text(f"0 de {PROMISES}")).to_be_visible()
    pages = [phone.url]
    phone.on("framenavigated", lambda frame: pages.append(frame.url))
    send_the_sheet(phone, tmp_path)
    mend_the_day(phone)
    expect(phone.get_by_text(f"{PROMISES} de {PROMISES}")).to_be_visible()
    assert len(pages) == 3
    context.close()


def send_the_sheet(phone: Page, folder: Path) -> None:
    phone.get_by_text("Llenarla en una hoja de cálculo, sin conexión").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Descargar mi hoja (XLSX)").click()
    sheet = folder / download.value.suggested_filename
    download.value.save_as(sheet)
    sheet.write_bytes(filled_in(sheet))
    phone.get_by_label("Archivo", exact=True).set_input_files(sheet)
    phone.get_by_role("button", name="Guardar lo que está bien").click()
    expect(phone.get_by_text(re.compile("11 filas se guardaron"))).to_be_visible()
    assert_it_fits(phone)
    assert_it_is_accessible(phone)


def mend_the_day(phone: Page) -> None:
    day = phone.get_by_label("Al día", exact=True)
    expect(day).to_be_visible()
    day.fill("2019-06-30")
    phone.get_by_role("button", name="Guardarlo y enviar lo completo").click()
    expect(phone.get_by_text("Se guardó 1 fila.")).to_be_visible()
