"""The officers' door: who passes, and where the others are sent."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts import office_urls
from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from tests.conftest import SignIn
from tests.factories import make_person

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
# session, person, roles with their municipality, second factor, simulated plan, units
UNITS_QUERIES = 6


@pytest.fixture
def units(puno: Municipality) -> str:
    return reverse("office_accounts:units", args=[puno.slug])


@pytest.fixture
def people(puno: Municipality) -> str:
    return reverse("office_accounts:people", args=[puno.slug])


def test_a_stranger_is_asked_to_sign_in_and_learns_nothing(client: Client, units: str) -> None:
    for address in (units, reverse("office_accounts:units", args=["atlantis"])):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next={address}")


def test_what_is_no_address_at_all_leads_to_the_page_that_was_asked_for(
    client: Client, units: str
) -> None:
    answer = client.get(units, headers={"HX-Request": "true", "HX-Current-URL": "http://[::1"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{LOGIN}?next={units}")


def test_who_has_a_role_with_the_permission_passes(
    planner: User, operator: User, units: str, signed_in: SignIn
) -> None:
    for person in (planner, operator):
        assert signed_in(person).get(units).status_code == 200


def test_who_has_a_role_without_the_permission_is_told(
    reporter: User, units: str, signed_in: SignIn
) -> None:
    assert signed_in(reporter).get(units).status_code == 403


def test_who_may_not_pass_can_still_sign_out(reporter: User, units: str, signed_in: SignIn) -> None:
    refused = signed_in(reporter).get(units).content.decode()
    assert f'href="{reverse("account_logout")}"' in refused


def test_to_an_outsider_the_place_does_not_exist(
    outsider: User, units: str, signed_in: SignIn
) -> None:
    assert signed_in(outsider).get(units).status_code == 404


def test_a_place_that_does_not_exist_is_not_found(operator: User, signed_in: SignIn) -> None:
    nowhere = reverse("office_accounts:units", args=["atlantis"])
    assert signed_in(operator).get(nowhere).status_code == 404


def test_a_role_that_ended_opens_nothing(planner: User, units: str, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    planner.memberships.update(ended_on="2020-01-01")
    assert browser.get(units).status_code == 404


def test_a_page_without_a_place_asks_for_a_role_anywhere(signed_in: SignIn) -> None:
    nobody = User.objects.create_user("nobody@puno.pe")
    assert signed_in(nobody).get(reverse("office_accounts:forget")).status_code == 403


def test_a_permission_in_one_place_is_none_in_another(
    planner: User, lamas: Municipality, people: str, signed_in: SignIn
) -> None:
    Membership.objects.create(user=planner, role=Role.ADMINISTRATION, municipality=lamas)
    browser = signed_in(planner)
    assert browser.get(f"{people}invitar/").status_code == 403
    there = reverse("office_accounts:invite", args=[lamas.slug])
    assert browser.get(there).status_code == 200


def test_nothing_is_cached(planner: User, units: str, signed_in: SignIn) -> None:
    for browser in (signed_in(planner), Client()):
        assert browser.get(units)["Cache-Control"] == "private, no-store"


def test_the_second_factor_is_set_up_first_where_the_role_requires_it(
    planner: User, units: str, signed_in: SignIn
) -> None:
    Authenticator.objects.filter(user=planner).delete()
    answer = signed_in(planner).get(units)
    set_up = f"{reverse('mfa_activate_totp')}?next={units}"
    assert (answer.status_code, answer["Location"]) == (302, set_up)


def test_who_only_reports_needs_no_second_factor(reporter: User, signed_in: SignIn) -> None:
    assert not Authenticator.objects.filter(user=reporter).exists()
    answer = signed_in(reporter).get(reverse("office_accounts:forget"))
    assert reverse("mfa_activate_totp") not in answer["Location"]


def test_who_signs_in_on_the_way_to_a_button_is_led_back_to_its_page(
    planner: User, puno: Municipality, signed_in: SignIn, client: Client
) -> None:
    button = reverse("office_accounts:revoke_token", args=[puno.slug, 1])
    assert client.post(button)["Location"] == f"{LOGIN}?next={button}"
    answer = signed_in(planner).get(button)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "No se hizo nada" in page
    assert f'href="{reverse("office_accounts:tokens", args=[puno.slug])}"' in page


def test_the_door_asks_three_questions(
    planner: User,
    units: str,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(planner)
    with django_assert_num_queries(UNITS_QUERIES):
        browser.get(units)


def test_the_rooms_are_those_that_one_may_enter(
    planner: User, puno: Municipality, units: str, people: str, signed_in: SignIn
) -> None:
    administrator = make_person("admin@puno.pe", Role.ADMINISTRATION, puno)
    for person in (planner, administrator):
        page = signed_in(person).get(units).content.decode()
        assert f'<a href="{people}">Personas</a>' in page
        assert f'<a href="{units}" aria-current="page">Unidades</a>' in page
        assert str(puno) in page
    assert "Administración municipal" in page


def test_a_permission_is_declared_by_every_page() -> None:
    pages: list[Any] = [each.callback for each in office_urls.urlpatterns]
    assert {page.permission for page in pages} == {
        "office.enter",
        "people.view",
        "people.edit",
        "directory.view",
        "directory.edit",
        "report.edit",
        "municipality.edit",
    }
