"""The paths that a citizen walks, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.real_plans import PLACES

pytestmark = pytest.mark.django_db  # else no test database is made


@pytest.fixture
def page(plain_page: Page) -> Page:
    return plain_page


def test_from_home_to_what_was_promised_and_where_it_is_printed(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Un lugar o una palabra").fill("coata")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("link", name="Municipalidad Distrital de Coata").click()
    expect(page.get_by_text("Todavía no hay un plan de la")).to_be_visible()
    page.get_by_role("link", name="Municipalidad Provincial de Puno").first.click()
    page.get_by_role("link", name="Ver el plan").click()
    page.get_by_role("link", name="Por problema").click()
    page.get_by_role("link", name="“Vida digna y saludable.”").click()
    page.get_by_role("link", name=re.compile("Incrementar la cobertura de viviendas")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Incrementar la cobertura")
    page.get_by_text("Dónde lo dice el plan").click()
    page.get_by_role("link", name="Verlo en el texto completo").click()
    expect(page).to_have_url(re.compile(r"/documento/#S\.1\.1\.2$"))
    marked = page.locator("[id='S.1.1.2']")
    expect(marked).to_be_in_viewport()
    marked.click()
    expect(page).to_have_url(re.compile(r"/m/puno/2019-2022/S\.1\.1\.2/$"))


@pytest.mark.parametrize("slug", PLACES)
def test_each_of_the_five_plans_can_be_read(page: Page, slug: str) -> None:
    page.goto(f"/m/{slug}/")
    page.get_by_role("link", name="Ver el plan").click()
    for dimension in ("Social", "Económica", "Ambiental", "Institucional"):
        expect(page.get_by_role("heading", name=dimension, exact=True, level=2)).to_be_visible()


def test_a_whole_plan_is_read_with_all_its_words(page: Page) -> None:
    page.goto("/m/puno/2019-2022/")
    page.get_by_role("link", name="Por problema").click()
    page.get_by_role("link", name="Con todas sus palabras").click()
    expect(page.get_by_role("link", name="“Programa vivienda digna para todos”")).to_be_visible()


def test_search_narrows_and_finds(page: Page, width: int) -> None:
    """What narrows it is folded above the results on a phone, and beside them on a wide screen."""
    page.goto("/buscar/")
    page.get_by_label("Un lugar, un tema, una palabra").fill("educacion")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("mark").first).to_be_visible()
    fold, place = page.locator("summary", has_text="Filtrar"), page.get_by_label("Municipio")
    if width < 400:
        expect(place).not_to_be_visible()
        fold.click()
    else:
        expect(fold).not_to_be_visible()
    place.select_option("tarata")
    page.get_by_role("button", name="Mostrar").click()
    expect(page.get_by_role("status")).to_contain_text("resultado")
    expect(page.get_by_text("Lamas, 2019–2022")).to_have_count(0)


def test_with_letters_twice_as_big_what_was_found_is_seen(page: Page) -> None:
    """A phone of 360 px at 200 %: two of its lines hold three words."""
    page.set_viewport_size({"width": 180, "height": 370})
    page.goto("/buscar/?q=agua")
    hidden = page.locator(".found > li > a").evaluate_all("""links => links.filter(link =>
        link.querySelector("mark").getBoundingClientRect().bottom
            > link.getBoundingClientRect().bottom + 1).map(link => link.textContent)""")
    assert hidden == []


def test_near_me_is_three_choices(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Cerca de mí")).click()
    page.get_by_role("link", name="Áncash").click()
    page.get_by_role("link", name="Huaraz", exact=True).click()
    expect(page.get_by_role("link", name="Municipalidad Provincial de Huaraz")).to_be_visible()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/m/puno/2019-2022/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#contenido$"))
