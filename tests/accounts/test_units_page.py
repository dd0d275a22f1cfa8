"""The page of a municipality's units."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.services.directory import save_part
from tests.accounts.invited import place
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db
UNITS_QUERIES = 6  # the door's three, whether it is a demonstration, units, notices


def written(unit: Unit, **fields: str) -> dict[str, str]:
    return {"name": unit.name, "acronym": unit.acronym, "closed_on": "", **fields}


def test_each_unit_says_how_many_people_it_has(
    browser: Client, puno: Municipality, puno_unit: Unit, lamas_unit: Unit, reporter: User
) -> None:
    gone = make_person("gone@puno.pe", Role.REPORTER, puno, puno_unit)
    gone.memberships.update(ended_on="2020-01-01")
    closed = make_unit(puno, "Área técnica", closed_on="2019-01-01")
    empty = make_unit(puno, "Zonal Sur")
    units = browser.get(place("units", puno)).context["units"]
    assert [(each, each.people) for each in units] == [(puno_unit, 1), (empty, 0), (closed, 0)]


def test_of_two_taps_at_once_the_second_is_told(puno: Municipality, puno_unit: Unit) -> None:
    """Each found nothing of the other when its form was looked at."""
    with pytest.raises(ValidationError, match="ya tiene una unidad con ese nombre"):
        save_part(Unit(municipality=puno, name=puno_unit.name))


def test_a_list_asks_the_same_whatever_its_length(
    browser: Client, puno: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(UNITS_QUERIES):
        browser.get(place("units", puno))
    for number in range(3):
        make_unit(puno, f"Gerencia {number}")
    with django_assert_num_queries(UNITS_QUERIES):
        browser.get(place("units", puno))


def test_a_unit_is_added_and_the_public_pages_learn_of_it(
    browser: Client, puno: Municipality
) -> None:
    sent = {"name": " Gerencia de Obras ", "acronym": "GO", "closed_on": "2019-01-01"}
    page = browser.post(place("add_unit", puno), sent, follow=True).content.decode()
    assert "Se guardó: Gerencia de Obras." in page
    unit = Unit.objects.get()
    assert (unit.municipality, unit.name, unit.closed_on) == (puno, "Gerencia de Obras", None)
    assert Municipality.objects.get(pk=puno.pk).revision == puno.revision + 1


def test_the_same_name_twice_is_told(browser: Client, puno: Municipality, puno_unit: Unit) -> None:
    answer = browser.post(place("add_unit", puno), {"name": puno_unit.name})
    assert "ya tiene una unidad con ese nombre" in str(answer.context["form"].errors)
    other = make_unit(puno, "Zonal Sur")
    answer = browser.post(place("unit", puno, other.pk), written(other, name=puno_unit.name))
    assert "ya tiene una unidad con ese nombre" in str(answer.context["form"].errors)


def test_a_unit_is_renamed(browser: Client, puno: Municipality, puno_unit: Unit) -> None:
    browser.post(place("unit", puno, puno_unit.pk), written(puno_unit, name="Gerencia de Vías"))
    puno_unit.refresh_from_db()
    assert puno_unit.name == "Gerencia de Vías"


def test_a_unit_that_is_no_more_is_closed_and_can_be_opened_again(
    browser: Client, puno: Municipality, puno_unit: Unit
) -> None:
    page = place("unit", puno, puno_unit.pk)
    browser.post(page, written(puno_unit, closed_on="31/12/2020"))
    puno_unit.refresh_from_db()
    assert puno_unit.closed_on == dt.date(2020, 12, 31)
    assert 'value="2020-12-31"' in browser.get(page).content.decode()
    browser.post(page, written(puno_unit))
    puno_unit.refresh_from_db()
    assert puno_unit.closed_on is None


def test_a_year_that_was_mistyped_closes_nothing(
    browser: Client, puno: Municipality, puno_unit: Unit
) -> None:
    page = place("unit", puno, puno_unit.pk)
    answer = browser.post(page, written(puno_unit, closed_on="0020-12-31"))
    assert answer.context["form"].errors["closed_on"] == ["Revise el año."]


def test_a_unit_closes_when_nobody_reports_for_it(
    browser: Client, puno: Municipality, puno_unit: Unit, reporter: User
) -> None:
    page = place("unit", puno, puno_unit.pk)
    closed = written(puno_unit, closed_on="2020-12-31")
    answer = browser.post(page, closed)
    assert "Todavía hay personas que informan" in str(answer.context["form"].errors)
    assert 'value="2020-12-31"' in answer.content.decode()
    assert Unit.objects.get().closed_on is None
    Membership.objects.filter(user=reporter).update(ended_on="2020-12-31")
    assert browser.post(page, closed).status_code == 302


def test_a_unit_does_not_close_tomorrow(
    browser: Client, puno: Municipality, puno_unit: Unit
) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = browser.post(
        place("unit", puno, puno_unit.pk), written(puno_unit, closed_on=str(tomorrow))
    )
    assert list(answer.context["form"].errors) == ["closed_on"]


def test_a_unit_of_another_place_is_not_found(
    browser: Client, puno: Municipality, lamas_unit: Unit
) -> None:
    page = place("unit", puno, lamas_unit.pk)
    assert browser.get(page).status_code == 404
    assert browser.post(page, written(lamas_unit, name="Otra")).status_code == 404
    lamas_unit.refresh_from_db()
    assert lamas_unit.name == "Gerencia de Obras"
