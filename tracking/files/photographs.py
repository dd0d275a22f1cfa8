"""What a photograph tells beside its picture: where it was taken, by which telephone, for whom.

The picture itself is never decoded or compressed again: its bytes are copied, so that it stays as
sharp as it was taken, and costs no memory however large it is.
"""

import datetime as dt
import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from numbers import Rational
from typing import Any, Final

from PIL import ExifTags, Image

Data = bytes | mmap.mmap

MOST_PIXELS: Final = 120_000_000  # a telephone's largest; unpacked, what a browser still shows
MOST_SEGMENTS: Final = 100_000  # a picture made of crumbs only costs time
JPEG_START: Final = b"\xff\xd8\xff"
PNG_START: Final = b"\x89PNG\r\n\x1a\n"
EXIF_START: Final = b"Exif\x00\x00"
ICC_START: Final = b"ICC_PROFILE\x00"
JFIF_START: Final = b"JFIF\x00"
ADOBE_START: Final = b"Adobe"

# Markers of a JPEG (ITU-T T.81, annex B).
FILLING, END, SCAN, EXIF, ICC = 0xFF, 0xD9, 0xDA, 0xE1, 0xE2
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # without a length
JFIF_ALONE, ADOBE_ALONE = 14, 12  # bytes
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # with the picture's size
JFIF, ADOBE = 0xE0, 0xEE
NOTES: Final = frozenset(range(0xE0, 0xFF))  # of programs, of extensions, and comments
AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)

# Chunks of a PNG that say how the picture looks, and no more.
PNG_LOOK: Final = re.compile(
    "IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|sBIT|bKGD|pHYs|acTL|fcTL|fdAT"
)

# What an EXIF may keep: which way is up, when it was taken and, where asked, in what place.
UPRIGHT: Final = ExifTags.Base.Orientation
TAKEN: Final = ExifTags.Base.DateTimeOriginal
NORTH_SOUTH, LATITUDE, EAST_WEST, LONGITUDE = range(1, 5)  # tags of its position
DAY_AND_HOUR: Final = re.compile(r"[0-9]{4}(:[0-9]{2}){2} [0-9]{2}(:[0-9]{2}){2}")


class DamagedError(Exception):
    """The picture is cut off, or is not made as its kind is."""


class TooManyPixelsError(Exception):
    """Unpacked, the picture would fill the memory of whoever opens it."""


@dataclass(frozen=True)
class Piece:
    """A part of the file, from START to END; RAW_EXIF where it tells of the photograph."""

    start: int
    end: int
    raw_exif: bytes = b""


@dataclass(frozen=True)
class Photograph:
    """A JPEG or PNG: the PIECES that it needs to be seen as it was taken, and what its EXIF says.

    What lies in none of them is let go: notes, names, other pictures of the same shot, a film.
    """

    data: Data
    pieces: list[Piece]
    upright: int | None = None
    taken: str = ""
    position: dict[int, Any] = field(default_factory=dict)

    @property
    def is_png(self) -> bool:
        return is_png(self.data[:8])

    @property
    def taken_on(self) -> dt.date | None:
        """The day of it, by the clock of its camera; None where it says none that exists."""
        try:
            return dt.datetime.strptime(self.taken[:10], "%Y:%m:%d").date()
        except ValueError:
            return None

    def written(self, *, keeps_position: bool) -> Iterator[bytes]:
        """Its bytes, piece by piece; without where it was taken, unless KEEPS_POSITION."""
        exif = self._exif(keeps_position=keeps_position)
        for piece in self.pieces:
            if not piece.raw_exif:
                yield self.data[piece.start : piece.end]
            elif exif and self.is_png:
                yield _chunk(b"eXIf", exif)
            elif exif:
                yield _segment(EXIF, EXIF_START + exif)

    def _exif(self, *, keeps_position: bool) -> bytes:
        fresh = Image.Exif()
        if self.upright:
            fresh[UPRIGHT] = self.upright
        if self.taken:
            fresh[ExifTags.IFD.Exif] = {TAKEN.value: self.taken}
        if keeps_position and self.position:
            fresh[ExifTags.IFD.GPSInfo] = self.position
        return fresh.tobytes().removeprefix(EXIF_START) if len(fresh) else b""


def is_jpeg(start: bytes) -> bool:
    return start.startswith(JPEG_START)


def is_png(start: bytes) -> bool:
    return start.startswith(PNG_START)


