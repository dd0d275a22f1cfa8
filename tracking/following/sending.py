"""Send each follower what changed: once a week, or at once where they asked it of one promise.

Each letter is one transaction, as all letters are: the rows that it tells of are held, the letter
is handed to the mail server, and up to where they were told is written and committed.

- Two workers never send it twice: the rows that one holds the other passes over, and whatever was
  told meanwhile it sees.
- Nothing is lost: what dies before the mail server has the letter leaves the rows as they were.
- A death between the server's answer and the commit sends it again, under the same Message-ID: it
  names from where on is told, which is the same.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Min, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.services.letters import (
    NotSent,
    Refused,
    Round,
    hand_over,
    mail_server,
    send_each,
    send_unasked,
)
from tracking.following import links
from tracking.following.lately import Moment, Moments
from tracking.following.letters import letter_of
from tracking.following.sections import Section, Towns, moment_of, sections_of
from tracking.models import Follow, Follower, LogHead
from tracking.querysets import FollowQuerySet
from tracking.services.following import ANSWERED_WITHIN, forget_address, heads_of
from tracking.transparency.heads import newest_head

BATCH: Final = 200
"""Followers that are read at once,"""
MOST_PLACES: Final = 20
"""… of so many municipalities: what their plans say is held meanwhile."""
PATIENCE: Final = 10
"""Letters in a row that do not leave: then the rest wait for the next round."""


UNREAD: Final = (
    *("element__search", "element__spans", "element__indicator_spans", "element__indicator"),
    *("plan__vision", "plan__note", "element__note"),
)
"""Columns of what is followed that no letter says."""


class Told(NamedTuple):
    """A letter to FOLLOWER about FOLLOWS, with what it says of those that there is news of.

    LOG is the newest head of the portal's log.
    """

    follower: Follower
    follows: Sequence[Follow]
    sections: Mapping[int, Section]
    log: LogHead | None


def send_weekly(*, week: dt.date, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Send everybody's letter of the WEEK that begins on that day, which was not sent."""
    return _Sender(Follow.objects.told_before(week), is_over).send()


def send_at_once(*, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Send what was published of single promises to those who want to know at once."""
    return _Sender(Follow.objects.with_news(), is_over).send()


def ask_who_stays(*, at: dt.date, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Ask those of whom nothing was heard for long whether they want letters; once."""
    silent = Follower.objects.filter(
        kept_until__range=(at, at + ANSWERED_WITHIN), asked_on=None
    ).values_list("pk", flat=True)
    letters = ((f"The question to follower {pk}", partial(_ask, pk, at)) for pk in list(silent))
    return send_each(letters, is_over=is_over)


@transaction.atomic
def _ask(pk: int, at: dt.date) -> bool:
    rows = Follower.objects.select_for_update(skip_locked=True)
    follower = rows.filter(pk=pk, asked_on=None).first()
    if follower is None or follower.kept_until is None:
        return False
    Follower.objects.filter(pk=pk).update(asked_on=at)
    context = {"until": follower.kept_until, "link": links.to_theirs(follower)}
    message = f"sigue.{pk}.{follower.kept_until}"
    send_unasked("follow_stay", follower.email, context, message=message)
    return True


class _Sender:
    """One round of letters about the follows that are DUE."""

    def __init__(self, due: FollowQuerySet, is_over: Callable[[], bool]) -> None:
        self.due = due
        self._is_over = is_over
        self.refused = 0  # in a row
        self.mailer = mail_server()

    def send(self) -> Round:
        letters = (
            (f"The letter to follower {told.follower.pk}", partial(self._deliver, told, until))
            for told, until in self._letters()
        )
        try:
            return send_each(letters, is_over=self._ends)
        finally:
            self._hang_up()

    def _ends(self) -> bool:
        return self.refused >= PATIENCE or self._is_over()

    def _letters(self) -> Iterator[tuple[Told, Moments]]:
        """What there is to tell each; whoever has nothing new is noted as told."""
        places = self.due.order_by().values_list("municipality")
        first: Any = places.annotate(Min("told_number"), Min("told_on"))
        towns = Towns({place: Moment(number, on) for place, number, on in first})
        for batch in _batches(self.due):
            rows = self.due.filter(follower__in=batch).select_related("follower", *links.ALL_OF_IT)
            follows = list(rows.defer(*UNREAD).order_by("follower", "pk"))
            heads = heads_of({each.municipality_id for each in follows})
            log = newest_head()
            today = timezone.localdate()
            towns.read(follows, {place: Moment(head, today) for place, head in heads.items()})
            quiet: list[Follow] = []
            loud: list[Told] = []
            for follower, group in groupby(follows, key=lambda each: each.follower):
                theirs = list(group)
                sections = sections_of(towns, theirs)
                if sections:
                    loud.append(Told(follower, theirs, sections, log))
                else:
                    quiet += theirs
            note_told(quiet, towns.until)
            for told in loud:
                yield told, towns.until

    def _deliver(self, told: Told, until: Moments) -> bool:
        """Hold what TOLD is about and send it; False where another worker does or did."""
        try:
            sent = self._send(told, until)
        except Refused:
            forget_address(told.follower.email)
            return False
        except NotSent:
            self.refused += 1
            self._hang_up()
            raise
        self.refused = 0
        return sent

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.mailer.close()

    @transaction.atomic
    def _send(self, told: Told, until: Moments) -> bool:
        known = {each.pk: moment_of(each) for each in told.follows}
        rows = Follow.objects.select_for_update(skip_locked=True).filter(pk__in=known)
        held: Any = rows.values_list("pk", "told_number", "told_on")
        if {pk: Moment(number, on) for pk, number, on in held} != known:
            return False
        letter = letter_of(*told, self.mailer)
        with suppress(OSError):  # of what keeps it shut, sending tells
            self.mailer.open()  # for all letters of the round
        if not hand_over(letter, name="follow"):
            raise NotSent
        note_told(told.follows, until)
        if ended := [pk for pk, section in told.sections.items() if section.is_ended]:
            Follow.objects.filter(pk__in=ended).delete()
        return True


def note_told(follows: Collection[Follow], until: Moments) -> None:
    """Note of FOLLOWS that they were told UNTIL these moments. One query for each municipality.

    Some may have been told of more than was read: nobody is told it again.
    """
    by_place: dict[int, list[int]] = defaultdict(list)
    for each in follows:
        by_place[each.municipality_id].append(each.pk)
    for place, pks in by_place.items():
        number, on = until[place]
        Follow.objects.filter(pk__in=pks).update(
            told_number=Greatest("told_number", Value(number)), told_on=on
        )


def _batches(due: FollowQuerySet) -> Iterator[list[int]]:
    """The ids of the followers of what is DUE, those of one municipality one after the other."""
    homes = due.order_by().values_list("follower").annotate(home=Min("municipality"))
    batch: list[int] = []
    places: set[int] = set()
    for follower, home in list(homes.order_by("home", "follower")):
        if batch and (len(batch) >= BATCH or len(places | {home}) > MOST_PLACES):
            yield batch
            batch, places = [], set()
        batch.append(follower)
        places.add(home)
    if batch:
        yield batch
