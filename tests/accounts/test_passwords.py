"""Passwords that whoever knows the place would try first are refused, and others are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from accounts.passwords.common import common_words
from accounts.services.people import add_person
from tests.conftest import SignIn
from tests.factories import PASSWORD

COMMON = "Son palabras que cualquiera probaría"


def refusal(password: str, person: User | None = None) -> str:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, person)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        "contraseña2024",
        "Contraseña.Segura.1",
        "AlianzaLima1901",
        "TeAmoMucho123!",
        "Bienvenido2026.",
        "municipalidad-2026",
        "c0ntr4s3ñ4$$$$",
        "holaholahola",
        "qwertyuiop123",
        "LunesMartesMiércoles",
        "arequipa-2026-obras",
    ],
)
def test_a_few_known_words_with_figures_are_common(password: str) -> None:
    assert COMMON in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "algo-bien-largo",
        "tornillo ámbar ferry ladrillo",
        "cuatro lunas de marzo azul",
        "9fK2-qLm7-xXp0",
        "amor rosa luna perro",  # four at random may be of the list
        "x" * 60 + " " + "y" * 90,
    ],
)
def test_others_are_taken(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "name"),
    [
        ("tornillo-vigia-ambar", "Vigía"),
        ("TornilloV1gí@ambar", "Vigía"),
        ("tornillo-ambar-Puno", "Puno"),
        ("punotornilloambar", "Puno"),
        ("tornillo-obras-ambar", "Gerencia de Obras"),
        ("gerenciadeobras-7-x", "Gerencia de Obras"),
    ],
)
def test_the_portal_the_municipality_and_the_office_are_not_named(
    reporter: User, password: str, name: str
) -> None:
    assert f"Lleva «{name}»" in refusal(password, reporter)


@pytest.mark.django_db
def test_an_office_elsewhere_may_be(outsider: User) -> None:
    validate_password("tornillo-obras-ambar", outsider)
    validate_password("tornillo-gerencia-ambar", outsider)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["tornillo-puno-ambar", "tornillo-obras-ambar"])
def test_nor_by_whoever_is_only_joining(puno: Municipality, puno_unit: Unit, password: str) -> None:
    with pytest.raises(ValidationError, match="que cualquiera probaría"):
        add_person(
            "nueva@puno.pe", Role.REPORTER, municipality=puno, unit=puno_unit, password=password
        )
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_is_told_beside_the_field(reporter: User, signed_in: SignIn) -> None:
    sent = {"oldpassword": PASSWORD, "password1": "tornillo-puno-ambar"}
    sent["password2"] = sent["password1"]
    page = signed_in(reporter).post("/cuenta/clave/cambiar/", sent)
    assert "Lleva «Puno»" in str(page.context["form"].errors["password1"])


def test_the_list_is_written_as_it_is_compared() -> None:
    words = common_words()
    assert len(words) > 200
    assert all(word.isascii() and word.isalpha() and word == word.lower() for word in words)
