"""What a field takes is said beside it, and what it does not take is refused there, by us."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Municipality, Unit, User
from tests.conftest import SignIn

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.fixture
def desk(signed_in: SignIn, planner: User) -> Client:
    return signed_in(planner)


def test_no_browser_refuses_in_its_own_language_nor_cuts_without_a_word() -> None:
    written = "".join(path.read_text() for path in TEMPLATES)
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', written)
    assert [form for form in forms if "novalidate" not in form] == []
    tags = re.findall(r"<(?:input|textarea|select)[^>]*>", written)
    assert [tag for tag in tags if re.search(r"\s(?:maxlength=|required\b)", tag)] == []


@pytest.mark.django_db
def test_a_short_text_is_counted_too(desk: Client, puno: Municipality) -> None:
    address = reverse("office_accounts:add_unit", args=[puno.slug])
    page = desk.get(address).content.decode()
    assert 'data-most="150"' in page
    assert "maxlength" not in page
    name = "Gerencia de " + "Obras" * 30
    page = desk.post(address, {"name": name, "acronym": ""}).content.decode()
    assert "Caben 150 letras y escribió 162: acórtelo." in page
    assert 'Hasta 150 letras; lleva <span data-counts="id_name">162</span>' in page
    assert f'value="{name}"' in page


@pytest.mark.django_db
def test_what_a_rule_of_the_row_refuses_stands_at_its_field(
    desk: Client, puno: Municipality, puno_unit: Unit
) -> None:
    address = reverse("office_accounts:add_unit", args=[puno.slug])
    answer = desk.post(address, {"name": puno_unit.name, "acronym": ""})
    assert answer.context["form"].errors == {
        "name": ["Esta municipalidad ya tiene una unidad con ese nombre."]
    }
    address = reverse("office_accounts:add_authority", args=[puno.slug])
    typed = {"name": "Ana Mamani", "office": "Alcaldesa", "source": "Acta"}
    answer = desk.post(address, typed | {"since": "2019-01-01", "until": "2018-01-01"})
    assert answer.context["form"].errors == {"until": ["«Hasta» no puede ser anterior a «desde»."]}
