"""The page of who governed a municipality, with dates and sources."""

import pytest
from django.test import Client

from accounts.models import Authority, Municipality
from tests.accounts.invited import place

pytestmark = pytest.mark.django_db
MAYOR = {
    "name": "Persona de Prueba",
    "office": "Alcaldesa",
    "since": "2019-01-01",
    "until": "",
    "source": "Credencial de prueba",
}


def make_authority(municipality: Municipality) -> Authority:
    known = {name: value for name, value in MAYOR.items() if value}
    return Authority.objects.create(municipality=municipality, **known)


def test_an_authority_is_added_with_its_source(browser: Client, puno: Municipality) -> None:
    page = browser.post(place("add_authority", puno), MAYOR, follow=True).content.decode()
    for said in ("Persona de Prueba", "1 de enero de 2019", "Credencial de prueba"):
        assert said in page
    assert Authority.objects.get().municipality == puno
    assert Municipality.objects.get(pk=puno.pk).revision == puno.revision + 1


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"source": " "}, "source"),
        ({"since": ""}, "since"),
        ({"since": "2019-02-30"}, "since"),
        ({"until": "2018-12-31"}, "no puede ser anterior"),
        ({"since": "0019-01-01"}, "Revise el año"),
        ({"since": "2109-01-01"}, "Revise el año"),
        ({"until": "2222-12-31"}, "Revise el año"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    browser: Client, puno: Municipality, typed: dict[str, str], reason: str
) -> None:
    answer = browser.post(place("add_authority", puno), MAYOR | typed)
    assert reason in str(answer.context["form"].errors)
    assert 'value="Persona de Prueba"' in answer.content.decode()
    assert not Authority.objects.exists()


def test_a_second_tap_adds_nobody_twice(browser: Client, puno: Municipality) -> None:
    """Nobody is ever taken from the list, which everybody reads."""
    browser.post(place("add_authority", puno), MAYOR)
    answer = browser.post(place("add_authority", puno), MAYOR)
    assert answer.status_code == 422
    assert "ya está, con ese cargo" in str(answer.context["form"].errors["name"])
    assert Authority.objects.count() == 1


def test_who_leaves_office_gets_a_date(browser: Client, puno: Municipality) -> None:
    known = make_authority(puno)
    browser.post(place("authority", puno, known.pk), MAYOR | {"until": "31/12/2020"})
    page = browser.get(place("authorities", puno)).content.decode()
    assert "hasta el 31 de diciembre de 2020" in page


def test_an_authority_of_another_place_is_not_found(
    browser: Client, puno: Municipality, lamas: Municipality
) -> None:
    known = make_authority(lamas)
    page = place("authority", puno, known.pk)
    assert browser.get(page).status_code == 404
    assert browser.post(page, MAYOR | {"name": "Otra"}).status_code == 404
    assert known.name not in browser.get(place("authorities", puno)).content.decode()
    assert Authority.objects.get().name == "Persona de Prueba"
