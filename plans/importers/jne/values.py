"""The values of a JSON file, one after the other, whatever its length: flat memory.

One value, an array of them, a value on each line, or a zip of such files.
"""

import codecs
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Final

from django.utils.translation import gettext as _

PIECE: Final = 1 << 18
MAX_VALUE: Final = 16_000_000
MAX_MEMBERS: Final = 20_000
MAX_EXPANDED: Final = 4_000_000_000
SPACES: Final = " \t\r\n\ufeff"
DECODER: Final = json.JSONDecoder(strict=False)


@dataclass(frozen=True)
class Value:
    """The value number ``order`` of what was read, from 1, and where it stands, in words.

    ``fault`` says why it could not be read; ``content`` is None then.
    """

    order: int
    words: str
    content: Any = None
    fault: str = ""


def values(file: BinaryIO) -> Iterator[Value]:
    """The values in FILE, which can be sought. One that is broken is a fault in its place."""
    is_zip = file.read(2) == b"PK"
    file.seek(0)
    if not is_zip:
        yield from _numbered(file, 0, "")
        return
    try:
        yield from _of_zip(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        yield Value(0, "", fault=_("el archivo ZIP está cortado o dañado."))


def _of_zip(file: BinaryIO) -> Iterator[Value]:
    order = 0
    with zipfile.ZipFile(file) as archive:
        members = [each for each in archive.infolist() if _is_json(each)]
        if not members:
            yield Value(0, "", fault=_("el archivo ZIP no tiene archivos JSON."))
        if len(members) > MAX_MEMBERS or sum(each.file_size for each in members) > MAX_EXPANDED:
            yield Value(0, "", fault=_("el archivo ZIP tiene demasiado dentro."))
            return
        for member in members:
            try:
                with archive.open(member) as opened:
                    for value in _numbered(opened, order, f"{member.filename}, "):
                        order = value.order
                        yield value
            except (zipfile.BadZipFile, RuntimeError, zlib.error, EOFError):
                order += 1
                reason = _("está dañado o tiene contraseña.")
                yield Value(order, member.filename, fault=reason)


def _is_json(member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    return name.endswith((".json", ".jsonl")) and not name.startswith("__macosx/")


def _numbered(file: IO[bytes], order: int, name: str) -> Iterator[Value]:
    for found, fault in _Stream(file).values():
        order += 1
        yield Value(order, f"{name}{_('plan %s') % order}", found, fault)


class _Stream:
    """Text that is taken in piece by piece, and forgotten once it was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._text = ""
        self._is_over = False
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def values(self) -> Iterator[tuple[Any, str]]:
        """Each value and its fault, "" for none."""
        try:
            yield from self._values()
        except UnicodeDecodeError:
            yield None, _("no está en UTF-8: guárdelo así y envíelo otra vez.")

    def _values(self) -> Iterator[tuple[Any, str]]:
        in_array = self._next() == "["
        if in_array:
            self._text = self._text[1:]
        while sign := self._next():
            if in_array and sign in ",]":
                self._text = self._text[1:]
                continue
            found, fault = self._value()
            yield found, fault
            if fault and not self._skip_line():
                return

    def _next(self) -> str:
        """The next sign that is no white space, at which the text then begins; "" at the end."""
        while True:
            self._text = self._text.lstrip(SPACES)
            if self._text or not self._more():
                return self._text[:1]

    def _value(self) -> tuple[Any, str]:
        tried = 0
        while True:
            # What was cut in the middle is tried again only once there is twice as much of it.
            if len(self._text) >= 2 * tried or self._is_over:
                tried = len(self._text)
                try:
                    found, end = DECODER.raw_decode(self._text)
                except RecursionError:
                    return None, _("está anidado sin fin.")
                except ValueError as error:
                    if self._is_over or not self._may_go_on(error):
                        return None, _("no es JSON, o está cortado: %s.") % _said(error)
                else:
                    self._text = self._text[end:]
                    return found, ""
            if len(self._text) > MAX_VALUE:
                return None, _("pesa demasiado para ser el resumen de un plan.")
            self._more()

    def _may_go_on(self, error: ValueError) -> bool:
        """Whether the fault is only that the text ends too early, as far as it was read."""
        at = getattr(error, "pos", 0)
        return "Unterminated" in str(error) or at >= len(self._text) - 20

    def _skip_line(self) -> bool:
        """Leave what could not be read up to a line that begins a value; whether there is one."""
        while "\n{" not in self._text:
            self._text = self._text[-1:]
            if not self._more():
                return False
        self._text = self._text[self._text.index("\n{") + 1 :]
        return True

    def _more(self) -> bool:
        if self._is_over:
            return False
        piece = self._file.read(PIECE)
        self._is_over = not piece
        self._text += self._decoder.decode(piece, final=not piece)
        return True


def _said(error: ValueError) -> str:
    place = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
    return _("línea %(line)s, columna %(column)s de lo que se leyó") % place
