"""Every page of the officers, at both widths: it fits, it is accessible, it does not complain."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role, TokenScope
from accounts.models import Membership, Municipality
from accounts.services.tokens import make_token
from tests.browser.checks import (
    assert_it_fits,
    assert_it_fits_however_it_is_read,
    assert_it_is_accessible,
)
from tests.browser.pages import OFFICE_PAGES, OPERATOR_PAGES
from tests.browser.signed_in import session_of, sign_in
from tests.factories import make_person

pytestmark = pytest.mark.django_db  # else no test database is made


@pytest.fixture(scope="module")
def session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Of somebody who plans in Puno and Lamas, and keeps the accounts of Puno."""
    with django_db_blocker.unblock():
        puno, lamas = (Municipality.objects.get(slug=slug) for slug in ("puno", "lamas"))
        person = make_person("todo@puno.example", Role.PLANNING, puno)
        Membership.objects.create(user=person, role=Role.PLANNING, municipality=lamas)
        Membership.objects.create(user=person, role=Role.ADMINISTRATION, municipality=puno)
        lasts = dt.timedelta(days=30)
        make_token(person, puno, "Sistema de obras", TokenScope.WRITE, lasts=lasts)
        return session_of(person)


@pytest.fixture(scope="module")
def operator_session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        return session_of(make_person("operacion@portal.example", Role.OPERATOR))


@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_it_fits_and_axe_finds_no_violation(
    next_page: Page, portal: str, session: str, address: str
) -> None:
    look_at(next_page, portal, session, address)


@pytest.mark.parametrize("address", OPERATOR_PAGES)
def test_nor_on_what_the_operator_alone_sees(
    next_page: Page, portal: str, operator_session: str, address: str
) -> None:
    look_at(next_page, portal, operator_session, address)


def test_where_a_fault_leads_one_sees_of_what_it_is(
    plain_page: Page, portal: str, session: str
) -> None:
    """Its field's label and sentence stand above the field, which the link leads to."""
    sign_in(plain_page.context, portal, session)
    plain_page.set_viewport_size({"width": 360, "height": 400})
    plain_page.goto("/gestion/autoridades/puno/nueva/")
    plain_page.get_by_role("button", name="Guardar la autoridad").click()
    plain_page.locator(".error-summary a").last.click()
    expect(plain_page.locator("label[for=id_source]")).to_be_in_viewport(ratio=1)


def look_at(page: Page, portal: str, session: str, address: str) -> None:
    sign_in(page.context, portal, session)
    answer = page.goto(address)
    assert answer
    assert (answer.status, page.url) == (200, f"{portal}{address}")
    assert_it_fits(page)
    assert_it_is_accessible(page)
    assert_it_fits_however_it_is_read(page)
