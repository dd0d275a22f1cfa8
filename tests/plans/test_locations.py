"""Where a promise is carried out, as people write it."""

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from accounts.choices import MunicipalityKind
from accounts.models import Municipality
from plans.locations import Said, is_in, kept, merged, read, said_in, written
from tests.factories import make_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(puno: Municipality) -> Municipality:
    """Puno, with the districts of Acora and Coata beside that of its capital."""
    make_district(puno, "Coata", "210107")
    make_district(puno, "Acora", "210102")
    return puno


COATA = {"district": "210107", "district_name": "Coata"}
SPOT = {"name": "Sucasco", "latitude": None, "longitude": None}
POINT = {"latitude": "-15.57000", "longitude": "-69.95000"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coata", {**COATA, "name": "", "latitude": None, "longitude": None}),
        ("  distrito  de COATA ", {**COATA, "name": "", "latitude": None, "longitude": None}),
        ("coata: Sucasco", {**COATA, **SPOT}),
        ("Coata: Sucasco, -15.57, -69.95", {**COATA, **SPOT, **POINT}),
        ("Coata: Sucasco (−15.57 −69.95)", {**COATA, **SPOT, **POINT}),
        ("Coata, -15.57, -69.95", {**COATA, "name": "", **POINT}),
        ("Coata: Sucasco https://www.google.com/maps?q=-15.57,-69.95", {**COATA, **SPOT, **POINT}),
        (
            "Coata: Sucasco https://www.google.com/maps/place/X/@-15.6,-69.9,17z/data=!3d-15.57!4d-69.95",
            {**COATA, **SPOT, **POINT},
        ),
        (
            "Coata: Sucasco, https://www.openstreetmap.org/#map=15/-15.57/-69.95",
            {**COATA, **SPOT, **POINT},
        ),
        ("Coata: Sucasco geo:-15.57,-69.95", {**COATA, **SPOT, **POINT}),
        ("Coata: I.E. N° 70025: aulas", {**COATA, **SPOT, "name": "I.E. N° 70025: aulas"}),
        ("Coata: Jr. 2 de Mayo 1,500", {**COATA, **SPOT, "name": "Jr. 2 de Mayo 1,500"}),
    ],
)
def test_a_location_is_read_as_people_write_it(
    text: str, expected: dict[str, str], province: Municipality
) -> None:
    assert read(text, province) == [expected]
    assert read(written([expected]), province) == [expected]


def test_several_stand_in_lines_or_between_semicolons_and_none_is_none(
    province: Municipality,
) -> None:
    found = read("Toda la provincia\nAcora; Coata: Sucasco\n\n", province)
    assert written(found) == "Toda la provincia; Acora; Coata: Sucasco"
    assert [said_in(each) for each in found] == [
        "toda la provincia",
        "distrito de Acora",
        "Sucasco (Coata)",
    ]
    assert read(" \n ; ", province) == []


def test_in_a_district_a_name_alone_lies_in_it(province: Municipality) -> None:
    coata = Municipality.objects.get(inei="210107")
    assert read("Sucasco; todo el distrito", coata) == [
        {**COATA, **SPOT},
        {**COATA, "name": "", "latitude": None, "longitude": None},
    ]


def test_the_districts_of_a_province_are_asked_once(
    province: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        read("Acora", province)
        read("Coata", province)
    assert [each.name for each in province.districts] == ["Acora", "Coata", "Puno"]


def test_a_provinces_district_is_that_of_its_capital_and_no_other_provinces(
    province: Municipality,
) -> None:
    province.capital = "Santa Ana, Quillabamba"
    province.save()
    other = {"kind": MunicipalityKind.PROVINCIAL, "province": "Lampa", "region": "Puno"}
    Municipality.objects.create(name="Lampa", inei="210701", slug="lampa", **other)
    assert [each.name for each in province.districts] == ["Acora", "Coata", "Santa Ana"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Cotaa", "«Cotaa» no es uno de sus distritos."),
        ("Lampa: Centro", "«Lampa» no es uno de sus distritos."),
        ("-15.57, -69.95", "Escriba antes del punto en qué distrito está"),
        ("Coata: Sucasco, -69.95, -15.57", "al revés: escriba -15.57, -69.95."),
        ("Coata: Sucasco, 15.57, 69.95", "las dos cifras son negativas: escriba -15.57, -69.95."),
        ("Coata: Sucasco, 40.41, -3.70", "Ese punto no está en el Perú: 40.41, -3.70."),
        ("Coata: Sucasco, -15,57, -69,95", "con punto decimal: -15.84, -70.02"),
        ("Coata: 15°50'24\"S 70°01'12\"O", "con punto decimal: -15.84, -70.02"),
        ("Coata: https://maps.app.goo.gl/AbC", "Ese enlace no dice las coordenadas"),
        ("Coata: " + "a" * 4000, "hasta 120 letras y «aaaaa"),
        ("Coata: Su\u202ecasco", "Tiene un carácter que no se ve: U+202E."),
        ("Coata: Su\x00casco", "Tiene un carácter que no se ve: U+0000."),
        ("Coata: Sucasco; coata:  Sucasco", "«Coata: Sucasco» está dos veces: deje una."),
        ("\n".join(f"Coata: lugar {n}" for n in range(500)), "Son 500 lugares y caben 40"),
    ],
)
def test_what_is_no_location_is_refused_in_a_sentence(
    text: str, sentence: str, province: Municipality
) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(text, province)
    (message,) = refusal.value.messages
    assert sentence in message


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said("220501", "Lamas"), "«220501» no es uno de sus distritos."),
        (Said("", "Sucasco"), "Diga en qué distrito está «Sucasco»."),
        (Said("210107", "Sucasco; Coata"), "no lleva «;»"),
        (Said("210107", "Sucasco", "-15.57"), "Un punto lleva latitud y longitud."),
    ],
)
def test_what_a_system_says_is_held_to_the_same(
    said: Said, sentence: str, province: Municipality
) -> None:
    with pytest.raises(ValidationError) as refusal:
        kept([said], province)
    assert sentence in refusal.value.messages[0]


def test_what_concerns_a_district_is_in_it_or_in_all(province: Municipality) -> None:
    everywhere, acora, sucasco = (
        read(text, province) for text in ("Toda la provincia", "Acora", "Coata: Sucasco")
    )
    assert [is_in(each, "210107") for each in (everywhere, acora, sucasco, [])] == [
        True,
        False,
        True,
        False,
    ]


def test_a_place_that_is_said_again_is_told_once(province: Municipality) -> None:
    plan, report = read("Coata: Sucasco", province), read("Acora; Coata: SUCASCO", province)
    assert written(merged([plan, report])) == "Coata: Sucasco; Acora"
