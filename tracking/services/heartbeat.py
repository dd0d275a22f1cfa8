"""Let whoever asks see that somebody works in the background."""

import datetime as dt

from tracking.models import Heartbeat
from tracking.models.heartbeat import ONLY


def beat(*, at: dt.datetime) -> None:
    """Say that somebody worked AT that instant. One statement, whoever else says it too."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(pk=ONLY, at=at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["at"],
    )
