"""Where a promise is carried out, from the officer's telephone to whoever lives there."""

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality, User
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, make_person, make_plan, make_unit
from tests.tracking.published import FIRST, elect, element_of, open_window, publish
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db
CLERK = "obras@lampa.example"
REPORT = "/gestion/semestre/lampa/2019-I/S.1.1.1/"
PLAN = "/m/lampa/2019-2022/"


@pytest.fixture(scope="module")
def planner(portal: str, django_db_blocker: DjangoDbBlocker) -> User:
    """Of Lampa, a province with a plan to report on, whose works somebody reports."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug="lampa")
        unit = make_unit(place)
        element_of(elect(make_plan(place)), "S.1.1.1", unit)
        open_window(place, FIRST)
        make_person(CLERK, Role.REPORTER, place, unit)
        planner = make_person("planificacion@lampa.example", Role.PLANNING, place)
        connection.close()
    return planner


def test_what_an_officer_says_of_a_place_is_found_by_who_lives_there(
    browser: Browser, portal: str, planner: User, django_db_blocker: DjangoDbBlocker
) -> None:
    context = browser.new_context(
        base_url=portal, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(REPORT)
    page.get_by_label("Correo").fill(CLERK)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_role("radio", name="En ejecución").check()
    page.get_by_label("Qué se hizo").fill("Se techó el comedor.")
    page.get_by_text("Distritos enteros").click()
    page.get_by_role("checkbox", name="Calapuja").check()
    page.get_by_label("Dónde").fill("Pucará: Comedor de Pucará, -70.37, -15.04")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("al revés: escriba -15.04, -70.37.").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Calapuja")).to_be_checked()
    page.get_by_label("Dónde").fill("Pucará: Comedor de Pucará, -15.04, -70.37")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Guardado a las")).to_be_visible()
    expect(page.get_by_text("1 marcado")).to_be_visible()
    assert_it_fits(page)
    with django_db_blocker.unblock():
        publish(ProgressReport.objects.get(plan__municipality__slug="lampa"), by=planner)
        connection.close()
    page.goto(PLAN)
    page.get_by_role("link", name="Por distrito").click()
    expect(page.get_by_text("dicen dónde se hacen.")).to_be_visible()
    assert_it_fits(page)
    page.get_by_role("link", name="Pucará", exact=True).click()
    page.get_by_role("link", name="Programa de comedores").click()
    expect(page.get_by_role("link", name="distrito de Calapuja")).to_be_visible()
    point = page.get_by_role("link", name="-15.04000, -70.37000")
    expect(point).to_have_attribute("href", "geo:-15.04000,-70.37000")
    assert_it_fits(page)
    assert_it_is_accessible(page)
    context.close()
