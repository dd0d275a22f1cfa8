"""What each person is told in their letter of a day: reminders and notices of all their places."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from accounts.models.people import with_lent
from plans.models import Plan
from tracking.choices import NoticeKind, Telling
from tracking.models import (
    DailyLetter,
    LedgerEntry,
    LogHead,
    Notice,
    NoticeChoice,
    Reminder,
    SemesterWindow,
)
from tracking.office.worklists.agenda import days_sentence
from tracking.office.worklists.notices import Told, told
from tracking.office.worklists.pending import Pending, UnsentReport, address_of, pending_in
from tracking.querysets import NoticeQuerySet
from tracking.transparency.heads import newest_head

OCCASIONS: Final = (-7, -1, 1, 7)
"""Days from the due date on which people are reminded: the portal's own."""
LAST_OCCASION_LASTS: Final = 7
"""Days. A worker that was off still sends an occasion until the next one begins."""
MOST_LISTED: Final = 30
"""Reports that a letter names in each semester; it counts the rest."""
REMINDED: Final = (Role.REPORTER, Role.PLANNING)
LEAVES_AT: Final = 8
"""The hour, in Peru, from which the letters of a day leave, with what happened until then."""


@dataclass(frozen=True)
class Section:
    """What a person has in one window. ``items``: what they themselves must send.

    Planning also learns how many reports wait for its decision (``queue``), and how many have not
    been sent by anybody (``unsent``).
    """

    window: SemesterWindow
    plan: Plan
    at: dt.date
    items: list[UnsentReport]
    is_planning: bool
    queue: int
    unsent: int

    @property
    def days_left(self) -> int:
        """Days until the due date; negative after it."""
        return (self.window.due_on - self.at).days

    @property
    def days_sentence(self) -> str:
        return days_sentence(self.window, at=self.at)

    @property
    def listed(self) -> list[UnsentReport]:
        return self.items[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.items) - len(self.listed)

    @property
    def address(self) -> str:
        return address_of("office:semester", self.window)

    @property
    def review_address(self) -> str:
        return address_of("office:review", self.window)


class LedgerHead(NamedTuple):
    """The newest entry of a municipality's ledger: a letter that is kept holds the chain to it."""

    place: Municipality
    number: int
    code: str


@dataclass(frozen=True)
class DayLetter:
    """What PERSON is told in one letter, late windows first. ``claims``: what it reminds of.

    ``heads``: of each municipality that it reminds of, in the same order, and ``log``, that of the
    portal's log; ``news``: the notices that wait for it, oldest first. There may be only reminders,
    or only news.
    """

    person: User
    sections: list[Section]
    claims: list[Reminder]
    heads: list[LedgerHead]
    news: list[Told]
    log: LogHead | None = None

    @property
    def is_simulated(self) -> bool:
        plans = any(section.plan.simulated for section in self.sections)
        return plans or any(each.is_simulated for each in self.news)

    @property
    def listed(self) -> list[Told]:
        return self.news[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.news) - len(self.listed)

    @property
    def headline(self) -> str:
        """How much there is of each thing: "3 informes atrasados, 2 avisos"; no zeros."""
        late = sum(section.unsent for section in self.sections if section.days_left < 0)
        to_send = sum(section.unsent for section in self.sections) - late
        queue = sum(section.queue for section in self.sections)
        news = len(self.news)
        parts = (
            (late, ngettext("%s informe atrasado", "%s informes atrasados", late)),
            (to_send, ngettext("%s informe por enviar", "%s informes por enviar", to_send)),
            (queue, ngettext("%s informe por revisar", "%s informes por revisar", queue)),
            (news, ngettext("%s aviso", "%s avisos", news)),
        )
        return ", ".join(sentence % n for n, sentence in parts if n)


def occasion_on(due_on: dt.date, *, at: dt.date) -> int | None:
    """The occasion of OCCASIONS under way on the day AT; None before the first, after the last."""
    days = (at - due_on).days
    begun = [each for each in OCCASIONS if each <= days]
    return begun[-1] if begun and days < OCCASIONS[-1] + LAST_OCCASION_LASTS else None


def people_to_remind(*, at: dt.date) -> list[int]:
    """Ids of those who report or plan where an occasion is under way on the day AT. One query."""
    first = at - dt.timedelta(days=OCCASIONS[-1] + LAST_OCCASION_LASTS - 1)
    last = at - dt.timedelta(days=OCCASIONS[0])
    windows = SemesterWindow.objects.open(at=at).filter(due_on__range=(first, last))
    members = Membership.objects.filter(
        municipality__in=windows.values("municipality"),
        role__in=REMINDED,
        ended_on=None,
        user__is_active=True,
    )
    return sorted(set(members.values_list("user_id", flat=True)))


