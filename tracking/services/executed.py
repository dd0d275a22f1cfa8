"""Keep what the operating plan says was executed. Nothing of it is public."""

from collections.abc import Sequence

from tracking.models import ExecutedQuantity

QUARTER = ("municipality", "code", "year", "quarter")


def keep_executed(rows: Sequence[ExecutedQuantity]) -> None:
    """Keep ROWS, each over what its quarter said before. One query."""
    said = ("quantity", "target", "unit", "source", "by", "at")
    ExecutedQuantity.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=QUARTER, update_fields=said
    )
