"""A request has a name in its answer and in the log, and is counted by its view's."""

import json
import logging

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from prometheus_client import REGISTRY

from config.seen.counting import count_requests
from config.seen.json_lines import JsonLine
from config.seen.request_id import request_id

HEADER = "X-Request-ID"
PROXYS = "4883a343d43a44528e95cd57bd4c69c2"
COUNTED = ["config.seen.counting.count_requests", *settings.MIDDLEWARE]


@pytest.mark.parametrize(
    ("proxies", "sent", "is_taken"),
    [(1, PROXYS, True), (0, PROXYS, False), (1, "x" * 65, False), (1, "<b>12345678", False)],
)
def test_a_name_is_taken_from_a_proxy_of_ones_own_alone(
    client: Client, db: None, proxies: int, sent: str, is_taken: bool
) -> None:
    with override_settings(TRUSTED_PROXIES=proxies):
        name = client.get("/healthz", headers={HEADER: sent})[HEADER]
    assert (name == sent) is is_taken
    assert len(name) == 32


def line_of(record: logging.LogRecord) -> dict[str, str]:
    told: dict[str, str] = json.loads(JsonLine().format(record))
    return told


def record_of(message: str, **more: object) -> logging.LogRecord:
    record = logging.LogRecord("vigia.security", logging.WARNING, "x.py", 1, message, (), None)
    record.__dict__.update(more)
    return record


def test_a_line_has_the_name_of_its_request_and_nothing_that_was_sent() -> None:
    lines = []

    def view(request: HttpRequest) -> HttpResponse:
        lines.append(line_of(record_of("refused: /cuenta/invitacion/abc123/", request=request)))
        return HttpResponse()

    request = HttpRequest()
    request.META["HTTP_X_REQUEST_ID"] = PROXYS
    with override_settings(TRUSTED_PROXIES=1):
        request_id(view)(request)
    assert lines[0].pop("at").endswith("Z")
    assert lines == [
        {
            "level": "WARNING",
            "logger": "vigia.security",
            "request": PROXYS,
            "message": "refused: /cuenta/invitacion/…",
        }
    ]
    assert "request" not in line_of(record_of("later"))


def test_an_error_is_one_line_too() -> None:
    try:
        raise KeyError("/cuenta/clave/nueva/llave")
    except KeyError as error:
        record = record_of("broken", exc_info=(KeyError, error, error.__traceback__))
    assert "KeyError: '/cuenta/clave/nueva/…'" in line_of(record)["error"]


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"vigia_{name}", labels) or 0


@override_settings(MIDDLEWARE=COUNTED)
def test_requests_are_counted_with_their_queries_by_the_name_of_their_view(
    client: Client, db: None
) -> None:
    home = {"view": "tracking:home", "method": "GET", "status": "200"}
    before = value("requests_total", **home)
    taken = [value("public_pages_total", taken=each) for each in ("view", "store", "reader")]
    queries = value("queries_total", view="tracking:home")

    etag = client.get("/")["ETag"]
    client.get("/")
    client.get("/", headers={"If-None-Match": etag})
    client.get("/no-hay/nada")

    assert value("requests_total", **home) == before + 2
    assert value("request_seconds_count", view="tracking:home") == before + 3
    assert value("queries_total", view="tracking:home") >= queries + 3
    after = [value("public_pages_total", taken=each) for each in ("view", "store", "reader")]
    assert after == [each + 1 for each in taken]
    assert value("requests_total", view="-", method="GET", status="404") >= 1


def test_what_no_page_could_be_made_of_is_counted_as_an_error() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    before = value("requests_total", view="-", method="-", status="500")
    with pytest.raises(RuntimeError):
        count_requests(view)(HttpRequest())
    assert value("requests_total", view="-", method="-", status="500") == before + 1
