"""A PDF whose objects become bytes once: the digest that names it asks for all of them again."""

from typing import Any

import pydyf


class _Written(pydyf.Object):  # type: ignore[misc]
    """What an object comes to in bytes."""

    def __init__(self, written: pydyf.Object) -> None:
        super().__init__()
        self.number, self._data = written.number, bytes(written.data)
        self._is_compressible = bool(written.compressible)

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._is_compressible


def write_once(pdf: Any) -> None:
    """Have each object of PDF, of which nothing changes any more, written as it is now."""
    pdf.objects[1:] = [_Written(each) for each in pdf.objects[1:]]
