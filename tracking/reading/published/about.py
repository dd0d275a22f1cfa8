"""The rows that are about an element of a plan."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from tracking.reading.published.columns import Expression

Published = TypeVar("Published", bound=Model)


def about_element(
    rows: QuerySet[Published], element: str = "element", **more: Expression
) -> QuerySet[Published]:
    """ROWS with the element that they are about, but for its long columns, and with MORE."""
    long = (
        f"{element}__{name}"
        for name in ("search", "spans", "indicator_spans", "statement", "indicator")
    )
    joined = rows.select_related(f"{element}__plan__municipality").defer(*long)
    annotated: QuerySet[Published] = joined.annotate(**more).order_by("pk")
    return annotated


def is_newest(rows: QuerySet[Published], number: str, *same: str) -> Expression:
    """Whether none of ROWS has a greater NUMBER for the same element, and the SAME otherwise."""
    alike = {name: OuterRef(name) for name in ("element", *same)}
    return ~Exists(rows.filter(**alike, **{f"{number}__gt": OuterRef(number)}))
