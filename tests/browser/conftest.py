"""The portal as people meet it: gunicorn, the application's own role, and Debian's Chromium.

One server and one browser for the whole run; the tests only read, so they share the five plans.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from config import cluster
from tests.real_plans import FOLDER

# Playwright's loop makes the ORM believe that it runs inside an event loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PATIENCE = 30  # seconds
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
    """The address of a running portal that holds Peru's municipalities and the five plans."""
    with django_db_blocker.unblock():
        call_command("load_municipalities", verbosity=0)
        call_command("import_plan", *sorted(FOLDER.glob("*.yaml")), verbosity=0)
        database = str(connection.settings_dict["NAME"])
        assert database.startswith("test_")
        connection.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{cluster.ROLES['app']}@/{cluster.socket_directory()}/{database}",
        "DATABASE_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(port),
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
    }
    run = [sys.executable, "-m"]
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    server = subprocess.Popen(
        [*run, "gunicorn", "--config", "python:config.server", "config.wsgi"],
        cwd=settings.BASE_DIR,
        env=environment,
    )
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


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
    """A citizen's browser, at both widths."""
    fresh = browser.new_context(base_url=portal, viewport={"width": width, "height": 780})
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
    assert [each for each in complaints if "404 (Not Found)" not in each] == []
