"""A semester from the first word to the public: an officer, a planner and a citizen.

They work on a plan of their own, so that the other tests find the five plans as they were.
"""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from plans.choices import Direction, Level, MeasureKind, Standing
from plans.models import MeasuringTerms, Responsibility
from plans.semester import Semester
from tests.browser.checks import assert_it_fits
from tests.factories import PASSWORD, authenticator_code, make_person, make_plan, make_unit
from tests.files import PDF
from tracking.measuring.windows import proposed_window

pytestmark = pytest.mark.django_db
SEMESTER = Semester(2019, 1)
PLACE = "/gestion/semestre/acora-puno/2019-I/"
OFFICER, PLANNER = "obras@acora.example", "planificacion@acora.example"


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A district whose plan is an elected authority's, with an officer and a planner."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        acora = Municipality.objects.get(slug="acora-puno")
        plan = make_plan(acora)
        plan.standing, plan.standing_source = (
            Standing.ELECTED,
            "Acta de prueba, 7 de noviembre de 2018",
        )
        plan.save()
        unit = make_unit(acora)
        make_person(OFFICER, Role.REPORTER, acora, unit)
        planner = make_person(PLANNER, Role.PLANNING, acora)
        proposed_window(acora, SEMESTER).save()
        for element in plan.elements.filter(level__in=[Level.ACTIVITY, Level.TARGET]):
            Responsibility(element=element, unit=unit).save()
        MeasuringTerms.objects.create(
            element=plan.elements.get(ref="S.1.1.2"),
            version=2,
            in_force_from=dt.date(2019, 1, 2),
            reason="Se mide el porcentaje de niñas y niños.",
            by=planner,
            kind=MeasureKind.LEVEL,
            unit_of_measure="%",
            goal=50,
            direction=Direction.UP,
        )


@pytest.fixture
def phone(browser: Browser, portal: str, at_work: None) -> Iterator[Page]:
    yield from _page(browser, portal, 360)


@pytest.fixture
def desk(browser: Browser, portal: str, at_work: None) -> Iterator[Page]:
    yield from _page(browser, portal, 1280)


def _page(browser: Browser, portal: str, width: int) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=portal, viewport={"width": width, "height": 780}
    )
    yield context.new_page()
    context.close()


def sign_in(page: Page, email: str, code: str = "") -> None:
    page.goto("/gestion/")
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    if code:
        page.get_by_label(re.compile("Código")).fill(code)
        page.get_by_role("button", name="Ingresar", exact=True).click()
    expect(page).to_have_url(re.compile(r"/gestion/semestre/acora-puno/2019-I/$"))


def test_entered_returned_published_corrected_and_read(phone: Page, desk: Page) -> None:
    sign_in(phone, OFFICER)
    fill_the_sheet(phone)
    sign_in(desk, PLANNER, authenticator_code())
    return_one_and_publish_the_other(desk)
    send_it_again(phone)
    publish_what_waits(desk)
    correct(phone)
    publish_what_waits(desk)
    phone.context.clear_cookies()
    read_both_revisions(phone)


def fill_the_sheet(phone: Page) -> None:
    expect(phone.get_by_text("0 de 2")).to_be_visible()
    phone.get_by_role("link", name="Llenar la hoja").click()
    value = phone.get_by_label(re.compile("Valor"))
    save = phone.get_by_role("button", name="Guardar todo").first
    phone.get_by_role("link", name="Abrir todas las filas").click()
    phone.get_by_role("radio", name="En ejecución").check()
    assert_it_fits(phone)
    phone.get_by_label("Qué se hizo").nth(0).fill("Se abrieron tres comedores.")
    value.fill("140")
    save.click()
    expect(phone.get_by_text("No puede pasar de 100 %.").first).to_be_visible()
    expect(value).to_have_value("140")
    value.fill("12,5")
    save.click()
    phone.get_by_role("radio", name=re.compile("12.5")).check()
    save.click()
    expect(
        phone.get_by_text("Se guardaron 2 filas").or_(phone.get_by_text("S.1.1.2: guardado"))
    ).to_be_visible()
    phone.goto(PLACE)
    phone.get_by_role("button", name="Enviar a revisión los 2 completos").click()
    expect(phone.get_by_text("2 de 2")).to_be_visible()


