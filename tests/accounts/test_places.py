"""A municipality is found by its codes, its address, or the names that people and files give."""

import pytest

from accounts.models import Municipality
from accounts.services.places import Gazetteer
from tests.factories import make_municipality


@pytest.fixture
def places(db: None) -> dict[str, Municipality]:
    def district(name: str, inei: str, province: str) -> Municipality:
        return make_municipality(
            name,
            inei,
            kind="distrital",
            capital="",
            province=province,
            region="Puno",
            slug=f"d-{inei}",
        )

    return {
        "puno": make_municipality(
            "Puno", "210101", capital="Puno", province="Puno", region="Puno", slug="puno"
        ),
        "coata": district("Coata", "210105", "Puno"),
        "one": district("Santa Rosa", "210804", "Melgar"),
        "other": district("Santa Rosa", "211304", "El Collao"),
    }


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("210101", "puno"),
        ("puno", "puno"),
        ("PUNO / PUNO / PUNO", "puno"),
        ("Municipalidad Provincial de Puno", "puno"),
        ("Coata", "coata"),
        ("PUNO / PUNO / COATA", "coata"),
        ("Coata, Puno, Puno", "coata"),
        ("Distrito de Coata - Provincia de Puno", "coata"),
        ("Melgar / SANTA ROSA", "one"),
        ("Puno / El Collao / Santa  Rosa", "other"),
    ],
)
def test_a_place_is_found_by_what_it_is_called(
    places: dict[str, Municipality], words: str, name: str
) -> None:
    assert Gazetteer().called(words) == places[name]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Otra", "No hay municipalidad «Otra»."),
        ("", "No dice de qué municipalidad es."),
        ("Cusco / Coata", "No hay municipalidad «Cusco / Coata»."),
        ("Santa Rosa", "Santa Rosa, El Collao (211304)"),
    ],
)
def test_none_or_several_is_said(places: dict[str, Municipality], words: str, reason: str) -> None:
    with pytest.raises(LookupError) as missed:
        Gazetteer().called(words)
    assert reason in str(missed.value)
