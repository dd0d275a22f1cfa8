"""The portal as people meet it: gunicorn, the application's own role, and Debian's Chromium.

One server and one browser for the whole run; the tests only read, so they share the five plans.
"""

import os
from collections.abc import Iterator
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
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=QUIET
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=[360, 1280], ids=["360px", "1280px"])
def width(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def context(browser: Browser, portal: str, width: int) -> Iterator[BrowserContext]:
    """A citizen's browser, at both widths. It keeps nothing: that has its own test."""
    fresh = browser.new_context(
        base_url=portal, viewport={"width": width, "height": 780}, service_workers="block"
    )
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: no console message, no failed request."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("requestfailed", lambda request: complaints.append(request.url))
    yield opened
    excused = ("404 (Not Found)", "Service Worker registration blocked by Playwright")
    assert [each for each in complaints if not any(said in each for said in excused)] == []
