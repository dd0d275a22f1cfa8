"""From where a request comes, and by what attempts from there are counted."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.client import address_of, counted_as

PROXY = "10.0.0.1"
READER = "181.65.20.7"


def asked(passed: str | None, *, by: str = PROXY) -> str:
    meta: dict[str, Any] = {"REMOTE_ADDR": by}
    if passed is not None:
        meta["HTTP_X_FORWARDED_FOR"] = passed
    return address_of(RequestFactory().get("/", **meta))


@pytest.mark.parametrize(
    ("trusted", "passed", "found"),
    [
        (0, None, PROXY),
        (0, READER, PROXY),  # written by whoever asked
        (1, READER, READER),
        (1, f"1.2.3.4, {READER}", READER),  # the first was written by whoever asked
        (2, f"{READER}, 10.0.0.2", READER),
        (2, f"1.2.3.4, {READER}, 10.0.0.2", READER),
        (2, READER, READER),  # past the first of the two
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, f"{READER}:40321", READER),
        (1, "[2800:200::7]:443", "2800:200::7"),
        (1, "2800:0200:0::7", "2800:200::7"),
        (1, f"::ffff:{READER}", READER),
        (1, "fe80::7%eth0", "fe80::7"),
    ],
)
def test_only_one_s_own_proxies_are_believed(
    settings: Settings, trusted: int, passed: str | None, found: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    assert asked(passed) == found


def test_on_a_socket_nobody_says_it(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 0
    assert asked(READER, by="") == ""


@pytest.mark.parametrize(
    ("address", "counted"),
    [(READER, READER), ("2800:200:1:2:3::7", "2800:200:1:2::"), ("", "")],
)
def test_who_can_choose_among_many_addresses_is_counted_by_the_network(
    address: str, counted: str
) -> None:
    assert counted_as(address) == counted


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/healthz", "/no-existe/", "/api/v1/plans/"])
def test_no_page_asks_for_the_reader_s_device(client: Client, address: str) -> None:
    policy = client.get(address)["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()"} < set(policy)
