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


def test_three_taps_from_a_place_to_why_it_is_late_and_who_answers(phone: Page) -> None:
    phone.goto("/m/puno/")
    phone.get_by_role("link", name="Ver el plan").tap()
    phone.get_by_role("link", name="Por qué van tarde, y quién responde").tap()
    phone.locator("#promesas .rows a").first.tap()
    expect(phone.get_by_text("Va tarde", exact=True)).to_be_in_viewport()
    answer = phone.locator(".answer")
    expect(answer).to_be_in_viewport()
    expect(answer).to_contain_text("Quién responde")
    expect(answer).to_contain_text("Por qué")
    assert_it_fits(phone)


@pytest.mark.parametrize(
    ("address", "screens"),
    [
        ("/", 4),
        ("/municipios/", 6),  # other tests publish plans, and each has its line
        ("/m/puno/", 4),
        ("/m/puno/2019-2022/", 9),
        ("/m/lamas/2019-2022/", 15),
        ("/m/puno/2019-2022/S.1.1.2/", 5),
        ("/m/puno/2019-2022/S.1.1.1.1/", 5),
    ],
)
def test_a_page_is_not_longer_than_anybody_reads(phone: Page, address: str, screens: int) -> None:
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollHeight") <= screens * 740


@pytest.mark.parametrize("slug", ["puno", "lamas", "otuzco", "huancane", "tarata"])
def test_how_a_plan_goes_stands_above_the_fold_and_its_picture_begins_there(
    phone: Page, slug: str
) -> None:
    phone.goto(f"/m/{slug}/2019-2022/")
    sentence = phone.locator(".going")
    expect(sentence).to_contain_text(re.compile(r"De \d+ promesas: "))
    expect(sentence).to_be_in_viewport(ratio=1)
    expect(phone.locator(".picture a").first).to_be_in_viewport()


@pytest.mark.parametrize(
    "asked", ["", "q=puno", "q=basura", "q=agua&municipio=puno&nivel=activity&semestre=2021-I"]
)
def test_the_first_result_of_a_search_is_on_the_first_screen(phone: Page, asked: str) -> None:
    phone.goto(f"/buscar/?{asked}")
    expect(phone.locator(".rows > li").first).to_be_in_viewport(ratio=1)


def test_a_promises_own_words_how_it_goes_why_and_who_stand_above_the_fold(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/S.1.1.2/")
    words = phone.get_by_role("heading", level=1).bounding_box()
    assert words
    assert words["y"] < 400
    expect(phone.locator(".going")).to_be_in_viewport()
    for words_of in ("Por qué", "Quién responde"):
        expect(phone.locator("dt", has_text=words_of)).to_be_in_viewport()


def test_a_count_leads_to_what_it_counts_and_back(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/semestres/?semestre=2021-II")
    link = phone.locator(".key a", has_text="En parte").first
    count = link.locator("b").inner_text()
    link.tap()
    expect(phone.get_by_role("status")).to_contain_text(f"Lo elegido: {count} promesas.")
    assert_it_fits(phone)
    phone.get_by_role("link", name="Ver todas").tap()
    expect(phone).to_have_url(re.compile(r"\?semestre=2021-II#promesas$"))


def test_promises_are_chosen_by_what_interests_and_how_they_go(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/")
    phone.get_by_text("Elegir promesas").tap()
    phone.get_by_label("Qué le interesa").select_option(label="Social")
    phone.get_by_label("Cómo va").select_option(label="Va tarde")
    phone.get_by_role("button", name="Mostrar").tap()
    expect(phone.get_by_role("status")).to_contain_text("Lo elegido: ")
    expect(phone.get_by_role("link", name=re.compile("^Social"))).to_be_visible()
    assert_it_fits(phone)


def test_from_a_promise_to_its_office_and_its_punctuality(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/S.1.1.1.1/")
    phone.locator(".answer a").filter(has_text="Gerencia").first.tap()
    phone.get_by_text("Si informa a tiempo").tap()
    expect(phone.get_by_role("row")).to_have_count(9)
    assert_it_fits(phone)


def test_the_figures_can_be_taken_home(phone: Page) -> None:
    phone.goto("/m/puno/2019-2022/?semestre=2021-II")
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("Lo elegido")).tap()
    assert download.value.suggested_filename == "puno-2021-II-promesas.csv"