def read_photograph(data: Data) -> Photograph:
    """Take a JPEG or a PNG apart. Raises DamagedError or TooManyPixelsError."""
    try:
        pieces = list(_png_pieces(data) if is_png(data[:8]) else _jpeg_pieces(data))
    except (IndexError, struct.error) as error:
        raise DamagedError from error
    raw = next((each.raw_exif for each in pieces if each.raw_exif), b"")
    return Photograph(data, pieces, **_told(raw))


def _jpeg_pieces(data: Data) -> Iterator[Piece]:
    """One for each segment that is kept, up to the end of the first picture."""
    yield Piece(0, 2)
    place, has_exif, is_sized = 2, False, False
    for _ in range(MOST_SEGMENTS):
        marker = _marker(data, place)
        if marker == END and is_sized:
            yield Piece(place, place + 2)
            return
        if marker == FILLING or marker in ALONE:
            place += 1 if marker == FILLING else 2
            continue
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        body, end = place + 4, place + 2 + length
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[body + 1 : body + 5])
            _measure(width, height)
            is_sized = True
        elif marker == SCAN:
            end = _end_of_scan(data, end)
        if marker == EXIF and not has_exif and data[body : body + 6] == EXIF_START:
            yield Piece(place, end, data[body + 6 : end])
            has_exif = True
        elif marker not in NOTES or _says_colours(marker, data[body:end]):
            yield Piece(place, end)
        place = end
    raise DamagedError


def _says_colours(marker: int, body: bytes) -> bool:
    """Whether it says how the colours are meant, and has no room for more, as a small picture."""
    return (
        (marker == ICC and body.startswith(ICC_START))
        or (marker == JFIF and body.startswith(JFIF_START) and len(body) == JFIF_ALONE)
        or (marker == ADOBE and body.startswith(ADOBE_START) and len(body) == ADOBE_ALONE)
    )


def _marker(data: Data, place: int) -> int:
    if data[place] != FILLING:
        raise DamagedError
    return data[place + 1]


def _end_of_scan(data: Data, start: int) -> int:
    match = AFTER_SCAN.search(data, start)
    if not match:
        raise DamagedError
    return match.start()


def _png_pieces(data: Data) -> Iterator[Piece]:
    """One for each chunk that is kept, up to the last."""
    yield Piece(0, len(PNG_START))
    place, has_exif = len(PNG_START), False
    for _ in range(MOST_SEGMENTS):
        length, raw_kind = struct.unpack(">I4s", data[place : place + 8])
        kind = raw_kind.decode("latin-1")
        end = place + 12 + length
        (check,) = struct.unpack(">I", data[end - 4 : end])
        if zlib.crc32(data[place + 4 : end - 4]) != check:
            raise DamagedError
        if kind == "IHDR":
            _measure(*struct.unpack(">II", data[place + 8 : place + 16]))
        elif place == len(PNG_START):
            raise DamagedError
        if PNG_LOOK.fullmatch(kind):
            yield Piece(place, end)
        elif kind == "eXIf" and length and not has_exif:
            yield Piece(place, end, data[place + 8 : end - 4])
            has_exif = True
        if kind == "IEND":
            return
        place = end
    raise DamagedError


def _measure(width: int, height: int) -> None:
    if not width or not height:
        raise DamagedError
    if width * height > MOST_PIXELS:
        raise TooManyPixelsError


def _told(raw: bytes) -> dict[str, Any]:
    """What RAW, an EXIF, says of what `Photograph` keeps; nothing of one that cannot be read."""
    exif = Image.Exif()
    try:
        exif.load(EXIF_START + raw)
        upright = exif.get(UPRIGHT)
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(TAKEN)
        gps = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (SyntaxError, ValueError, TypeError, struct.error):
        return {}
    is_known = isinstance(upright, int) and 1 <= upright <= 8
    is_dated = isinstance(taken, str) and DAY_AND_HOUR.fullmatch(taken)
    return {
        "upright": upright if is_known else None,
        "taken": taken if is_dated else "",
        "position": _position(gps),
    }


def _position(gps: dict[int, Any]) -> dict[int, Any]:
    """Where it was taken, of what an EXIF says of it; empty where that is no place."""
    is_a_place = (
        gps.get(NORTH_SOUTH) in {"N", "S"}
        and gps.get(EAST_WEST) in {"E", "W"}
        and _is_an_angle(gps.get(LATITUDE))
        and _is_an_angle(gps.get(LONGITUDE))
    )
    return {tag: gps[tag] for tag in range(1, 5)} if is_a_place else {}


def _is_an_angle(value: Any) -> bool:
    """Whether VALUE is degrees, minutes and seconds."""
    if not isinstance(value, tuple) or len(value) != 3:
        return False
    return all(isinstance(part, Rational) and 0 <= float(part) <= 360 for part in value)


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
