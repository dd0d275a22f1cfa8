"""Delete the stored answers that systems may no longer repeat."""

import datetime as dt

from tracking.models import GivenAnswer


def forget_answers(*, at: dt.datetime) -> int:
    """Delete what at the instant AT is not given again any more; how many there were."""
    deleted, _by_model = GivenAnswer.objects.old(at=at).delete()
    return deleted
