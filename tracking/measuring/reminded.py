"""Who was reminded of what they have to report, or will be shortly."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from accounts.choices import LetterKind
from accounts.models import Letter, User
from tracking.models import Reminder

BETWEEN: Final = dt.timedelta(days=1)
"""Nobody is reminded twice within it, of whatever semester."""


def told_within_a_day(people: Collection[User], *, at: dt.datetime) -> set[int]:
    """The ids of those of PEOPLE who were told in the day before AT, or will be. Two queries."""
    sent = Reminder.objects.filter(user__in=people, sent_at__gt=at - BETWEEN)
    return waited_for(people) | set(sent.values_list("user_id", flat=True))


def waited_for(people: Collection[User]) -> set[int]:
    """The ids of those of PEOPLE to whom a reminder is on its way. One query."""
    letters = Letter.objects.filter(
        kind=LetterKind.REMINDER, about__person__in=[each.pk for each in people]
    )
    return set(letters.values_list("about__person", flat=True))
