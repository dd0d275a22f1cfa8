"""A request while it arrives, before any thread has to do with it."""

import re
from tempfile import SpooledTemporaryFile
from typing import Final

MOST_GATHERED: Final = 25 * 1024 * 1024
"""The largest body that the portal reads. Of a larger one nothing is kept: it is refused unread."""
LARGEST_HEAD: Final = 4 * 1024 * 1024
IN_MEMORY: Final = 256 * 1024
HEAD_PATIENCE: Final = 5.0  # seconds
BODY_PATIENCE: Final = 10.0  # seconds, and as long as a line takes that is
SLOWEST: Final = 8 * 1024  # bytes a second

LONGEST_LENGTH: Final = 20  # digits
END: Final = b"\r\n\r\n"
FRAMING: Final = re.compile(rb"\r\n(content-length|transfer-encoding):([^\r\n]*)", re.IGNORECASE)
EXPECTATION: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class Incoming:
    """What was received of a request; a parser reads from it as from a socket that never waits.

    ``is_there``: nothing more of it is waited for. ``is_whole``: its body is in it, and what was
    received beyond is ``surplus``, the beginning of the next request; where it is not, where the
    next one begins is not known. ``patience``: how many seconds all of it may take, once it began.
    """

    def __init__(self) -> None:
        self.is_there = self.is_whole = self.waits_to_send = False
        self.patience = HEAD_PATIENCE
        self.surplus = b""
        self._head = bytearray()
        self._left: int | None = None
        self._kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - close() is ours

    @property
    def has_begun(self) -> bool:
        return bool(self._head)

    def add(self, data: bytes) -> None:
        """Take what was received."""
        if self._left is None:
            data = self._add_to_head(data)
        if self._left is not None:
            self._add_to_body(data)
        if self.is_there:
            self._kept.seek(0)

    def recv(self, size: int) -> bytes:
        """Up to SIZE bytes of it; none at its end."""
        return self._kept.read(size)

    def close(self) -> None:
        self._kept.close()

    def _add_to_head(self, data: bytes) -> bytes:
        """Take what belongs to the head, and return what is left."""
        seen = max(0, len(self._head) - len(END) + 1)
        self._head += data
        end = self._head.find(END, seen)
        if end < 0:
            self.is_there = len(self._head) > LARGEST_HEAD
            return b""
        rest = bytes(self._head[end + len(END) :])
        del self._head[end + len(END) :]
        length = _length(bytes(self._head))
        if length is None or length > MOST_GATHERED:
            self._kept.write(self._head)
            self.is_there = True
            return b""
        head = EXPECTATION.sub(b"", self._head)
        self.waits_to_send = head != self._head
        self._kept.write(head)
        self._left = length
        self.patience = HEAD_PATIENCE + BODY_PATIENCE + length / SLOWEST
        return rest

    def _add_to_body(self, data: bytes) -> None:
        taken = data[: self._left]
        self._kept.write(taken)
        self._left = (self._left or 0) - len(taken)
        if self._left == 0:
            self.is_there = self.is_whole = True
            self.surplus = data[len(taken) :]


def _length(head: bytes) -> int | None:
    """How long the body is; None where HEAD does not say it once and plainly."""
    framing = [(name.lower(), value.strip(b" \t")) for name, value in FRAMING.findall(head)]
    match framing:
        case []:
            return 0
        case [(b"content-length", value)] if value.isdigit() and len(value) < LONGEST_LENGTH:
            return int(value)
    return None
