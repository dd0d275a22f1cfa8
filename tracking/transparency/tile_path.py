"""The part of an address that names a tile, as C2SP's tlog-tiles writes it."""

import re
from dataclasses import dataclass
from typing import Final, Self

from tracking.models.log import TILE_HASHES

WRITTEN: Final = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True)
class TilePath:
    """Tile NUMBER of its level, or the first WIDTH of its hashes: "x001/234", "x001/234.p/17"."""

    number: int
    width: int = TILE_HASHES

    @classmethod
    def parse(cls, text: str) -> Self:
        """ValueError for what is written otherwise: each tile has one address."""
        match = WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        number = int(re.sub("[x/]", "", match[1]))
        path = cls(number, int(match[2] or TILE_HASHES))
        if str(path) != text:
            raise ValueError(text)
        return path

    def __str__(self) -> str:
        groups = re.findall("...", f"{self.number:0{-(-len(str(self.number)) // 3) * 3}}")
        written = "/".join([*(f"x{each}" for each in groups[:-1]), groups[-1]])
        return written if self.width == TILE_HASHES else f"{written}.p/{self.width}"


class TilePathConverter:
    """The end of an address: "x001/234.p/17"."""

    regex = r"(?:x[0-9]{3}/){0,4}[0-9]{3}(?:\.p/[0-9]{1,3})?"

    def to_python(self, value: str) -> TilePath:
        return TilePath.parse(value)

    def to_url(self, value: TilePath | str) -> str:
        return str(value)
