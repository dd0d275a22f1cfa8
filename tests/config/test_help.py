"""Every page of the officers says what it is for, and leads to a chapter that is there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.help.guide import chapters
from accounts.help.pages import HELP, LIKE, help_of
from accounts.models import User
from tests.config.places import PATHS
from tests.conftest import SignIn

WITHOUT = {"office_accounts:forget", "office_accounts:guide", "office_accounts:guide_chapter"}
"""What is no page, and the guide itself."""


@pytest.mark.parametrize("name", sorted(set(PATHS) - WITHOUT))
def test_every_page_has_its_help(name: str) -> None:
    found = help_of(name)
    assert found, f"{name} has no help: accounts/help/pages.py"
    assert found.chapter in chapters()
    assert 1 <= len(re.findall(r"\.(?:\s|$)", str(found.words))) <= 3


def test_nothing_has_help_that_is_not_there() -> None:
    assert (HELP.keys() | LIKE.keys()) - set(PATHS) == set()
    assert set(LIKE.values()) <= HELP.keys()
    assert not HELP.keys() & LIKE.keys()


@pytest.mark.django_db
def test_the_page_says_it_at_its_foot(planner: User, signed_in: SignIn) -> None:
    page = signed_in(planner).get("/gestion/unidades/puno/").content.decode()
    assert "Las oficinas que informan, con el nombre de su organigrama." in page
    chapter = reverse("office_accounts:guide_chapter", args=["el-primer-dia-en-orden"])
    assert f'href="{chapter}"' in page


@pytest.mark.django_db
def test_the_guide_reads_from_the_first_chapter_to_the_last(
    reporter: User, signed_in: SignIn
) -> None:
    browser = signed_in(reporter)
    contents = browser.get(reverse("office_accounts:guide")).content.decode()
    for slug, chapter in chapters().items():
        address = reverse("office_accounts:guide_chapter", args=[slug])
        assert f'href="{address}">{chapter.title}' in contents
        page = browser.get(address).content.decode()
        assert chapter.body in page
        for link in re.findall(r'href="(\.\./[^"]+)"', chapter.body):
            assert link.strip("./") in chapters(), link


@pytest.mark.django_db
def test_a_chapter_that_is_not_there_is_not_found(reporter: User, signed_in: SignIn) -> None:
    assert signed_in(reporter).get("/gestion/ayuda/nada/").status_code == 404


@pytest.mark.django_db
def test_the_guide_is_for_who_works_here(client: Client) -> None:
    assert client.get("/gestion/ayuda/")["Location"].startswith("/cuenta/ingresar/")
