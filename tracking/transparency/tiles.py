"""The tree as it is kept: 256 hashes in a row to a tile, as C2SP's tlog-tiles has them.

Tile (LEVEL, NUMBER) has the hashes of the tree's nodes at height 8 * LEVEL, from 256 * NUMBER on.
Every node between is computed from the hashes of one tile.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from tracking.ledger.chain import sealed_text
from tracking.models import LedgerEntry, LogTile
from tracking.models.log import HASH_BYTES, TILE_HASHES
from tracking.transparency.merkle import Node, Range, folded, node_hash, perfect

HEIGHT: Final = 8
"""Of a tile: it has 2 ** HEIGHT hashes."""
Place = tuple[int, int]


def split(hashes: Any) -> list[bytes]:
    """The HASHES of a tile, one by one."""
    whole = bytes(hashes)
    return [whole[at : at + HASH_BYTES] for at in range(0, len(whole), HASH_BYTES)]


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root of a perfect subtree, whose 2 ** n HASHES of one level are given."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def place_of(node: Node) -> tuple[Place, slice]:
    """The tile of NODE, and which of its hashes it is the root of."""
    level, index = node
    tile_level, height = divmod(level, HEIGHT)
    first = index << height
    number, start = divmod(first, TILE_HASHES)
    return (tile_level, number), slice(start, start + (1 << height))


def hashes_of(spans: Collection[Range]) -> list[bytes]:
    """The hash of each of SPANS, all of which are in the tree. One query, however large it is."""
    nodes = [list(perfect(span)) for span in spans]
    tiles = read_tiles({place_of(node)[0] for each in nodes for node in each})
    return [folded([_hash_in(tiles, node) for node in each]) for each in nodes]


def read_tiles(places: Collection[Place]) -> dict[Place, list[bytes]]:
    """The hashes of the tiles at PLACES. One query, none for none."""
    if not places:
        return {}
    wanted = reduce(or_, (Q(level=level, number=number) for level, number in places))
    rows = LogTile.objects.filter(wanted).values_list("level", "number", "hashes")
    return {(level, number): split(hashes) for level, number, hashes in rows}


def _hash_in(tiles: dict[Place, list[bytes]], node: Node) -> bytes:
    place, part = place_of(node)
    return root_of(tiles[place][part])


def bundle(entries: Iterable[LedgerEntry]) -> bytes:
    """The data of the leaves of ENTRIES, each after its length in two bytes."""
    data = (sealed_text(entry).encode() for entry in entries)
    return b"".join(len(each).to_bytes(2, "big") + each for each in data)


class Frontier:
    """The last tile of each level, to which leaves are added: all that growing needs of a tree.

    ``changed`` are the tiles that were begun or went on, with all their hashes.
    """

    def __init__(self, last: Iterable[tuple[int, int, bytes | memoryview]] = ()) -> None:
        """LAST: level, number and hashes of the last tile of each level that has one."""
        self.rows: dict[int, tuple[int, list[bytes]]] = {}
        self.changed: dict[Place, list[bytes]] = {}
        for level, number, hashes in last:
            self.rows[level] = (number, split(hashes))

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        number, row = self.rows.get(0, (0, []))
        return number * TILE_HASHES + len(row)

    def add(self, leaf: bytes) -> None:
        """Add the hash of one LEAF."""
        self._add(0, leaf)

    def _add(self, level: int, added: bytes) -> None:
        number, row = self.rows.get(level, (0, []))
        if len(row) == TILE_HASHES:
            number, row = number + 1, []
        row.append(added)
        self.rows[level] = (number, row)
        self.changed[level, number] = row
        if len(row) == TILE_HASHES:
            self._add(level + 1, root_of(row))

    def root(self) -> bytes:
        """The root of the tree as it is now: the last tile of each level is enough for it."""
        tiles = {(level, number): row for level, (number, row) in self.rows.items()}
        return folded([_hash_in(tiles, node) for node in perfect((0, self.size))])
