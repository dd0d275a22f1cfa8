"""On which days of a window people write, send, return and publish; never in the future."""

import datetime as dt
from random import Random

from django.utils import timezone

from tracking.demo.course import Fate
from tracking.models import SemesterWindow

MORNING, AFTERNOON = 8, 16


class Calendar:
    """Draws instants of one report's life around its WINDOW."""

    def __init__(self, random: Random, window: SemesterWindow) -> None:
        self.random = random
        self.window = window

    def sending(self, fate: Fate) -> dt.datetime:
        """When the report is first sent: in time, late, or after the semester was closed."""
        window = self.window
        if fate == Fate.AFTER_CLOSING:
            return self._between(window.closes_on + dt.timedelta(days=10), 40)
        if fate == Fate.LATE:
            return self._between(window.due_on + dt.timedelta(days=1), 9)
        first = window.opens_on + dt.timedelta(days=5)
        return self._between(first, max(0, (window.due_on - first).days - 8))

    def before(self, instant: dt.datetime) -> dt.datetime:
        """A moment shortly before INSTANT, when somebody began what they finished then."""
        return instant - dt.timedelta(
            days=self.random.randint(0, 3), minutes=self.random.randint(10, 90)
        )

    def after(self, instant: dt.datetime, days: int) -> dt.datetime:
        """One to so many DAYS later."""
        later = instant + dt.timedelta(
            days=self.random.randint(1, days), minutes=self.random.randint(-90, 90)
        )
        return min(later, timezone.now())

    def correction(self) -> dt.datetime:
        """When a correction begins: weeks after the semester was closed."""
        return self._between(self.window.closes_on + dt.timedelta(days=20), 60)

    def _between(self, first: dt.date, days: int) -> dt.datetime:
        day = first + dt.timedelta(days=self.random.randint(0, days))
        return moment(day, self.random.randint(MORNING, AFTERNOON), self.random.randint(0, 59))


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """An instant in Peru; never one that is still to come."""
    instant = dt.datetime.combine(day, dt.time(hour, minute))
    return min(timezone.make_aware(instant), timezone.now())