def leaves_at(day: dt.date) -> dt.datetime:
    """The instant from which the letters of DAY leave."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(LEAVES_AT)))


def people_to_tell(*, until: dt.datetime | None) -> list[int]:
    """Ids of those for whom notices wait, of before UNTIL, to be told once a day. One query."""
    waiting = _waiting_notices(until)
    return sorted(set(waiting.order_by().values_list("user_id", flat=True)))


def day_letters_for(
    people: Collection[int], *, at: dt.date, until: dt.datetime | None = None
) -> list[DayLetter]:
    """A letter for each of PEOPLE (ids) who has something pending and an occasion to be told.

    Or notices of before UNTIL that wait for it. Nobody gets one who got another on the day AT.
    The number of queries does not depend on how many they are.
    """
    told_today = DailyLetter.objects.filter(day=at, user__in=people)
    memberships = _memberships(set(people) - set(told_today.values_list("user_id", flat=True)), at)
    windows = _open_windows(memberships, at)
    claims = _claims(memberships, windows, at=at)
    reached = {each.municipality_id for each in memberships if claims.get(each.user_id)}
    pending = pending_in([window for window in windows if window.municipality_id in reached])
    news_of = _news(memberships, until)
    held: dict[User, list[Membership]] = defaultdict(list)
    for each in memberships:
        held[each.user].append(each)
    head_of, log = _heads(reached), newest_head()
    letters = []
    for person, theirs in held.items():
        sections = [section for each in pending if (section := section_of(each, theirs, at))]
        about = {section.window.pk for section in sections}
        unclaimed = [claim for claim in claims[person.pk] if claim.window_id in about]
        if not unclaimed:
            sections = []
        if unclaimed or news_of[person.pk]:
            places = dict.fromkeys(section.window.municipality_id for section in sections)
            heads = [head_of[place] for place in places if place in head_of]
            letters.append(DayLetter(person, sections, unclaimed, heads, news_of[person.pk], log))
    return letters


def _waiting_notices(until: dt.datetime | None) -> NoticeQuerySet:
    waiting = Notice.objects.to_mail(Telling.DAILY)
    return waiting.filter(at__lt=until) if until else waiting


def _news(
    memberships: Collection[Membership], until: dt.datetime | None
) -> defaultdict[int, list[Told]]:
    """By person, the notices that wait and are still theirs, oldest first."""
    waiting = _waiting_notices(until).filter(user__in={each.user_id for each in memberships})
    news: defaultdict[int, list[Told]] = defaultdict(list)
    for each in told(list(waiting.with_acts().order_by("at", "pk")), memberships):
        if not each.lost:
            news[each.notice.user_id].append(each)
    return news


def _memberships(people: Collection[int], at: dt.date) -> list[Membership]:
    rows = Membership.objects.filter(
        user__in=people, user__is_active=True, role__in=REMINDED, ended_on=None
    )
    held = list(rows.select_related("user").order_by("user", "pk"))
    return with_lent(held, at=at)


def _open_windows(memberships: Iterable[Membership], at: dt.date) -> list[SemesterWindow]:
    """Every window that is still open where they work, the first that fell due first."""
    rows = SemesterWindow.objects.open(at=at).select_related("municipality")
    theirs = rows.filter(municipality__in={each.municipality_id for each in memberships})
    return list(theirs.order_by("due_on", "municipality__search_name", "pk"))


def _heads(places: Collection[int | None]) -> dict[int, LedgerHead]:
    """The newest entry of each of PLACES that has a ledger."""
    newest = LedgerEntry.objects.filter(municipality=OuterRef("pk")).order_by("-number")
    rows = Municipality.objects.filter(pk__in=places).annotate(
        number=Subquery(newest.values("number")[:1]), code=Subquery(newest.values("chain")[:1])
    )
    return {place.pk: LedgerHead(place, place.number, place.code) for place in rows if place.code}


def _claims(
    memberships: Iterable[Membership], windows: Iterable[SemesterWindow], *, at: dt.date
) -> dict[int, list[Reminder]]:
    """By person, the occasions under way of which they were not told; not saved.

    None for who wants no reminders, or was reminded on the day AT because planning asked.
    """
    people = {each.user_id for each in memberships}
    sent = list(Reminder.objects.filter(user__in=people))
    reminded = {(each.user_id, each.window_id, each.days_after_due) for each in sent}
    refused = NoticeChoice.objects.filter(
        user__in=people, kind=NoticeKind.REMINDER, telling=Telling.HERE
    )
    people -= set(refused.values_list("user_id", flat=True))
    people -= {
        each.user_id for each in sent if each.asked_by_id and timezone.localdate(each.sent_at) == at
    }
    works_in = {(each.user_id, each.municipality_id) for each in memberships}
    claims: dict[int, list[Reminder]] = defaultdict(list)
    for window in windows:
        days = occasion_on(window.due_on, at=at)
        if days is None:
            continue
        for person in people:
            is_there = (person, window.municipality_id) in works_in
            if is_there and (person, window.pk, days) not in reminded:
                claims[person].append(Reminder(user_id=person, window=window, days_after_due=days))
    return claims


def section_of(pending: Pending, memberships: Iterable[Membership], at: dt.date) -> Section | None:
    """What is pending for somebody with MEMBERSHIPS; None where nothing is.

    Planning sends what no unit answers for.
    """
    here = [each for each in memberships if each.municipality_id == pending.window.municipality_id]
    is_planning = any(each.role == Role.PLANNING for each in here)
    units = {each.unit_id for each in here if each.unit_id and each.role == Role.REPORTER}
    items = [
        item for item in pending.unsent if item.units & units or (is_planning and not item.units)
    ]
    section = Section(
        window=pending.window,
        plan=pending.plan,
        at=at,
        items=items,
        is_planning=is_planning,
        queue=pending.queue if is_planning else 0,
        unsent=len(pending.unsent) if is_planning else len(items),
    )
    return section if section.queue or section.unsent else None
