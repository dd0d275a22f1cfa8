"""What the cache of pages stores, and what it never does."""

import io
import itertools
from typing import Any

import pytest
from django.core.cache import caches
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from pytest_django import Settings

from accounts.models import User
from tests.tracking.public.etags import see
from tracking.public.at_once import PATIENCE, after_the_first
from tracking.public.decorators import Scope, public_page

pytestmark = pytest.mark.django_db


RENDERED = itertools.count()


def anybodys(request: HttpRequest) -> HttpResponse:
    """A page that says how many were rendered before it."""
    return HttpResponse(f"{next(RENDERED)}")


def greeting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{next(RENDERED)} {request.user}")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{next(RENDERED)} {get_token(request)}")


def biscuit(request: HttpRequest) -> HttpResponse:
    response = anybodys(request)
    response.set_cookie("visto", "1")
    return response


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"/{next(RENDERED)}/")


def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotFound(f"{next(RENDERED)}")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([f"{next(RENDERED)}"])


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(io.BytesIO(f"{next(RENDERED)}".encode()))


def share(request: HttpRequest) -> HttpResponse:
    return HttpResponse("62.5 % de 8", content_type=f"text/{request.GET['ver']}; charset=utf-8")


VIEWS: dict[str, Any] = {
    each.__name__: each
    for each in (anybodys, greeting, form, biscuit, moved, missing, stream, file)
}
urlpatterns = [
    path(f"{name}/", public_page("ver", scope=Scope.PORTAL)(view))
    for name, view in (VIEWS | {"share": share}).items()
]


def said(response: Any) -> Any:
    """What tells two renderings apart."""
    return response.get("Location") or response.getvalue()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", VIEWS)
def test_only_a_whole_page_of_everybodys_is_stored(planner: User, name: str) -> None:
    browser = Client()
    browser.force_login(planner)
    one, two = browser.get(f"/{name}/"), browser.get(f"/{name}/")
    assert (said(one) == said(two)) is (name == "anybodys")
    assert ("public" in two.get("Cache-Control", "")) is (name == "anybodys")


@pytest.mark.parametrize("damaged", ["csrftoken", "sessionid"])
@pytest.mark.parametrize("address", ["/", "/api/v1/municipalities/"])
def test_what_is_everybodys_brings_nobody_a_cookie(
    client: Client, damaged: str, address: str
) -> None:
    for _stored in (False, True):
        client.cookies.load({damaged: "x"})
        answer = client.get(address)
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("query", "is_stored"),
    [("", True), ("?ver=todo", True), ("?x=1", False), ("?q=agua", False), ("?ver=todo&x", False)],
)
def test_nobody_fills_the_cache_by_making_up_addresses(
    client: Client, db: None, query: str, is_stored: bool
) -> None:
    one, two = client.get(f"/anybodys/{query}"), client.get(f"/anybodys/{query}")
    assert (said(one) == said(two)) is is_stored
    assert see(client, f"/anybodys/{query}", one["ETag"]) == 304


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("kind", "space"), [("html", "\u00a0"), ("csv", " ")])
def test_no_line_of_a_page_begins_with_a_percent_sign(
    client: Client, db: None, kind: str, space: str
) -> None:
    for _time in range(2):
        assert said(client.get(f"/share/?ver={kind}")).decode() == f"62.5{space}% de 8"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("ends", "is_same"), [("well", True), ("badly", False)])
def test_who_asks_while_a_page_is_rendered_waits_for_it(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, ends: str, is_same: bool
) -> None:
    one = client.get("/anybodys/")
    key = one["ETag"].removeprefix('W/"').removesuffix('"')
    page = caches["pages"].get(key)
    caches["pages"].clear()

    def end(_first: object) -> None:
        if ends == "well":
            caches["pages"].set(key, page)

    monkeypatch.setattr("tracking.public.at_once._wait_for", end)
    with after_the_first(key):
        two = client.get("/anybodys/")
    assert (said(one) == said(two)) is is_same
    assert said(client.get("/anybodys/")) == said(two)


def test_the_next_after_the_first_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[object] = []
    monkeypatch.setattr("tracking.public.at_once._wait_for", waited.append)
    with pytest.raises(ValueError, match="broken"), after_the_first("a-page"):
        raise ValueError("broken")
    with after_the_first("a-page"), after_the_first("another"):
        assert waited == []
        with after_the_first("a-page"):
            assert len(waited) == 1


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("ends", "is_same"), [("well", True), ("dead", False)])
def test_who_asks_while_another_host_renders_a_page_waits_for_it(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, ends: str, is_same: bool
) -> None:
    """Its sign falls by itself where it died."""
    one = client.get("/anybodys/")
    key = one["ETag"].removeprefix('W/"').removesuffix('"')
    page = caches["pages"].get(key)
    caches["pages"].clear()
    sign = f"{key}:making"
    caches["pages"].add(sign, True)

    def look() -> None:
        if ends == "well":
            caches["pages"].set(key, page)
        caches["pages"].delete(sign)

    monkeypatch.setattr("tracking.public.at_once._look_again_later", look)
    two = client.get("/anybodys/")
    assert (said(one) == said(two)) is is_same
    assert said(client.get("/anybodys/")) == said(two)


def test_nobody_waits_for_another_host_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pages"].add("a-page:making", True)
    now = [0.0]
    monkeypatch.setattr("tracking.public.at_once.time.monotonic", lambda: now[0])

    def look() -> None:
        now[0] += 1

    monkeypatch.setattr("tracking.public.at_once._look_again_later", look)
    with after_the_first("a-page"):
        assert now == [PATIENCE]


@pytest.mark.urls(__name__)
def test_with_debug_every_page_is_rendered(client: Client, db: None, settings: Settings) -> None:
    settings.DEBUG = True
    one = client.get("/anybodys/")
    two = client.get("/anybodys/", headers={"if-none-match": one["ETag"]})
    assert (two.status_code, said(one) == said(two)) == (200, False)


def test_a_page_takes_that_by_which_it_is_stored() -> None:
    with pytest.raises(TypeError, match="anybodys takes no slug"):
        public_page(scope=Scope.MUNICIPALITY)(anybodys)
    with pytest.raises(TypeError, match="anybodys takes no region"):
        public_page(scope=Scope.REGION)(anybodys)
