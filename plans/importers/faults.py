"""What is wrong with a file, for the person who has to mend it."""

from collections.abc import Iterable
from typing import Final, NamedTuple, Self

from django.utils.translation import gettext as _


class Where(NamedTuple):
    """A place in whatever was read, in words: "línea 12", "hoja «Social», fila 7", "página 3".

    ``order`` is its place among the others of the same source, from 1; 0 speaks of the whole.
    """

    order: int
    words: str


WHOLE: Final = Where(0, "")


def at_line(line: int) -> Where:
    """That LINE, from 1, of a text; 0 is the whole of it."""
    return Where(line, _("línea %s") % line) if line else WHOLE


class Fault(NamedTuple):
    """One thing to mend: where it is, which field it is about, and what is wrong."""

    where: Where
    field: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.where.words}, {self.field}" if self.where.words else self.field
        return f"{where}: {self.reason}"


class FileRefused(Exception):
    """A file is refused whole, with every fault that was found in it, in the file's order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[Self], tuple[list[Fault]]]:
        """For another process: it is made again of its faults."""
        return type(self), (self.faults,)


def refusal_of(name: str, reason: str, where: Where = WHOLE) -> FileRefused:
    """The refusal of what is called NAME, a file or a part of it, for one REASON."""
    return FileRefused([Fault(where, name, reason)])


class Faults(list[Fault]):
    """The faults found so far. A file with MOST of them is not read further."""

    MOST = 200

    def add(self, where: Where, field: str, reason: str) -> None:
        self.append(Fault(where, field, str(reason)))
        if len(self) >= self.MOST:
            raise FileRefused([*self, Fault(where, "…", _("y no se siguió leyendo."))])

    def refuse_if_any(self) -> None:
        if self:
            raise FileRefused(self)
