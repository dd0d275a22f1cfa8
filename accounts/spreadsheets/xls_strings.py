"""How long the texts are that the cells of an XLS share ([MS-XLS], 2.4.265 and 2.5.293)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate

WIDE, RICH, EXTENDED = 0x01, 0x08, 0x04


def shared_lengths(blocks: Sequence[bytes]) -> list[int]:
    """The characters of each shared text. BLOCKS are the record SST and those that continue it."""
    return list(_Strings(blocks).lengths())


class _Strings:
    def __init__(self, blocks: Sequence[bytes]) -> None:
        self._bytes = b"".join(blocks)
        self._ends = list(accumulate(map(len, blocks)))
        self._at = 8

    def lengths(self) -> Iterator[int]:
        (count,) = struct.unpack_from("<I", self._bytes, 4)
        for _text in range(count):
            if self._at + 3 > len(self._bytes):
                return
            length, flags = struct.unpack_from("<HB", self._bytes, self._at)
            self._at += 3
            runs = struct.unpack_from("<H", self._bytes, self._at)[0] if flags & RICH else 0
            self._at += 2 if flags & RICH else 0
            rest = struct.unpack_from("<I", self._bytes, self._at)[0] if flags & EXTENDED else 0
            self._at += 4 if flags & EXTENDED else 0
            self._skip(length, flags)
            self._at += 4 * runs + rest
            yield length

    def _skip(self, length: int, flags: int) -> None:
        """Pass over the letters; where they go on in another record, it says anew how wide."""
        while length > 0 and self._at < len(self._bytes):
            width = 2 if flags & WIDE else 1
            end = next(end for end in self._ends if end > self._at)
            here = min(length, (end - self._at) // width)
            length -= here
            self._at += here * width
            if length and self._at < len(self._bytes):
                flags = self._bytes[self._at]
                self._at += 1
