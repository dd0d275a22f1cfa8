"""What holds of every page."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


def assert_it_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_it_is_accessible(page: Page) -> None:
    """axe finds no violation, in light or dark. A script tag would not pass the page's policy."""
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run()")
        violations = [
            (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
            for each in found["violations"]
        ]
        assert not violations, (scheme, violations)
