"""The portal as people meet it: gunicorn, the application's own role, and Debian's Chromium.

One server and one browser for the whole run, and one database, which is not set back: the five
plans are only read. Whoever publishes does so at a place of its own, and not for the last semester
in Puno's region: what is simulated there could not be compared beside what somebody declared.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.real_plans import FOLDER
from tests.serving import Server

# Playwright's loop makes the ORM believe that it runs inside an event loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, and not wrong

# The same engine without a window that nobody sees: a third of the CPU for a click.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",  # the tests may run as root
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def portal(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a running portal: Peru's municipalities and the five plans, simulated."""
    with django_db_blocker.unblock():
        call_command("load_municipalities", verbosity=0)
        call_command("import_plans", *sorted(FOLDER.glob("*.yaml")), verbosity=0)
        call_command("simulate_progress", stdout=StringIO())
        server = Server(tmp_path_factory.mktemp("portal"))
        connection.close()
    server.collect_static()
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=QUIET
        )
        yield chromium
        chromium.close()


WIDTHS = [360, 1280]


@pytest.fixture(params=WIDTHS, ids="{}px".format)
def width(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def context(browser: Browser, portal: str, width: int) -> Iterator[BrowserContext]:
    """A citizen's browser, at both widths. It keeps nothing: that has its own test."""
    fresh = _opened(browser, portal, width)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: no console message, no failed request."""
    with _without_complaints(context.new_page()) as opened:
        yield opened


@pytest.fixture
def plain_page(browser: Browser, portal: str, width: int) -> Iterator[Page]:
    """A page of somebody whose browser runs no script, at both widths."""
    context = browser.new_context(
        base_url=portal, viewport={"width": width, "height": 780}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=WIDTHS, ids="{}px".format)
def tab(request: pytest.FixtureRequest, browser: Browser, portal: str) -> Iterator[Page]:
    """One for all pages of a file: a new browser for each costs more than what is asked of it."""
    context = _opened(browser, portal, request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def next_page(tab: Page) -> Iterator[Page]:
    """The tab, for a page that must not complain either."""
    tab.emulate_media(color_scheme="light")
    with _without_complaints(tab):
        yield tab
    tab.goto("about:blank")  # what a page breaks off when it is left is no complaint of the next


def _opened(browser: Browser, portal: str, width: int) -> BrowserContext:
    return browser.new_context(
        base_url=portal, viewport={"width": width, "height": 780}, service_workers="block"
    )


@contextmanager
def _without_complaints(page: Page) -> Iterator[Page]:
    complaints: list[str] = []
    heard = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "requestfailed": lambda request: complaints.append(request.url),
    }
    for event, listener in heard.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield page
    for event, listener in heard.items():
        page.remove_listener(event, listener)
    excused = ("404 (Not Found)", "Service Worker registration blocked by Playwright")
    assert [each for each in complaints if not any(said in each for said in excused)] == []
