"""Few public pages are made at once in a process; what is made already waits for nobody."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.test import Client

from tracking.public import few_at_once
from tracking.public.few_at_once import FEW, among_few

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd() -> Iterator[None]:
    """All places are taken."""
    with ExitStack() as stack:
        for _each in range(FEW):
            stack.enter_context(among_few())
        yield


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether there was a place, of each that asked for one; nobody waits for long."""
    monkeypatch.setattr(few_at_once, "PATIENCE", 0)
    find_place = few_at_once._find_place
    found: list[bool] = []

    def find() -> bool:
        found.append(find_place())
        return found[-1]

    monkeypatch.setattr(few_at_once, "_find_place", find)
    return found


@pytest.mark.parametrize("address", ["/", "/buscar/?q=agua", "/api/v1/municipalities/"])
def test_who_asks_for_what_is_to_be_made_takes_a_place(
    client: Client, waits: list[bool], address: str
) -> None:
    assert client.get(address).status_code == 200
    assert waits == [True]


@pytest.mark.usefixtures("crowd")
def test_who_waited_in_vain_is_answered_all_the_same(client: Client, waits: list[bool]) -> None:
    assert client.get("/").status_code == 200
    assert waits == [False]


def test_what_is_stored_and_what_its_reader_has_waits_for_nobody(
    client: Client, waits: list[bool]
) -> None:
    etag = client.get("/")["ETag"]
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"if-none-match": etag}).status_code == 304
    assert waits == [True]


def test_a_page_that_fails_gives_its_place_back(client: Client, waits: list[bool]) -> None:
    for _each in range(FEW + 1):
        assert client.get("/m/puno/").status_code == 404
    assert waits == [True] * (FEW + 1)


def test_who_found_no_place_gives_none_back(waits: list[bool], crowd: None) -> None:
    with among_few():
        pass
    with among_few():
        assert waits[-2:] == [False, False]
