"""Write rows by COPY, many times faster than by INSERT."""

import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, CharField, Field, JSONField, Model, TextField

NOTHING: Final = "\\N"
SPECIAL: Final = re.compile(r"[\\\t\n\r]")
ESCAPED: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Sheets:
    """Rows that wait to be written, by table."""

    def __init__(self) -> None:
        self._lines: dict[type[Model], list[str]] = defaultdict(list)

    def add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            columns = _columns(type(row))
            said = (write(getattr(row, name)) for name, write in columns)
            self._lines[type(row)].append("\t".join(said))

    def write(self) -> None:
        """Write them, in the order in which their tables came, and begin anew."""
        for model, lines in self._lines.items():
            fields = ", ".join(f'"{field.column}"' for field in _stored(model))
            statement = f'COPY "{model._meta.db_table}" ({fields}) FROM STDIN'
            with connection.cursor() as cursor:
                cursor.cursor.copy_expert(statement, io.StringIO("\n".join(lines) + "\n"))
        self._lines.clear()


_known: dict[type[Model], list[tuple[str, Callable[[Any], str]]]] = {}


def _columns(model: type[Model]) -> list[tuple[str, Callable[[Any], str]]]:
    """The attribute of each column of MODEL, and how its values are written."""
    if model not in _known:
        _known[model] = [(field.attname, _writer(field)) for field in _stored(model)]
    return _known[model]


def _stored(model: type[Model]) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _writer(field: "Field[Any, Any]") -> Callable[[Any], str]:
    if isinstance(field, JSONField):
        return _json
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, BooleanField):
        return _flag
    return _text if isinstance(field, TextField | CharField) else _plain


def _plain(value: Any) -> str:
    return NOTHING if value is None else str(value)


def _text(value: Any) -> str:
    """What holds no sign that COPY reads otherwise is most of it, and goes as it is."""
    text = NOTHING if value is None else str(value)
    return text.translate(ESCAPED) if value is not None and SPECIAL.search(text) else text


def _flag(value: bool | None) -> str:
    return NOTHING if value is None else "ft"[value]


def _json(value: Any) -> str:
    return NOTHING if value is None else json.dumps(value, ensure_ascii=False).translate(ESCAPED)


def _array(value: list[int]) -> str:
    return "{" + ",".join(map(str, value)) + "}"
