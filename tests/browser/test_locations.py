"""Where a promise is carried out, from the officer's telephone to whoever lives there."""

from collections.abc import Iterator

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from plans.locations import read
from tests.browser.checks import assert_it_fits
from tests.factories import PASSWORD, make_person, make_plan, make_unit
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish

pytestmark = pytest.mark.django_db
CLERK = "obras@lampa.example"
REPORT = "/gestion/semestre/lampa/2019-II/S.1.1.1/"
PLAN = "/m/lampa/2019-2022/"
SPOT = "Pucará: Comedor de Pucará, -15.04, -70.37"


@pytest.fixture(scope="module")
def located(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """The plan of Lampa, of whose works the first semester said where."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug="lampa")
        unit = make_unit(place)
        element = element_of(elect(make_plan(place)), "S.1.1.1", unit)
        clerk = make_person(CLERK, Role.REPORTER, place, unit)
        planner = make_person("planificacion@lampa.example", Role.PLANNING, place)
        for semester in (FIRST, FIRST.next):
            open_window(place, semester)
        publish(draft(element, FIRST, clerk, locations=read(SPOT, place)), by=planner)
        connection.close()


@pytest.fixture
def page(browser: Browser, portal: str, located: None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_an_officer_goes_on_from_where_the_last_report_was(page: Page) -> None:
    page.goto(REPORT)
    page.get_by_label("Correo").fill(CLERK)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    where = page.get_by_role("textbox", name="Dónde")
    expect(where).to_have_value("Pucará: Comedor de Pucará, -15.04000, -70.37000")
    page.locator("summary", has_text="Distritos enteros").click()
    page.get_by_role("checkbox", name="Calapuja").check()
    where.fill("Pucará: Comedor de Pucará, -70.37, -15.04")
    save = page.get_by_role("button", name="Guardar borrador")
    save.click()
    expect(page.get_by_text("al revés: escriba -15.04, -70.37.").last).to_be_visible()
    expect(page.get_by_role("checkbox", name="Calapuja")).to_be_checked()
    assert_it_fits(page)
    where.fill(SPOT)
    save.click()
    expect(page.get_by_text("Guardado a las")).to_be_visible()
    expect(page.get_by_text("1 marcado")).to_be_visible()


def test_who_lives_there_finds_what_was_promised_for_the_district(page: Page) -> None:
    page.goto(PLAN)
    page.get_by_role("link", name="Por distrito").click()
    expect(page.get_by_text("dicen dónde se hacen.")).to_be_visible()
    assert_it_fits(page)
    page.get_by_role("link", name="Pucará", exact=True).click()
    expect(page.get_by_text("Lo elegido: 1 promesa.")).to_be_visible()
    page.locator("#promesas").get_by_role("link", name="Programa de comedores").click()
    expect(page.get_by_role("link", name="Comedor de Pucará (Pucará)")).to_be_visible()
    point = page.get_by_role("link", name="-15.04000, -70.37000")
    expect(point).to_have_attribute("href", "geo:-15.04000,-70.37000")
    assert_it_fits(page)
