"""A municipality of the coming term from nothing to its first draft report, on their phones.

The operator finds the place and invites two people; they do the rest. Nobody needs a shell: only
letters and long files wait for the worker, which the test calls.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from plans.choices import Dimension
from plans.importers.sheet.template import template
from plans.semester import Semester
from plans.term import Term
from tests.accounts.invited import link_of
from tests.browser.checks import assert_it_fits
from tests.factories import PASSWORD, authenticator_code, make_person
from tests.letters import letters
from tests.meanwhile import PATIENCE, Meanwhile

pytestmark = pytest.mark.django_db
OPERATOR = "operacion@plateria.example"
KEEPER, PLANNER = "cuentas@plateria.pe", "planificacion@plateria.pe"
TERM = Term.to_prepare(timezone.localdate())
FIRST = Semester.all_of(TERM)[0]
HERE = "plateria-puno"
DAY = f"/gestion/municipio/{HERE}/primer-dia/"
PLAN = template(
    TERM,
    [
        [str(Dimension.SOCIAL.label), "Faltan comedores.", "Que nadie pase hambre.", "Comedores",
         "Abrir 1,500 comedores.", "", "Construir 12 comedores.", "", ""],
        ["", "", "", "Huertos", "Sembrar 30 huertos.", "", "", "", ""],
    ],
)  # fmt: skip
"""What planning wrote into the form of the portal."""
NewPhone = Callable[[], Page]


@pytest.fixture
def new_phone(browser: Browser, portal: str) -> Iterator[NewPhone]:
    contexts = []

    def opened() -> Page:
        context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Somebody runs the portal."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        make_person(OPERATOR, Role.OPERATOR)


@pytest.fixture
def operator(at_work: None, new_phone: NewPhone) -> Page:
    page = new_phone()
    page.goto("/gestion/")
    page.get_by_label("Correo").fill(OPERATOR)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_label(re.compile("Código")).fill(authenticator_code())
    page.get_by_role("button", name="Ingresar", exact=True).click()
    expect(page.get_by_role("heading", name="Elija su municipalidad")).to_be_visible()
    return page


def test_from_nothing_to_the_first_draft(operator: Page, new_phone: NewPhone) -> None:
    find_the_place(operator)
    invite(operator, KEEPER, Role.ADMINISTRATION)
    invite(operator, PLANNER, Role.PLANNING)
    send_the_letters()
    keeper, planner = (accept(new_phone(), email) for email in (KEEPER, PLANNER))
    name_the_authority(planner)
    bring_the_plan(planner)
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


def find_the_place(page: Page) -> None:
    page.get_by_label("Distrito, provincia o región").fill("plateria puno")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Platería")).click()
    expect(page.get_by_text("0 de 9 pasos hechos")).to_be_visible()
    assert_it_fits(page)


def invite(page: Page, email: str, role: Role) -> None:
    page.goto(f"/gestion/personas/{HERE}/")
    page.get_by_role("link", name="Invitar a alguien").click()
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("Rol").select_option(role)
    page.get_by_role("button", name="Enviar la invitación").click()
    expect(page.get_by_text(email).first).to_be_visible()


def send_the_letters() -> None:
    """As the worker does, through a connection of its own."""
    worker = Meanwhile(letters)
    worker.start()
    worker.join(PATIENCE)
    assert worker.refused is None


def accept(page: Page, email: str) -> Page:
    """By the link in the letter: a password of one's own, and the codes of a telephone."""
    page.goto(next(link_of(letter) for letter in mail.outbox if letter.to == [email]))
    page.get_by_label("Su nombre completo").fill("Persona de Prueba")
    page.get_by_label("Elija una contraseña").fill("cuatro palabras al azar")
    page.get_by_label("Escríbala otra vez").fill("cuatro palabras al azar")
    page.get_by_role("button", name="Aceptar y crear mi cuenta").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label(re.compile("Código")).fill(authenticator_code(secret=secret))
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("heading", name="Sus códigos de recuperación")).to_be_visible()
    return page


def go_on(page: Page, done: int) -> None:
    """From the first day, on which DONE steps are done, to what is next."""
    page.goto(DAY)
    expect(page.get_by_text(f"{done} de 9 pasos hechos")).to_be_visible()
    assert_it_fits(page)
    page.locator("section.panel").get_by_role("link").click()


def name_the_authority(page: Page) -> None:
    go_on(page, 0)
    page.get_by_label("Nombre completo").fill("Persona de Prueba")
    page.get_by_label("Cargo").fill("Alcaldesa distrital")
    page.get_by_label("Desde").fill(f"{TERM.first_year}-01-01")
    page.get_by_label("Fuente").fill("Credencial de prueba")
    page.get_by_role("button", name="Guardar la autoridad").click()
    expect(page.get_by_text("Se guardó: Persona de Prueba")).to_be_visible()


def bring_the_plan(page: Page) -> None:
    """The filled-in form, one thing to look at, published."""
    go_on(page, 1)
    sent = {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": PLAN}
    page.get_by_label("El archivo del plan").set_input_files(sent)  # type: ignore[arg-type]
    page.get_by_label("Organización que presentó el plan").fill("Lista de prueba")
    page.get_by_role("button", name="Enviar y leer").click()
    page.get_by_role("link", name="completar los datos del plan").click()
    page.get_by_label("De dónde viene el documento").fill("Plataforma de prueba, 3 de junio")
    page.get_by_role("button", name="Guardar los datos").click()
    page.get_by_role("link", name="Revisar y publicar").click()
    page.get_by_role("button", name="Publicar versión").click()
    expect(page.get_by_role("heading", name="Publicado")).to_be_visible()


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
    expect(page.get_by_text("Gerencia de Obras: cambiaron 3 elementos.")).to_be_visible()


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
    expect(row.get_by_label(str(FIRST.next))).to_have_value("25")
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
    page.get_by_role("link", name="Ver todas las promesas").click()
    page.get_by_role("link", name="Informar S.1.1.1", exact=True).click()
    assert_it_fits(page)
    page.get_by_role("textbox", name="Qué se hizo").fill("Se prepara la convocatoria.")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Guardado a las")).to_be_visible()
