"""Photographs are made smaller before they are sent, and what breaks off goes on by itself."""

import io
from email import message_from_bytes
from typing import Any

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import BrowserContext, Page, Request, Route, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from tests.browser.signed_in import session_of, sign_in
from tests.factories import make_person
from tests.files import TAKEN, notes

pytestmark = pytest.mark.django_db
SUPPORTS = "/gestion/semestre/puno/2022-II/S.1.1.1.2/sustentos/"
LONGEST_SIDE = 2400


@pytest.fixture(scope="module")
def session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        puno = Municipality.objects.get(slug="puno")
        return session_of(make_person("subir@puno.example", Role.PLANNING, puno))


@pytest.fixture
def width() -> int:
    return 360


@pytest.fixture
def upload(context: BrowserContext, portal: str, session: str) -> Page:
    """The page on which something is added, by a clock that the test winds."""
    sign_in(context, portal, session)
    opened = context.new_page()
    opened.clock.install()
    opened.goto(SUPPORTS)
    return opened


def photograph(size: tuple[int, int]) -> bytes:
    """Taken with the telephone on its side, so that it is to be turned to the right."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(written, "JPEG", exif=notes())
    return written.getvalue()


def sent_in(request: Request) -> dict[str, bytes]:
    """The parts of a form, by their names."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message: Any = message_from_bytes(head + (request.post_data_buffer or b""))
    return {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in message.get_payload()
    }


def choose(page: Page, content: bytes, name: str = "IMG_2034.jpg") -> None:
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.get_by_label("Archivo").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Título").fill("La posta")


def test_a_photograph_goes_smaller_and_upright_with_what_its_camera_noted(upload: Page) -> None:
    sent: list[Request] = []

    def take(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
            route.fulfill(status=422, json={"errors": ["Basta."]})
        else:
            route.continue_()

    upload.route(f"**{SUPPORTS}", take)
    content = photograph((3600, 1800))
    choose(upload, content)
    upload.get_by_role("button", name="Agregar").click()
    expect(upload.get_by_text("Basta.")).to_be_visible()
    kept = sent_in(sent[0])["file"]
    assert len(kept) < len(content)
    with Image.open(io.BytesIO(kept)) as smaller:
        exif = smaller.getexif()
        assert smaller.size == (LONGEST_SIDE // 2, LONGEST_SIDE)  # as it is looked at
        assert exif[ExifTags.Base.Orientation] == 1
        assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == TAKEN
    expect(upload.get_by_text("Reducida de")).to_be_visible()


def test_a_small_one_goes_as_it_is_and_again_where_the_line_broke(upload: Page) -> None:
    sent: list[Request] = []

    def break_once(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request)
        if len(sent) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(status=201, json={"told": "Se agregó «La posta»."})

    upload.route(f"**{SUPPORTS}", break_once)
    content = photograph((800, 600))
    choose(upload, content)
    upload.get_by_role("button", name="Agregar").click()
    expect(upload.get_by_text("Se cortó: sigue solo")).to_be_visible()
    with upload.expect_navigation():  # all are there: the list is shown anew
        upload.clock.fast_forward(2_000)
    assert [sent_in(each)["file"] for each in sent] == [content, content]
