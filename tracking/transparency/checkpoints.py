"""A head of the log as a checkpoint: what is signed, given out, and kept by others.

Three lines (C2SP tlog-checkpoint): the origin, which names the log for as long as it lives wherever
it moves; how many leaves; the root, in Base64. A signed note's signatures follow.
"""

import re
from base64 import b64decode, b64encode
from typing import Final, NamedTuple

from django.conf import settings

from tracking.transparency.keys import signers
from tracking.transparency.notes import Note, signed

WRITTEN: Final = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*")


class Checkpoint(NamedTuple):
    """The ROOT, 32 bytes, that the log of that ORIGIN has with SIZE leaves."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, body: str) -> "Checkpoint":
        """From the BODY of a note; lines after the third are others' business. ValueError."""
        match = WRITTEN.fullmatch(body)
        if match is None:
            raise ValueError(body)
        return cls(match[1], int(match[2]), b64decode(match[3]))

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def checkpoint_of(size: int, root: bytes) -> str:
    """The head of this portal's log as a note that each of its keys signs."""
    return signed(str(Checkpoint(settings.LOG_ORIGIN, size, root)), signers())


def is_signed_by_all(note: str) -> bool:
    """Whether each key of today signed NOTE."""
    known = Note.parse(note)
    return all(known.is_signed_by(signer.verifier) for signer in signers())
