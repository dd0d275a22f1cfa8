"""Who reports for the units of a place, and was reminded of it, or will be shortly."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from accounts.choices import LetterKind, Role
from accounts.models import Letter, Membership, Municipality, User
from accounts.models.people import with_lent
from tracking.models import Reminder

BETWEEN: Final = dt.timedelta(days=1)
"""Nobody is reminded twice within it, of whatever semester."""


def reporters_of(municipality: Municipality, *, at: dt.date) -> list[Membership]:
    """The roles by which people report for the units of MUNICIPALITY on the day AT, lent ones too.

    Two queries.
    """
    held = Membership.objects.working(Role.REPORTER).filter(municipality=municipality)
    own = held.select_related("user").order_by("user__name", "user__email", "pk")
    return with_lent(list(own), at=at)


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
