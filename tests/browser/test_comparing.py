"""A regidor compares, and a neighbour looks at the map: on any screen, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db  # else no test database is made

SEMESTER = "2022-II"
"""The last of the five plans: other tests publish plans, and open semesters, of later terms."""


@pytest.fixture
def page(plain_page: Page) -> Page:
    return plain_page


def test_from_a_municipality_to_those_beside_it_and_to_another_one(page: Page) -> None:
    page.goto("/m/puno/")
    page.get_by_role("link", name="Comparar con otras de Puno").click()
    page.get_by_role("link", name=SEMESTER, exact=True).click()
    rows = page.locator(".compared tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_be_in_viewport()
    coverage = page.get_by_role("link", name="cobertura", exact=True)
    coverage.click()
    expect(coverage).to_have_attribute("aria-current", "true")
    expect(rows).to_have_count(2)
    shares = rows.locator("td.num:nth-of-type(2) b")
    least, most = (float(each.removesuffix("\u00a0%")) for each in shares.all_inner_texts())
    assert least <= most
    page.get_by_role("checkbox", name="Marcar Municipalidad Provincial de Puno").check()
    page.get_by_role("button", name="Comparar solo las marcadas").click()
    expect(page.get_by_text("Hace falta otra con que compararla.")).to_be_visible()
    page.get_by_label("Agregar otra municipalidad").fill("lamas")
    page.get_by_role("button", name="Agregar").click()
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Quitar Municipalidad Provincial de Puno").click()
    expect(rows).to_have_count(1)


def test_a_comparison_can_be_taken_home(page: Page) -> None:
    page.goto("/comparar/puno/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Esta comparación en una tabla (CSV)").click()
    assert download.value.suggested_filename.startswith("comparacion-puno-20")


def test_from_the_map_to_a_region_and_from_a_dot_to_its_plan(page: Page) -> None:
    page.goto("/mapa/")
    picture = page.get_by_role("group", name="Cobertura de cada plan, en el mapa")
    expect(picture).to_be_in_viewport()
    for name in ("Huancané", "Lamas", "Otuzco", "Puno", "Tarata"):
        expect(picture.get_by_role("link", name=re.compile(f"^{name}: "))).to_have_count(1)
    page.get_by_role("navigation").get_by_role("link", name="Puno", exact=True).click()
    expect(page).to_have_url(re.compile("/mapa/puno/$"))  # the country has such a dot, too
    dot = picture.get_by_role("link", name="Puno: ")
    box = dot.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 10
    dot.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/m/puno/2019-2022/$"))
