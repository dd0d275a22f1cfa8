"""What the reader of values does not tell of a sheet, and how far it reaches, before it is opened.

Files are walked through once, with nothing kept but this: no cell far away costs memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  # as its neighbours are called

from django.utils.translation import gettext as _

from accounts.spreadsheets.cells import Cell, SpreadsheetRefused
from accounts.spreadsheets.container import BROKEN
from accounts.spreadsheets.limits import MAX_EXPANDED, Extent

PIECE: Final = 1 << 16
Attributes = dict[str, str]


@dataclass
class Marks:
    """``percents`` are cells shown as a percentage; ``unread`` hold a formula and no value.

    ``hidden`` are the rows, from 1, that are not shown.
    """

    name: str
    extent: Extent
    percents: set[Cell] = field(default_factory=set)
    unread: set[Cell] = field(default_factory=set)
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def walk(
    archive: ZipFile,
    member: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call START, END and TEXT for what stands in the XML of MEMBER; names are bare of prefixes.

    SpreadsheetRefused for what is no XML, is cut off, or declares entities of its own.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(_bare(name), given)
    if end:
        parser.EndElementHandler = lambda name: end(_bare(name))
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_entities
    try:
        with archive.open(member) as file:
            for piece in _pieces(file):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, BadZipFile, ZlibError, LookupError, EOFError, NotImplementedError):
        # A LookupError is that of a member that is not there, or of an encoding that nobody knows.
        raise SpreadsheetRefused(str(BROKEN)) from None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What FILE holds, as long as it keeps to what is read; its directory may lie about it."""
    length = 0
    while piece := file.read(PIECE):
        length += len(piece)
        if length > MAX_EXPANDED:
            reason = _("se expande a más de %s MB.") % (MAX_EXPANDED // 1_000_000)
            raise SpreadsheetRefused(reason)
        yield piece


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_entities(*_given: object) -> None:
    raise SpreadsheetRefused(_("declara entidades XML, que no se abren."))
