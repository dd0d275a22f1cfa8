"""A request while it arrives: what is waited for, and what is handed on."""

import pytest

from config.incoming import LARGEST_HEAD, MOST_GATHERED, Incoming
from tracking.middleware import LARGEST_BODY

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"


def read(incoming: Incoming) -> bytes:
    return b"".join(iter(lambda: incoming.recv(7), b""))


def test_it_is_there_once_all_of_it_came_however_it_was_cut() -> None:
    for size in (1, 2, 3, 50, 1000):
        incoming = Incoming()
        sent = HEAD + b"12345"
        for start in range(0, len(sent), size):
            assert not incoming.is_there
            incoming.add(sent[start : start + size])
        assert (incoming.is_there, incoming.is_whole, incoming.surplus) == (True, True, b"")
        assert read(incoming) == sent


def test_what_came_beyond_it_begins_the_next() -> None:
    incoming = Incoming()
    incoming.add(HEAD + b"12345GET /otra")
    assert read(incoming) == HEAD + b"12345"
    assert incoming.surplus == b"GET /otra"


def test_a_question_without_a_body_ends_with_its_head() -> None:
    incoming = Incoming()
    incoming.add(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET")
    assert (incoming.is_whole, incoming.surplus) == (True, b"GET")


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: %d" % (MOST_GATHERED + 1),
        b"Content-Length: " + b"9" * 5000,
        b"content-length: -1",
        b"Content-Length: 5\r\nContent-Length: 5",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding:chunked",
    ],
)
def test_a_body_that_is_too_large_or_of_no_plain_length_is_not_gathered(framing: bytes) -> None:
    head = b"POST / HTTP/1.1\r\n" + framing + b"\r\n\r\n"
    incoming = Incoming()
    incoming.add(head + b"and more")
    assert (incoming.is_there, incoming.is_whole, incoming.surplus) == (True, False, b"")
    assert read(incoming) == head


def test_what_the_portal_reads_is_gathered() -> None:
    assert MOST_GATHERED == LARGEST_BODY


def test_a_head_without_an_end_is_not_waited_for() -> None:
    incoming = Incoming()
    incoming.add(b"GET /" + b"a" * LARGEST_HEAD)
    assert (incoming.is_there, incoming.is_whole) == (True, False)


def test_whoever_waits_to_send_is_asked_to_once() -> None:
    incoming = Incoming()
    incoming.add(HEAD.replace(b"Host: x", b"Host: x\r\nexpect: 100-Continue"))
    assert (incoming.waits_to_send, incoming.is_there) == (True, False)
    incoming.add(b"12345")
    assert read(incoming) == HEAD + b"12345"  # so that gunicorn does not ask again


def test_a_body_has_as_long_as_a_slow_line_takes_and_no_longer() -> None:
    incoming = Incoming()
    assert incoming.patience == 5
    incoming.add(HEAD.replace(b" 5", b" 8192000"))
    assert incoming.patience == 5 + 10 + 1000
