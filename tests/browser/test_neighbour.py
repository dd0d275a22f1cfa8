"""A neighbour on a phone asks how the promise goes, why it is late, and who answers for it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_it_fits

pytestmark = pytest.mark.django_db  # else no test database is made


@pytest.fixture
def phone(browser: Browser, portal: str) -> Iterator[Page]:
    """Narrow, touched with a finger, and without JavaScript."""
    context = browser.new_context(
        base_url=portal,
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
        has_touch=True,
    )
    yield context.new_page()
    context.close()


def test_three_taps_from_home_to_why_it_is_late_and_who_answers(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="Puno, 2019–2022").first.tap()
    phone.get_by_role("link", name=re.compile("^Muy retrasado [0-9]")).last.tap()
    expect(phone.get_by_role("status")).to_be_in_viewport()
    phone.locator("#promesas .tree .level-activity .quote a").last.tap()
    answer = phone.locator(".answer")
    expect(answer).to_be_in_viewport()
    expect(answer).to_contain_text("Quién responde")
    expect(answer).to_contain_text(re.compile("Dificultades que informó|Por qué"))
    assert_it_fits(phone)


def test_the_answer_to_how_it_goes_stands_above_the_fold(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/")
    sentence = phone.locator(".lead")
    expect(sentence).to_contain_text("De 16 metas: ")
    expect(sentence).to_be_in_viewport(ratio=0.5)


def test_a_count_leads_to_what_it_counts_and_back(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/?semestre=2021-II")
    link = phone.locator(".key a", has_text="En parte").first
    count = link.locator("b").inner_text()
    link.tap()
    expect(phone.get_by_role("status")).to_contain_text(f"Lo elegido: {count} textos del plan.")
    assert_it_fits(phone)
    phone.get_by_role("link", name="Ver todo el plan").tap()
    expect(phone).to_have_url(re.compile(r"\?semestre=2021-II$"))


def test_from_a_promise_to_its_office_and_its_punctuality(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/S.1.1.1.1/")
    phone.locator(".answer a").first.tap()
    expect(phone.get_by_role("heading", name="Si informa a tiempo")).to_be_visible()
    expect(phone.get_by_role("row")).to_have_count(9)
    assert_it_fits(phone)


def test_the_figures_can_be_taken_home(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/?semestre=2021-II")
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("Lo que se ve")).tap()
    assert download.value.suggested_filename == "puno-2021-II-promesas.csv"
