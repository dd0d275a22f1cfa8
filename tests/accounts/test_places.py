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


@pytest.fixture
def namesakes(db: None) -> dict[str, Municipality]:
    """A province with a district that is called as it, and whose capital is another."""

    def place(name: str, inei: str, kind: str, capital: str, province: str) -> Municipality:
        return make_municipality(
            name,
            inei,
            kind=kind,
            capital=capital,
            province=province,
            region="Áncash",
            slug=f"m-{inei}",
        )

    return {
        "province": place("Huaylas", "021201", "provincial", "Caraz, Ciudad de Caraz", "Huaylas"),
        "district": place("Huaylas", "021204", "distrital", "", "Huaylas"),
        "elsewhere": place("Bolognesi", "021502", "distrital", "", "Pallasca"),
        "bolognesi": place("Bolognesi", "020501", "provincial", "Chiquián", "Bolognesi"),
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
        ("Santa Rosa", "Santa Rosa, El Collao, Puno (211304, d-211304)"),
    ],
)
def test_none_or_several_is_said(places: dict[str, Municipality], words: str, reason: str) -> None:
    with pytest.raises(LookupError) as missed:
        Gazetteer().called(words)
    assert reason in str(missed.value)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Áncash / Huaylas / Huaylas", "district"),
        ("Huaylas, Huaylas, Áncash", "district"),
        ("Áncash / Huaylas / Caraz", "province"),
        ("Ciudad de Caraz, Huaylas", "province"),
        ("Áncash / provincia de Huaylas", "province"),
        ("Provincia de Huaylas", "province"),
        ("Distrito de Huaylas", "district"),
        ("Distrito de Huaylas - Provincia de Huaylas", "district"),
        ("Municipalidad Provincial de Huaylas", "province"),
        ("MUNICIPALIDAD DISTRITAL DE HUAYLAS", "district"),
        ("Municipalidad Provincial de Huaylas, Huaylas, Áncash", "province"),
        ("Municipalidad Distrital de Caraz", "province"),
        ("Áncash / Bolognesi / Bolognesi", "bolognesi"),
        ("Pallasca / Bolognesi", "elsewhere"),
        ("Áncash, Municipalidad Distrital de Bolognesi", "elsewhere"),
    ],
)
def test_a_district_called_as_its_province_is_told_apart_by_levels_and_kinds(
    namesakes: dict[str, Municipality], words: str, name: str
) -> None:
    assert Gazetteer().called(words) == namesakes[name]


@pytest.mark.parametrize("words", ["Huaylas", "Áncash / Huaylas", "Municipalidad de Huaylas"])
def test_who_may_be_meant_is_named_with_code_and_address(
    namesakes: dict[str, Municipality], words: str
) -> None:
    with pytest.raises(LookupError) as missed:
        Gazetteer().called(words)
    assert str(missed.value) == (
        f"«{words}» puede ser: Municipalidad Provincial de Huaylas, Áncash (021201, m-021201); "
        "Municipalidad Distrital de Huaylas, Huaylas, Áncash (021204, m-021204). "
        "Diga el código o la dirección de la suya."
    )
