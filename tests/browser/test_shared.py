"""What leaves the portal: a link in a chat, an embed on another site, a page kept for later."""

import io
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.checks import assert_it_fits, assert_it_is_accessible

pytestmark = pytest.mark.django_db  # else no test database is made

PLAN = "/m/puno/2019-2022/"
PROMISE = f"{PLAN}S.1.1.1.1/"
EMBEDS = [f"{PROMISE}incrustar/", "/m/lamas/2019-2022/incrustar/", f"{PLAN}S.9.9/incrustar/"]


def test_a_link_is_told_by_its_title_and_its_picture(page: Page) -> None:
    page.goto(PROMISE)
    said = page.locator("meta[property='og:title']").get_attribute("content") or ""
    assert re.match(r"\d+\s%, ", said)
    page.get_by_text("Compartir", exact=True).click()
    whatsapp = page.get_by_role("link", name="Enviar por WhatsApp")
    expect(whatsapp).to_have_attribute("href", re.compile(r"^https://wa\.me/\?text=\d+%20%25"))
    expect(page.get_by_label("Enlace")).to_have_value(re.compile(f"{PROMISE}$"))
    assert_it_fits(page)
    address = page.locator("meta[property='og:image']").get_attribute("content") or ""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "image/png"
    assert len(answer.body()) <= 60_000
    with Image.open(io.BytesIO(answer.body())) as picture:
        assert picture.size == (1200, 630)


@pytest.fixture
def another_site(portal: str) -> Iterator[str]:
    """The address of a site of another origin that frames what follows ``?``, and says so."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            framed = portal + self.path.partition("?")[2]
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            page = f'<iframe src="{framed}" title="Vigía" width="100%" height="480"></iframe>'
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            """Nothing: it is no test's output."""

    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_another_site_shows_an_embed_whose_link_opens_the_page_in_a_window(
    page: Page, another_site: str, portal: str
) -> None:
    page.goto(f"{another_site}?{PROMISE}incrustar/")
    embed = page.frame_locator("iframe")
    expect(embed.get_by_text("Avances simulados para demostración")).to_be_visible()
    with page.expect_popup() as opened:
        embed.get_by_role("heading", level=1).get_by_role("link").click()
    expect(opened.value).to_have_url(f"{portal}{PROMISE}")
    assert opened.value.evaluate("window.opener") is None
    assert page.context.cookies() == []


def test_another_site_shows_no_other_page_of_the_portal(
    context: BrowserContext, another_site: str
) -> None:
    page = context.new_page()
    with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        page.goto(f"{another_site}?{PROMISE}")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_fits_a_narrow_column_by_day_and_by_night(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 280, "height": 480})
    page.goto(address)
    assert_it_fits(page)
    assert_it_is_accessible(page)


@pytest.fixture
def keeping(browser: Browser, portal: str) -> Iterator[BrowserContext]:
    """A citizen's telephone, which keeps what it read."""
    context = browser.new_context(base_url=portal, viewport={"width": 360, "height": 780})
    yield context
    context.close()


def wait_until_kept(page: Page, path: str) -> None:
    """`wait_for_function` takes a promise itself for an answer."""
    page.evaluate(
        """async (path) => {
            const pages = await caches.open("paginas-1");
            while (!(await pages.match(path))) await new Promise((done) => setTimeout(done, 50));
        }""",
        path,
    )


def test_without_signal_a_promise_that_was_read_is_shown_with_its_day(
    keeping: BrowserContext,
) -> None:
    page = keeping.new_page()
    page.goto(PROMISE)
    wait_until_kept(page, PROMISE)  # though it was there before whoever keeps
    words = page.get_by_role("heading", level=1).inner_text()
    for address in ("/gestion/", "/cuenta/ingresar/", f"{PLAN}?va=tarde", PLAN):
        page.goto(address)
    wait_until_kept(page, PLAN)

    keeping.set_offline(True)
    page.goto(PROMISE)
    expect(page.get_by_role("status")).to_contain_text(
        re.compile(r"Esta página es la guardada el \d+ de \w+ de \d{4} a las \d\d:\d\d\.$")
    )
    assert page.get_by_role("heading", level=1).inner_text() == words
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert_it_fits(page)

    page.goto("/buscar/?q=agua")
    expect(page.get_by_role("heading", name="Sin conexión")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Puno|de 50 promesas")).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{PLAN}?va=tarde")  # with a question it is another page, which was not kept
    page.get_by_role("button", name="Borrar lo guardado").click()
    expect(page.get_by_role("link", name=re.compile("de 50 promesas"))).to_have_count(0)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/gestion/")
    keeping.set_offline(False)
    page.goto("/")
    kept = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const stores = await Promise.all(names.map((name) => caches.open(name)));
            const requests = await Promise.all(stores.map((store) => store.keys()));
            return requests.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    assert [path for path in kept if re.match(r"/(gestion|cuenta|admin|api)/", path)] == []
