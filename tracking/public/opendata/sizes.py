"""How many rows a table has: counted while they are few, and then as the database estimates."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

FEW: Final = 10_000
FIGURES: Final = 2
"""Of an estimate, how many are said; the database's own statistics know no more."""


@dataclass(frozen=True)
class Size:
    """A number of rows; about as many, where it is no exact one."""

    rows: int
    is_exact: bool


def counted(rows: QuerySet[Any]) -> Size:
    return Size(rows.count(), is_exact=True)


def size_of(rows: QuerySet[Any]) -> Size:
    """Counted where the database expects FEW, else what its statistics say, to two figures.

    To count a million rows is to read them all. Two queries, one where they are many.
    """
    plain = rows.order_by().values("pk")
    (planned,) = json.loads(plain.explain(format="json"))
    expected = int(planned["Plan"]["Plan Rows"])
    if expected <= FEW:
        return counted(rows)
    return Size(round(expected, FIGURES - len(str(expected))), is_exact=False)
