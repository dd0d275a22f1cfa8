"""A municipality from nothing to its first draft report, by those who do it, on their phones."""

import re
from collections.abc import Iterator

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from plans.semester import Semester
from plans.term import Term
from tests.browser.checks import assert_it_fits
from tests.factories import PASSWORD, authenticator_code, make_person, make_plan

pytestmark = pytest.mark.django_db
KEEPER, PLANNER = "cuentas@plateria.example", "planificacion@plateria.example"
TERM = Term.to_prepare(timezone.localdate())
FIRST = Semester.all_of(TERM)[0]
HERE = "plateria-puno"
DAY = f"/gestion/municipio/{HERE}/primer-dia/"


@pytest.fixture(scope="module")
def new_municipality(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A district in which two people may enter, and whose list's plan was published."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug=HERE)
        make_person(KEEPER, Role.ADMINISTRATION, place)
        make_person(PLANNER, Role.PLANNING, place)
        make_plan(place, term=TERM)


@pytest.fixture
def keeper(browser: Browser, portal: str, new_municipality: None) -> Iterator[Page]:
    yield from _signed_in(browser, portal, KEEPER)


@pytest.fixture
def planner(browser: Browser, portal: str, new_municipality: None) -> Iterator[Page]:
    yield from _signed_in(browser, portal, PLANNER)


def _signed_in(browser: Browser, portal: str, email: str) -> Iterator[Page]:
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto("/gestion/")
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_label(re.compile("Código")).fill(authenticator_code())
    page.get_by_role("button", name="Ingresar", exact=True).click()
    expect(page.get_by_role("navigation", name="Oficina")).to_be_visible()
    yield page
    context.close()


def go_on(page: Page, done: int) -> None:
    """From the first day, on which DONE steps are done, to what is next."""
    page.goto(DAY)
    expect(page.get_by_text(f"{done} de 9 pasos hechos")).to_be_visible()
    assert_it_fits(page)
    page.get_by_role("region").get_by_role("link").click()


def test_from_nothing_to_the_first_draft(planner: Page, keeper: Page) -> None:
    expect(planner).to_have_url(re.compile(f"{DAY}$"))
    name_the_authority(planner)
    say_whose_the_plan_is(planner)
    paste_the_units(planner)
    invite_the_people(keeper)
    say_who_answers(planner)
    say_how_it_is_measured(planner)
    set_the_days(planner)
    prepare_the_first_report(planner)
    planner.goto(DAY)
    expect(planner.get_by_text("9 de 9 pasos hechos")).to_be_visible()
    expect(planner.get_by_text("Todo está listo")).to_be_visible()


def name_the_authority(page: Page) -> None:
    go_on(page, 1)
    page.get_by_label("Nombre completo").fill("Persona de Prueba")
    page.get_by_label("Cargo").fill("Alcaldesa distrital")
    page.get_by_label("Desde").fill(f"{TERM.first_year}-01-01")
    page.get_by_label("Fuente").fill("Credencial de prueba")
    page.get_by_role("button", name="Guardar la autoridad").click()
    expect(page.get_by_text("Se guardó: Persona de Prueba")).to_be_visible()


def say_whose_the_plan_is(page: Page) -> None:
    go_on(page, 2)
    page.get_by_role("radio", name="Autoridad elegida").check()
    page.get_by_label("Fuente de la condición").fill("Acta de prueba, 1 de octubre de 2018")
    page.get_by_role("button", name=re.compile("Guardar")).click()
    expect(page.get_by_text("Guardado a las")).to_be_visible()


def paste_the_units(page: Page) -> None:
    go_on(page, 3)
    page.get_by_label("Unidades, una en cada línea").fill("Gerencia de Obras; GO\nDEMUNA")
    page.get_by_role("button", name="Revisar sin guardar").click()
    expect(page.get_by_text("2 nuevas · 0 ya estaban · 0 por aclarar")).to_be_visible()
    assert_it_fits(page)
    page.get_by_role("button", name="Agregar las unidades").click()
    expect(page.get_by_text("Se agregaron 2 unidades.")).to_be_visible()


def invite_the_people(page: Page) -> None:
    go_on(page, 4)
    lines = page.get_by_label("Personas, una en cada línea")
    lines.fill("obras@plateria.example; GO\ndemuna@plateria.example; Demunas")
    page.get_by_role("button", name="Enviar las invitaciones").click()
    expect(page.get_by_text("¿Es «DEMUNA»?")).to_be_visible()
    expect(lines).to_have_value("demuna@plateria.example; Demunas")
    lines.fill("demuna@plateria.example; Demuna")
    page.get_by_role("button", name="Enviar las invitaciones").click()
    expect(page.get_by_text("Sale 1 invitación.")).to_be_visible()


def say_who_answers(page: Page) -> None:
    go_on(page, 5)
    page.get_by_label("Todo lo que muestra este filtro").check()
    panel = page.get_by_role("region", name="Con los elegidos")
    panel.get_by_label("Unidad orgánica").select_option(label="Gerencia de Obras")
    panel.get_by_role("button", name="Asignar la unidad").click()
    expect(page.get_by_text("Gerencia de Obras: cambiaron 2 elementos.")).to_be_visible()


def say_how_it_is_measured(page: Page) -> None:
    """The text proposes, a shape fills in the timetable, a figure in doubt is asked."""
    go_on(page, 6)
    page.get_by_role("link", name="Proponer según el texto del plan").click()
    row = page.locator("[id='fila-S.1.1.1']")
    expect(row.get_by_label("Clase")).to_have_value("entrega")
    page.get_by_label("A las filas sin cronograma").select_option(
        label="Lineal: parejo, cada semestre"
    )
    page.get_by_role("button", name="Rellenar sin guardar").click()
    expect(row.get_by_label(str(FIRST.next))).to_have_value("1")
    assert_it_fits(page)
    row.get_by_label("Valor de la meta").fill("1,500")
    row.get_by_label("Unidad de medida").fill("comedores")
    page.get_by_label("Motivo").fill("Se preparó el periodo.")
    save = page.get_by_role("button", name="Guardar lo que cambió")
    save.click()
    row.get_by_label("1500 (sin decimales)").check()
    assert_it_fits(page)
    save.click()
    expect(page.get_by_text(re.compile("Se guardó cómo se mide"))).to_be_visible()


def set_the_days(page: Page) -> None:
    go_on(page, 7)
    page.get_by_label("Desde qué semestre se informa").select_option(str(FIRST))
    page.get_by_role("button", name=re.compile("Generar los plazos")).click()
    expect(page.get_by_text("Se generaron los plazos de 8 semestres.")).to_be_visible()


def prepare_the_first_report(page: Page) -> None:
    go_on(page, 8)
    page.get_by_role("link", name="Informar S.1.1.1").click()
    assert_it_fits(page)
    page.get_by_role("textbox", name="Qué se hizo").fill("Se prepara la convocatoria.")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Guardado a las")).to_be_visible()
