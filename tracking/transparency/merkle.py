"""The arithmetic of an RFC 6962 Merkle tree: its hashes, and which subtrees a proof names.

A leaf is hashed with a zero byte before it and two hashes with a one, so that neither passes for
the other (RFC 6962, 2.1). A *range* (start, end) is the leaves from START to before END, whose hash
stands in the tree; a *node* (level, index) is the perfect subtree of 2 ** LEVEL leaves that begins
with leaf INDEX * 2 ** LEVEL. Nothing here reads a database, and nothing holds a proof to a root:
that is for whoever verifies (`bin/vigia-verify`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Final

EMPTY: Final = hashlib.sha256().digest()
"""The root of a tree without leaves."""

Range = tuple[int, int]
Node = tuple[int, int]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of the range whose perfect subtrees, from left to right, have these HASHES."""
    if not hashes:
        return EMPTY
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))


def perfect(span: Range) -> Iterator[Node]:
    """The perfect subtrees of which a range of the tree consists, from left to right."""
    start, end = span
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that leaf INDEX is in the tree of SIZE: its *audit path*.

    From the leaf upwards (RFC 6962, 2.1.1). ValueError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError((index, size))
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove that the tree of SECOND leaves begins with that of FIRST.

    RFC 6962, 2.1.2: none where FIRST is SECOND. ValueError but for 0 < FIRST <= SECOND.
    """
    if not 0 < first <= second:
        raise ValueError((first, second))
    start, end, is_whole, path = 0, second, True, []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, is_whole = middle, False
    if not is_whole:
        path.append((start, end))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below SIZE, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)
