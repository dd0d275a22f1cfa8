"""A semester's report from the office that issues it to the citizen who checks a copy."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, authenticator_code, make_person, make_plan, make_unit
from tests.meanwhile import Meanwhile
from tests.tracking.issued import closed_semester
from tracking.accountability.rendering import make_file
from tracking.models import RenderedFile

pytestmark = pytest.mark.django_db
PLANNER = "planificacion@chucuito.example"
PLACE = "chucuito-puno"


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A district that closed its first semester, and issued nothing yet."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        place = Municipality.objects.get(slug=PLACE)
        unit = make_unit(place)
        planner = make_person(PLANNER, Role.PLANNING, place)
        reporter = make_person("obras@chucuito.example", Role.REPORTER, place, unit)
        closed_semester(make_plan(place), unit, planner, reporter)
        connection.close()


@pytest.fixture
def desk(browser: Browser, portal: str, at_work: None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal, viewport={"width": 1280, "height": 780}, accept_downloads=True
    )
    yield context.new_page()
    context.close()


def test_it_is_written_issued_made_downloaded_and_checked(
    desk: Page, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    desk.goto("/gestion/")
    desk.get_by_label("Correo").fill(PLANNER)
    desk.get_by_label("Contraseña").fill(PASSWORD)
    desk.get_by_role("button", name="Ingresar").click()
    desk.get_by_label("Código").fill(authenticator_code())
    desk.get_by_role("button", name="Ingresar", exact=True).click()
    expect(desk).to_have_url(re.compile("/gestion/semestre/"))
    desk.goto(f"/gestion/rendicion/{PLACE}/")
    desk.get_by_role("link", name="Preparar 2019-I").click()
    desk.get_by_label("Presentación").fill("Hicimos lo que se pudo.")
    desk.get_by_role("button", name="Guardar el borrador").click()
    expect(desk.get_by_text("Todavía no es público.")).to_be_visible()
    desk.get_by_role("link", name="Ver el borrador completo").click()
    expect(desk.get_by_text("Hicimos lo que se pudo.")).to_be_visible()
    desk.get_by_role("link", name="Emitir la edición 1").click()
    desk.get_by_label("Código de su segundo factor").fill(_next_code())
    desk.get_by_role("button", name="Emitir la edición 1").click()
    expect(desk.get_by_text("Se emitió la edición 1, con el código")).to_be_visible()
    with django_db_blocker.unblock():
        worker = Meanwhile(_make_files)
        worker.start()
        worker.join()
    assert worker.refused is None
    desk.goto(f"/m/{PLACE}/2019-2022/rendicion/2019-I/")
    assert_it_fits(desk)
    code = desk.locator(".summary code").first.inner_text()
    copy = tmp_path / "copia.pdf"
    answer = desk.request.get(f"/m/{PLACE}/2019-2022/rendicion/2019-I.pdf")
    assert answer.ok
    copy.write_bytes(answer.body())
    desk.goto("/verificar/")
    desk.get_by_label("Código de la edición").fill(code.lower())
    desk.get_by_role("button", name="Ver sus cifras").click()
    expect(desk.get_by_text("Es la edición vigente.")).to_be_visible()
    assert_it_is_accessible(desk)
    desk.goto("/verificar/")
    desk.get_by_label("O el archivo: PDF, CSV o JSON").set_input_files(copy)
    desk.get_by_role("button", name="Comprobar el archivo").click()
    expect(desk.get_by_text("es, byte por byte, el PDF publicado")).to_be_visible()
    copy.write_bytes(answer.body() + b"\n")
    desk.goto("/verificar/")
    desk.get_by_label("O el archivo: PDF, CSV o JSON").set_input_files(copy)
    desk.get_by_role("button", name="Comprobar el archivo").click()
    expect(desk.get_by_text("con algo agregado al final que Vigía no ha juzgado")).to_be_visible()
    assert_it_is_accessible(desk)


@pytest.mark.parametrize("place", ["puno", "lamas"])
def test_on_a_telephone_two_screens_answer_before_the_chapters(
    browser: Browser, portal: str, place: str
) -> None:
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"/m/{place}/2019-2022/rendicion/2021-I/")
    chapters = page.get_by_role("navigation", name="Capítulos").bounding_box()
    assert chapters
    assert chapters["y"] <= 2 * 740
    context.close()


def _make_files() -> None:
    """Of what was issued here: the simulated reports of the five plans can go on waiting."""
    waiting = RenderedFile.objects.waiting().filter(report__municipality__slug=PLACE)
    for pk in waiting.values_list("pk", flat=True):
        make_file(pk)


def _next_code() -> str:
    """Of the next half minute, taken a little early: the one of now was spent on signing in."""
    return authenticator_code(time.time() + 30)
