"""What a page costs that is stored, or that its reader has, beside a view that does nothing."""

import socket
import statistics
import time
from typing import Final

from benchmarks.load.serving import PATIENCE, PORT, Server, had_of

BARE: Final = "a bare view"
STORED: Final = "a stored page"
SEEN: Final = "a page that its reader has"
LEAST: Final = {STORED: 0.5, SEEN: 0.7}  # of the bare view's throughput
ROUND: Final = 3.0  # seconds


class Reader:
    """One who asks for the same again and again, on one connection."""

    def __init__(self, address: str, seen: str = "") -> None:
        head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        self.asking = f"{head}{f'If-None-Match: {seen}' if seen else 'X-None: '}\r\n\r\n".encode()
        self.line: socket.socket | None = None

    def ask(self) -> bytes:
        """The head of the answer."""
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", PORT), timeout=PATIENCE)
        self.line.sendall(self.asking)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += _received(self.line)
        head, _end, body = answer.partition(b"\r\n\r\n")
        missing = int(_field(head, b"content-length") or 0) - len(body)
        while missing > 0:
            missing -= len(_received(self.line))
        if _field(head, b"connection") == b"close":
            self.close()
        return head

    def close(self) -> None:
        if self.line:
            self.line.close()
            self.line = None


def stored(server: Server, database: str, page: str, seconds: float) -> bool:
    """Whether PAGE is answered as often as LEAST says, by one worker; the three in turns.

    By the clock, and by what worker and database had of the processors: others do not change that.
    """
    first = Reader(page)
    seen = _field(first.ask(), b"etag").decode()
    first.close()
    readers = {BARE: Reader("/nada/"), STORED: Reader(page), SEEN: Reader(page, seen)}
    rates: dict[str, list[float]] = {what: [] for what in readers}
    costs: dict[str, list[float]] = {what: [] for what in readers}
    for reader in readers.values():
        reader.ask()
        reader.close()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for what, reader in readers.items():
            had, begun, count = had_of(server, database), time.monotonic(), 0
            while time.monotonic() - begun < ROUND:
                reader.ask()
                count += 1
            rates[what].append(count / (time.monotonic() - begun))
            now = had_of(server, database)
            costs[what].append(sum(now[pid] - had.get(pid, 0) for pid in now) / count)
            reader.close()  # before the portal does, which waits for nobody
    rate = {what: statistics.median(each) for what, each in rates.items()}
    cost = {what: statistics.median(each) for what, each in costs.items()}
    for what in readers:
        print(
            f"{what}: {rate[what]:.0f} a second (× {rate[what] / rate[BARE]:.2f}), "
            f"{cost[what] * 1000:.2f} ms of processor (× {cost[BARE] / cost[what]:.2f})"
        )
    return all(cost[BARE] / cost[what] >= least for what, least in LEAST.items())


def _received(line: socket.socket) -> bytes:
    if piece := line.recv(65536):
        return piece
    raise ConnectionError("the portal hung up in the midst of an answer")


def _field(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        key, _colon, value = line.partition(b":")
        if key.lower() == name:
            return value.strip()
    return b""
