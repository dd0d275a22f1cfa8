"""What is wrong with a file, for the person who has to mend it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _


class Fault(NamedTuple):
    """One thing to mend. ``line`` is 1-based; 0 speaks of the whole file."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        where = f"línea {self.line}, {self.field}" if self.line else self.field
        return f"{where}: {self.reason}"


class FileRefused(Exception):
    """A file is refused whole, with every fault that was found in it, in the file's order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults(list[Fault]):
    """The faults found so far. A file with MOST of them is not read further."""

    MOST = 200

    def add(self, line: int, field: str, reason: str) -> None:
        self.append(Fault(line, field, str(reason)))
        if len(self) >= self.MOST:
            raise FileRefused([*self, Fault(line, "…", _("y no se siguió leyendo."))])

    def refuse_if_any(self) -> None:
        if self:
            raise FileRefused(self)
