"""What holds of every page.

A click returns when the next page begins to arrive, before it has anything to measure: both checks
wait until it is there.
"""

from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES: Final[dict[Literal["light", "dark"], dict[str, list[str]]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
"""What axe asks of a page in each scheme: in the dark, only what its colours decide."""

VIOLATIONS: Final = """async rules => {
    const found = await axe.run({...rules, resultTypes: ["violations"]});
    return found.violations.map(each => [
        each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 120))
    ]);
}"""
"""Without naming each element that is in order: that takes as long as to look at all of them."""

SPACED: Final = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""
"""The text spacing of WCAG 1.4.12."""
USUAL: Final = 16  # pixels: the size of text in a browser that nobody set otherwise


def is_as_wide_as_the_screen(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def assert_it_fits(page: Page) -> None:
    assert is_as_wide_as_the_screen(page)


def assert_it_fits_however_it_is_read(page: Page) -> None:
    """Its text spaced out, or twice as large in the reader's browser, with all that unfolds."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        SPACED,
    )
    assert_it_fits(page)
    page.evaluate("document.adoptedStyleSheets = []")
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 2 * USUAL}})
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == f"{2 * USUAL}px"
    assert_it_fits(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL}})
    browser.detach()


def assert_it_is_accessible(page: Page) -> None:
    """axe finds no violation, in light or dark. A script tag would not pass the page's policy."""
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        violations = page.evaluate(VIOLATIONS, rules)
        assert not violations, (scheme, violations)
