"""A plan from the document that its list filed to its public page, by an officer on a phone.

In a district of its own, so that the other tests find the five plans as they were.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from tests.browser.checks import (
    assert_it_fits,
    assert_it_fits_however_it_is_read,
    assert_it_is_accessible,
)
from tests.browser.signed_in import session_of, sign_in
from tests.factories import make_person
from tests.real_plans import FOLDER

pytestmark = pytest.mark.django_db
DISTRICT = "vilque-puno"
ASKED = ("El archivo nombra el periodo 2019–2022", "El archivo nombra «OTUZCO»")
DOCUMENT = FOLDER / "otuzco-2019-2022.txt"


@pytest.fixture(scope="module")
def session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Of somebody who plans in a district that has no plan."""
    with django_db_blocker.unblock():
        place = Municipality.objects.get(slug=DISTRICT)
        return session_of(make_person("plan@vilque.example", Role.PLANNING, place))


@pytest.fixture
def phone(browser: Browser, portal: str, session: str) -> Iterator[Page]:
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
    sign_in(context, portal, session)
    yield context.new_page()
    context.close()


def test_sent_mended_published_and_read(phone: Page) -> None:
    send(phone)
    mend_in_the_list(phone)
    mend_one_text(phone)
    divide_a_target(phone)
    add_a_text(phone)
    publish(phone)
    phone.context.clear_cookies()
    read(phone)


def look_at(page: Page) -> None:
    assert_it_fits(page)
    assert_it_is_accessible(page)
    assert_it_fits_however_it_is_read(page)
    page.reload()


def send(phone: Page) -> None:
    phone.goto(f"/gestion/plan/{DISTRICT}/")
    phone.get_by_role("link", name="Traer el plan").click()
    look_at(phone)
    phone.get_by_label("El archivo del plan").set_input_files(DOCUMENT)
    phone.get_by_label("Organización que presentó el plan").fill("Lista de prueba")
    phone.get_by_role("button", name="Enviar y leer").click()
    expect(phone.get_by_role("heading", name="Plan 2027–2030: lo que se entendió")).to_be_visible()
    look_at(phone)


def mend_in_the_list(phone: Page) -> None:
    """One doubt at a touch, one by another parent, the others together; and one step back.

    The document is another place's and of another term, which is asked first.
    """
    things = phone.get_by_role("link", name=re.compile(r"cosas? por mirar"))
    before = int(things.inner_text().split()[0]) - len(ASKED)
    for words in ASKED:
        whole = phone.locator("form.note").filter(has_text=words)
        whole.get_by_role("button", name="Está bien así").click()
    phone.get_by_role("button", name="Está bien así").first.click()
    expect(things).to_have_text(f"{before - 1} cosas por mirar")
    first = phone.get_by_role("article").first
    first.get_by_text("Cambiar de qué cuelga").click()
    first.get_by_label("De qué cuelga").select_option(index=1)
    first.get_by_role("button", name="Colgar de ahí").click()
    expect(things).to_have_text(f"{before - 2} cosas por mirar")
    phone.get_by_text("Varias dudas a la vez").click()
    phone.get_by_role("button", name=re.compile("Los .* están bien así")).first.click()
    expect(phone.get_by_text("No queda nada por mirar.")).to_be_visible()
    phone.get_by_role("button", name="Deshacer").click()
    expect(things).to_have_text(f"{before - 2} cosas por mirar")
    phone.get_by_text("Varias dudas a la vez").click()
    phone.get_by_role("button", name=re.compile("Los .* están bien así")).first.click()
    expect(phone.get_by_text("No queda nada por mirar.")).to_be_visible()


def mend_one_text(phone: Page) -> None:
    """Cut before a word, joined again."""
    phone.get_by_role("link", name="Coordinar con la Rondas Campesinas.").click()
    look_at(phone)
    phone.get_by_text("Cortar en dos").click()
    phone.get_by_role("button", name="Campesinas.").click()
    expect(phone.get_by_text("“Coordinar con la Rondas”")).to_be_visible()
    phone.get_by_text("Unir con lo que sigue").click()
    phone.get_by_role("button", name="Unir los dos textos").click()
    expect(phone.get_by_text("“Coordinar con la Rondas Campesinas.”")).to_be_visible()
    phone.get_by_role("link", name="Volver al borrador").click()


def divide_a_target(phone: Page) -> None:
    """Two measures of one target, and back; its figure, the years and the indicator beside them."""
    phone.get_by_role("link", name="Aumento de la población ocupada").click()
    for name in ("La cifra", "El indicador", "Dividir en dos medidas"):
        phone.get_by_role("heading", name=name, exact=True).click()
    phone.get_by_text("La cifra de cada año").click()
    assert_it_fits(phone)
    assert_it_is_accessible(phone)
    phone.get_by_role("button", name="laboralmente").click()
    expect(phone.get_by_role("link", name="laboralmente en nuestro distrito.")).to_be_visible()
    phone.get_by_role("button", name="Deshacer").click()
    expect(phone.get_by_role("heading", name="Plan 2027–2030: lo que se entendió")).to_be_visible()


def add_a_text(phone: Page) -> None:
    phone.get_by_role("link", name="Añadir un texto que falta").click()
    look_at(phone)
    phone.get_by_text("Añadir un texto que falta").click()
    phone.get_by_label("Las palabras").fill("generando una mejor calidad de vida que no está")
    phone.get_by_label("Qué es").select_option(label="Lineamiento")
    phone.get_by_role("button", name="Añadir al borrador").click()
    expect(phone.get_by_role("alert")).to_contain_text("No está, palabra por palabra")
    phone.get_by_label("Las palabras").fill("MUNICIPALIDAD PROVINCIA DE OTUZCO")
    phone.get_by_role("button", name="Añadir al borrador").click()
    expect(phone.get_by_role("link", name="MUNICIPALIDAD PROVINCIA DE OTUZCO")).to_be_visible()
    phone.get_by_role("link", name="Borrador").click()


def publish(phone: Page) -> None:
    phone.get_by_role("link", name="completar los datos del plan").click()
    look_at(phone)
    phone.get_by_label("De dónde viene el documento").fill("Documento de prueba")
    phone.get_by_role("button", name="Guardar los datos").click()
    phone.get_by_role("link", name="Revisar y publicar").click()
    look_at(phone)
    phone.get_by_role("button", name="Publicar versión").click()
    expect(phone.get_by_role("heading", name="Publicado")).to_be_visible()
    look_at(phone)


def read(phone: Page) -> None:
    phone.goto(f"/m/{DISTRICT}/2027-2030/?ver=todo")
    expect(phone.get_by_text("Lo que ofreció la lista Lista de prueba").first).to_be_visible()
    expect(phone.get_by_text("Coordinar con la Rondas Campesinas.").first).to_be_visible()
