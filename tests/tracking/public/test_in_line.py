"""Who combines filters waits for others who do, and nobody else waits for them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.test import Client

from tracking.public import in_line
from tracking.public.in_line import AT_ONCE, WAITING, LineTooLong

pytestmark = pytest.mark.django_db

COMBINED = "/buscar/?q=agua&nivel=target"


@contextmanager
def crowd(waiting: int = 0) -> Iterator[None]:
    """All places are taken, and so many more WAITING."""
    with ExitStack() as stack:
        for _each in range(AT_ONCE):
            stack.enter_context(in_line.in_line())
        for _each in range(waiting):
            assert in_line.line.acquire(blocking=False)
            stack.callback(in_line.line.release)
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_line, "PATIENCE", 0)


def test_what_combines_filters_is_put_off_while_others_do(client: Client, impatient: None) -> None:
    with crowd():
        answer = client.get(COMBINED)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Muchos preguntan a la vez" in answer.content.decode()
    assert client.get(COMBINED).status_code == 200


@pytest.mark.parametrize("address", ["/buscar/", "/buscar/?q=agua", "/buscar/?q=agua&nivel=", "/"])
def test_a_word_or_one_filter_waits_for_nobody(
    client: Client, impatient: None, address: str
) -> None:
    with crowd(WAITING):
        assert client.get(address).status_code == 200


def test_who_finds_too_many_waiting_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with crowd(WAITING):
        monkeypatch.setattr(in_line, "_find_place", pytest.fail)
        with pytest.raises(LineTooLong), in_line.in_line():
            pass


def test_a_view_that_fails_gives_its_place_back() -> None:
    for _each in range(AT_ONCE + WAITING + 1):
        with pytest.raises(ZeroDivisionError), in_line.in_line():
            1 / 0  # noqa: B018


def test_who_has_the_page_already_waits_for_nobody(client: Client, impatient: None) -> None:
    etag = client.get(COMBINED)["ETag"]
    with crowd(WAITING):
        assert client.get(COMBINED, headers={"if-none-match": etag}).status_code == 304
