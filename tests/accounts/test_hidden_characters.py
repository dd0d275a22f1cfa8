"""What nobody can see is taken out of a text at every door, or refused there by its code."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.hidden_characters import HIDDEN, hidden_in
from accounts.models import Municipality, Unit, User
from accounts.services.invitations import invite
from accounts.services.municipalities import ListRefused, load_municipalities
from accounts.services.people import add_person
from tests.accounts.invited import FORM, link_of
from tests.accounts.test_load_municipalities import COATA, csv_of
from tests.conftest import SignIn
from tests.letters import letters

pytestmark = pytest.mark.django_db
TURNED = "Obras \u202e05 ed 001\x1f"
SEEN = "Obras 05 ed 001"
TOLD = "se quitaron signos que no se ven (U+001F, U+202E)"


@pytest.mark.parametrize("sign", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2069")
def test_whatever_turns_a_text_around_is_hidden(sign: str) -> None:
    assert HIDDEN.fullmatch(sign)


@pytest.mark.parametrize(
    "empty",
    [
        "\u200d",
        "\ufe0f\u200d",
        " \u200c",
        "\u3164",
        "\u2800",
        "\u034f",
        "\u200b\u200d",
        "\U000e0041",
    ],
)
def test_what_looks_empty_is_empty(empty: str) -> None:
    assert not HIDDEN.sub("", empty).strip()
    assert hidden_in(empty).startswith("U+")


def test_words_lines_tabs_and_emoji_are_text() -> None:
    assert not HIDDEN.search("Ñandú:\t«1,234.5 m²»\n👩\u200d🌾 ❤\ufe0f\u200d🔥 قرية")


def test_a_name_that_looks_empty_is_none(
    signed_in: SignIn, planner: User, puno: Municipality
) -> None:
    address = reverse("office_accounts:add_unit", args=[puno.slug])
    answer = signed_in(planner).post(address, {"name": "\u200d\u200d\u3164", "acronym": ""})
    assert answer.status_code == 422
    assert "U+200D, U+3164" in answer.content.decode()


def test_the_officers_pages_keep_what_is_seen_and_say_what_went(
    signed_in: SignIn, planner: User, puno: Municipality
) -> None:
    address = reverse("office_accounts:add_unit", args=[puno.slug])
    page = signed_in(planner).post(address, {"name": TURNED, "acronym": "S\x0cP"}, follow=True)
    assert TOLD in page.content.decode()
    assert Unit.objects.values_list("name", "acronym").get() == (SEEN, "S\nP")


def test_a_line_end_by_another_name_ends_a_line_and_is_not_worth_a_word(
    signed_in: SignIn, planner: User, puno: Municipality
) -> None:
    """U+000B is a word processor's."""
    address = reverse("office_accounts:add_authority", args=[puno.slug])
    typed = {"name": "Ana Mamani", "office": "Alcaldesa", "since": "2019-01-01"}
    typed["source"] = "Acta de proclamación\x0bdel 7 de noviembre"
    page = signed_in(planner).post(address, typed, follow=True).content.decode()
    assert "signos que no se ven" not in page
    assert puno.authorities.get().source == "Acta de proclamación\ndel 7 de noviembre"


def test_the_admin_site_keeps_what_is_seen(
    signed_in: SignIn, operator: User, puno: Municipality
) -> None:
    address = reverse("admin:accounts_user_add")
    typed = {"email": "ana@puno.pe", "name": TURNED}
    for part in ("memberships",):
        typed |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
    page = signed_in(operator).post(address, typed, follow=True)
    assert TOLD in page.content.decode()
    assert User.objects.get(email="ana@puno.pe").name == SEEN


def test_an_invitation_keeps_of_a_name_what_is_seen(puno: Municipality, planner: User) -> None:
    invite("ana@puno.pe", Role.ADMINISTRATION, by=planner, municipality=puno)
    Client().post(link_of(letters()[-1]), FORM | {"name": TURNED})
    assert User.objects.get(email="ana@puno.pe").name == SEEN


def test_a_name_on_the_command_line_is_refused_by_the_code(puno: Municipality) -> None:
    with pytest.raises(ValidationError, match=r"no se ve: U\+202E"):
        add_person("ana@puno.pe", Role.PLANNING, municipality=puno, name=TURNED)


def test_the_list_of_municipalities_is_refused_by_line_and_code(tmp_path: Path) -> None:
    path = csv_of(tmp_path, COATA, COATA.replace("Coata", "Co\u202eata"))
    with pytest.raises(ListRefused, match=r"línea 3 .* no se ve: U\+202E"):
        load_municipalities(path)
