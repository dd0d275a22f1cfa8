"""Find a place whose name slipped from somebody's hand."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.conftest import MakeOnce


@pytest.fixture(scope="module")
def loaded_once(make_once: MakeOnce) -> None:
    make_once(lambda: call_command("load_municipalities", verbosity=0))


@pytest.fixture
def country(loaded_once: None, db: None) -> None:
    """Every municipality of Peru."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hunacane", "huancane"),
        ("Otusco", "otuzco"),
        ("arekipa", "arequipa"),
        ("guancayo", "huancayo"),
        ("distrito de mañaso", "manazo"),
        ("san jaun de lurigncho", "san-juan-de-lurigancho-lima"),
        ("hunacane, puno", "huancane"),
    ],
)
def test_a_slip_of_the_hand_is_offered_the_nearest_place(
    client: Client, country: None, typed: str, meant: str
) -> None:
    for address in ("/municipios/", "/buscar/"):
        page = client.get(address, {"q": typed}).content.decode()
        assert re.search(rf'(¿Quiso decir\?|Se parece a) [^\n]*<a href="/m/{meant}[^"]*/"', page)


def test_what_is_like_no_place_is_offered_none(client: Client, country: None) -> None:
    for address in ("/municipios/", "/buscar/"):
        page = client.get(address, {"q": "xyzxyz"}).content.decode()
        assert "¿Quiso decir?" not in page
        assert "Se parece a" not in page


def test_where_a_municipality_is_meant_its_province_is_left_out(
    client: Client, country: None
) -> None:
    page = client.get("/municipios/?q=hunacane").content.decode()
    offered = page.partition("¿Quiso decir?")[2].partition("</p>")[0]
    assert "Provincial de Huancané" in offered
    assert "Cojata" not in offered
