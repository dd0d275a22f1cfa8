"""The console in which people try the API."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_it_fits

pytestmark = pytest.mark.django_db


def test_it_lists_what_can_be_asked_and_asks_it(page: Page, portal: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/v1/docs/")
    page.locator("#operations-tag-plans").click()
    page.locator("#operations-plans-plans_list").get_by_role("button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text(
        "200"
    )
    assert_it_fits(page)
    assert [url for url in asked if not url.startswith((f"{portal}/", "data:", "blob:"))] == []


def test_without_javascript_it_says_where_the_schema_is(browser: Browser, portal: str) -> None:
    context = browser.new_context(base_url=portal, java_script_enabled=False)
    page = context.new_page()
    page.goto("/api/v1/docs/")
    expect(page.get_by_role("link", name="El esquema (OpenAPI 3)")).to_be_visible()
    context.close()
