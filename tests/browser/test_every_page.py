"""Every page, at both widths: it fits, it is small, it is accessible, it stays at home."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import (
    assert_it_fits,
    assert_it_fits_however_it_is_read,
    assert_it_is_accessible,
)
from tests.browser.pages import PAGES

pytestmark = pytest.mark.django_db  # else no test database is made

MOST_BYTES = 60_000


@pytest.mark.parametrize("address", PAGES)
def test_it_is_small_at_first_and_fits_and_axe_finds_no_violation_in_light_or_dark(
    next_page: Page, portal: str, address: str
) -> None:
    received, asked = load_anew(next_page, address)
    assert [url for url in asked if not url.startswith(f"{portal}/")] == []
    assert len(received) >= 2
    assert sum(received) <= MOST_BYTES
    assert_it_fits(next_page)
    assert_it_is_accessible(next_page)
    assert_it_fits_however_it_is_read(next_page)


def load_anew(page: Page, address: str) -> tuple[list[int], list[str]]:
    """Go to ADDRESS as if never before; the bytes of each answer, and what was asked for."""
    received: list[int] = []
    asked: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    page.goto(address)
    session.detach()
    return received, asked


@pytest.mark.parametrize("address", ["/buscar/", "/municipios/"])
@pytest.mark.parametrize("letter", ["a", "%C3%A1"])
def test_a_question_of_10000_characters_gets_an_ordinary_answer(
    page: Page, address: str, letter: str
) -> None:
    answer = page.goto(f"{address}?q={letter * 10_000}")
    assert answer
    assert answer.status == 200


def test_the_page_of_an_office_fits_and_axe_finds_no_violation(page: Page) -> None:
    page.goto("/m/puno/")
    page.get_by_role("link", name="Secretaría General").click()
    expect(page.get_by_role("heading", name="Secretaría General")).to_be_visible()
    assert_it_fits(page)
    assert_it_is_accessible(page)
    assert_it_fits_however_it_is_read(page)


def test_no_semester_breaks_at_its_hyphen(page: Page) -> None:
    page.goto("/m/puno/")
    page.get_by_role("link", name="Secretaría General").click()
    page.get_by_text("Si informa a tiempo").click()
    semesters = page.locator("th.semester")
    expect(semesters).to_have_count(8)
    lines = semesters.evaluate_all(
        "cells => cells.map(cell => cell.querySelector('a').getClientRects().length)"
    )
    assert lines == [1] * 8


@pytest.mark.parametrize(
    "address",
    [
        "/m/puno/2019-2022/?semestre=2021-II",
        "/m/puno/2019-2022/semestres/?semestre=2021-II",
        "/m/puno/2019-2022/S.1.1.2/",
    ],
)
def test_what_is_folded_unfolds_and_fits(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert_it_fits(page)
    assert_it_is_accessible(page)
