"""Count what a search found by place, and by dimension and level, in one reading of it."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from psycopg2.sql import SQL

from plans.querysets import PlanElementQuerySet

READ_ONCE: Final = SQL(
    "SELECT place, dimension, level, count(*), count(*) FILTER (WHERE is_left)"
    " FROM ({}) AS found (place, dimension, level, is_left)"
    " GROUP BY GROUPING SETS ((place), (dimension, level))"
)
"""Django has no grouping sets. Asked one by one, each would read all that was found."""


@dataclass(frozen=True)
class Grouped:
    """How many there are: ``kinds`` by dimension and level; ``places`` by the id of their
    municipality, of those that the filters of dimension and level leave."""

    kinds: dict[tuple[str, str], int]
    places: dict[int, int]


def grouped(rows: PlanElementQuerySet, is_left: Q) -> Grouped:
    """ROWS grouped; places count those of which IS_LEFT is true. One query."""
    read = rows.order_by().annotate(
        place=F("plan__municipality"),
        is_left=ExpressionWrapper(is_left, output_field=BooleanField()),
    )
    found = Grouped({}, {})
    try:
        sql, parameters = read.values_list(
            "place", "dimension", "level", "is_left"
        ).query.sql_with_params()
    except EmptyResultSet:
        return found
    with connections[rows.db].cursor() as cursor:
        inner = SQL(cursor.mogrify(sql, parameters).decode())
        cursor.execute(READ_ONCE.format(inner).as_string(cursor.cursor))
        for place, dimension, level, n, left in cursor.fetchall():
            if place is None:
                found.kinds[dimension, level] = n
            elif left:
                found.places[place] = left
    return found
