"""What the operator sees of what is done in the background."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from accounts.models import Letter
from tracking.models import Heartbeat, Preview, RenderedFile


@dataclass(frozen=True)
class Background:
    """``last``: when somebody last worked; None if nobody ever did. ``since``: of what waits.

    ``previews``: photographs that have no small picture, and get none.
    """

    last: dt.datetime | None
    is_quiet: bool
    files: int
    letters: int
    previews: int
    since: dt.datetime | None


def background(*, at: dt.datetime) -> Background:
    """How the work in the background stands. Four queries."""
    beat = Heartbeat.objects.first()
    files = RenderedFile.objects.waiting().order_by()
    made = files.aggregate(count=Count("pk"), since=Min("report__issued_at"))
    sent = Letter.objects.aggregate(count=Count("pk"), since=Min("queued_at"))
    return Background(
        last=beat.at if beat else None,
        is_quiet=beat is None or beat.is_quiet(at=at),
        files=made["count"],
        letters=sent["count"],
        previews=Preview.objects.given_up().count(),
        since=min((each for each in (made["since"], sent["since"]) if each), default=None),
    )
