"""A passkey, from the account's page to the next sign-in, with the browser's own device."""

import re
from collections.abc import Iterator

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import PASSWORD, authenticator_code, make_person

pytestmark = pytest.mark.django_db
PLANNER = "planificacion@amantani.example"


@pytest.fixture(scope="module")
def at_work(portal: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Somebody who has codes already."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        make_person(PLANNER, Role.PLANNING, Municipality.objects.get(slug="amantani-puno"))
        connection.close()


@pytest.fixture
def phone(browser: Browser, portal: str, at_work: None) -> Iterator[Page]:
    """A telephone that can hold a passkey."""
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def by_password(page: Page) -> None:
    page.goto("/cuenta/ingresar/?next=/cuenta/segundo-factor/")
    page.get_by_label("Correo").fill(PLANNER)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()


def test_it_is_added_used_and_taken_away(phone: Page) -> None:
    by_password(phone)
    phone.get_by_label("Código").fill(authenticator_code())
    phone.get_by_role("button", name="Ingresar", exact=True).click()
    phone.get_by_role("link", name="Agregar una llave de acceso").click()
    assert_it_fits(phone)
    assert_it_is_accessible(phone)
    phone.get_by_label("Cómo la llama usted").fill("mi teléfono")
    phone.get_by_role("button", name="Crear la llave").click()
    expect(phone.get_by_text("Se agregó su llave de acceso.")).to_be_visible()
    phone.goto("/cuenta/salir/")
    phone.get_by_role("button", name="Salir").click()
    by_password(phone)
    assert_it_fits(phone)
    assert_it_is_accessible(phone)
    phone.get_by_role("button", name="Usar mi llave").click()
    expect(phone).to_have_url(re.compile("/cuenta/segundo-factor/$"))
    phone.get_by_role("link", name="Quitar mi teléfono").click()
    phone.get_by_role("button", name="Quitar la llave").click()
    expect(phone.get_by_text("La llave de acceso se quitó.")).to_be_visible()
    expect(phone.get_by_role("link", name="Quitar mi teléfono")).to_have_count(0)
