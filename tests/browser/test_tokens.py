"""Somebody gives their system a token, and takes it back."""

import re

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Unit
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db  # else no test database is made


OFFICER = "sistemas@puno.example"
TAPPED_TWICE = """() => {
  const form = document.querySelector("form");
  const tap = () => !form.dispatchEvent(new SubmitEvent("submit", {bubbles: true, cancelable: true,
    submitter: form.querySelector("button")}));
  return [tap(), tap()];
}"""
"""Of each of two taps on a button, whether it is kept from being sent."""


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        unit = Unit.objects.select_related("municipality").filter(municipality__slug="puno")[0]
        make_person(OFFICER, Role.REPORTER, unit.municipality, unit)
        connection.close()


def test_it_is_made_copied_and_revoked(page: Page, at_work: None, width: int) -> None:
    page.goto("/gestion/claves/puno/")
    page.get_by_label("Correo").fill(OFFICER)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    expect(page.get_by_text("Ningún sistema tiene una clave.")).to_be_visible()

    page.get_by_role("link", name="Crear una clave").click()
    expect(page.get_by_label("Sistema que la usará")).to_be_visible()
    assert_it_fits(page)
    assert_it_is_accessible(page)
    page.get_by_label("Sistema que la usará").fill(f"Sistema de obras {width}")
    page.get_by_label("Qué puede hacer").select_option("Leer, escribir y enviar a revisión")
    page.get_by_role("button", name="Crear la clave").click()

    expect(page.get_by_role("heading", name="Copie la clave ahora")).to_be_visible()
    assert_it_fits(page)
    assert_it_is_accessible(page)
    text = page.locator(".secret").inner_text()
    assert re.fullmatch(r"vigia_[\w-]{43}", text)
    asked = page.request.get("/api/v1/worklist/", headers={"Authorization": f"Bearer {text}"})
    assert asked.status == 200

    page.get_by_role("link", name="Ya la copié").click()
    expect(page.get_by_text(f"Termina en {text[-4:]}")).to_be_visible()
    page.get_by_role("button", name="Anular").click()
    expect(page.get_by_text(f"Se anuló la clave «Sistema de obras {width}»")).to_be_visible()
    asked = page.request.get("/api/v1/worklist/", headers={"Authorization": f"Bearer {text}"})
    assert asked.status == 401


def test_a_second_tap_is_not_sent(page: Page, at_work: None) -> None:
    page.goto("/gestion/claves/puno/")
    page.get_by_label("Correo").fill(OFFICER)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    expect(page.get_by_role("link", name="Crear una clave")).to_be_visible()
    assert page.evaluate(TAPPED_TWICE) == [False, True]