def return_one_and_publish_the_other(desk: Page) -> None:
    desk.get_by_role("link", name="Revisión").click()
    desk.get_by_text("Devolver S.1.1.2").click()
    desk.get_by_label("Por qué se devuelve").locator("visible=true").fill("Falta decir la fuente.")
    desk.get_by_role("button", name="Devolver").locator("visible=true").click()
    expect(desk.get_by_text("Se devolvió S.1.1.2")).to_be_visible()
    publish_what_waits(desk)


def publish_what_waits(desk: Page) -> None:
    desk.goto("/gestion/revision/acora-puno/2019-I/")
    desk.get_by_role("checkbox", name=re.compile("^Publicar ")).check()
    desk.get_by_role("button", name="Publicar lo marcado").click()
    expect(desk.get_by_text("Se publicó 1 informe.")).to_be_visible()


def send_it_again(phone: Page) -> None:
    phone.goto(PLACE)
    expect(phone.get_by_text("Falta decir la fuente.")).to_be_visible()
    phone.get_by_role("link", name="Seguir S.1.1.2").click()
    phone.get_by_label("Qué se hizo").fill("Según el padrón del centro de salud.")
    phone.get_by_role("button", name="Enviar a revisión").click()
    expect(phone.get_by_text("S.1.1.2 se envió a revisión.")).to_be_visible()


def correct(phone: Page) -> None:
    phone.goto(f"{PLACE}S.1.1.2/")
    phone.get_by_role("link", name="Corregir").click()
    phone.get_by_label(re.compile("Motivo|Por qué")).fill("El padrón se depuró en julio.")
    phone.get_by_role("button", name="Abrir la corrección").click()
    phone.get_by_label(re.compile("Valor")).fill("11.75")
    sustain_it_though_the_session_ends(phone)
    phone.get_by_role("link", name="Volver al informe").click()
    phone.get_by_role("button", name="Enviar a revisión").click()
    expect(phone.get_by_text("S.1.1.2 se envió a revisión.")).to_be_visible()


def sustain_it_though_the_session_ends(phone: Page) -> None:
    """Of two files that are sent one by one: the title is as it was typed, not the last file's."""
    phone.get_by_role("button", name="Guardar y agregar sustentos").click()
    phone.get_by_label("Título").fill("Padrón depurado")
    phone.get_by_label("Fecha").fill("2019-06-30")
    phone.get_by_label("Conservar dónde se tomó").check()
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": PDF} for n in "ab"]
    phone.get_by_label("Archivo", exact=True).set_input_files(files)  # type: ignore[arg-type]
    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name="Agregar", exact=True).click()
    expect(phone.get_by_text("Lo que escribió se conserva: ingrese otra vez.")).to_be_visible()
    phone.get_by_label("Correo").fill(OFFICER)
    phone.get_by_label("Contraseña").fill(PASSWORD)
    phone.get_by_role("button", name="Ingresar").click()
    expect(phone.get_by_text("Los archivos no se conservan: elíjalos otra vez.")).to_be_visible()
    expect(phone.get_by_label("Título")).to_have_value("Padrón depurado")
    expect(phone.get_by_label("Conservar dónde se tomó")).to_be_checked()
    phone.get_by_label("Archivo", exact=True).set_input_files(files[:1])  # type: ignore[arg-type]
    phone.get_by_role("button", name="Agregar", exact=True).click()
    expect(phone.get_by_role("link", name="a.pdf")).to_be_visible()


def read_both_revisions(citizen: Page) -> None:
    citizen.goto("/m/acora-puno/2019-2022/S.1.1.2/")
    reported = citizen.get_by_role("main")
    expect(reported.locator(".status")).to_contain_text("23.5 % de lo prometido")
    reported.locator(".chapter summary").first.click()
    for text in ("11.75 %", "El padrón se depuró en julio."):
        expect(reported.get_by_text(text).locator("visible=true").first).to_be_visible()
    citizen.get_by_text("Lo publicado antes: revisión 1").click()
    expect(reported.locator(".earlier").get_by_text("25 % de avance")).to_be_visible()
    citizen.get_by_text("Qué cambió").click()
    expect(reported.locator("del", has_text="12.5")).to_be_visible()
    expect(reported.locator("ins", has_text="11.75")).to_be_visible()
    expect(reported).not_to_contain_text("Falta decir la fuente.")
    assert_it_fits(citizen)
