"""What a letter says of each thing that somebody follows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import F
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.services.letters import in_lines
from plans.searching import Words
from tracking.choices import FollowKind
from tracking.following.changes import Act, Change, acts_in, changes_in
from tracking.following.lately import Lately, Moment, Moments, lately
from tracking.following.subjects import address_of, title_of
from tracking.models import Follow
from tracking.reading.addresses import absolute

MOST_LISTED: Final = 10
"""Promises that a letter names of each thing; it counts the rest."""


@dataclass(frozen=True)
class Section:
    """What is new of one thing that is followed, as a letter shows it in TEXT and in HTML.

    ``is_ended``: whether this is the last that is told of it.
    """

    title: str
    text: str
    html: str
    is_simulated: bool
    is_ended: bool


class Towns:
    """What was published of the municipalities of some follows, read once for all of them.

    SINCE is the earliest moment up to which anybody was told, by the municipality's id. What is
    built is kept while the batches that follow ask for the same municipalities.
    """

    def __init__(self, since: Moments) -> None:
        self.since = since
        self.until: dict[int, Moment] = {}
        self._plans: dict[int, list[Lately]] = {}
        self._changes: dict[tuple[int, Moment], list[Change]] = {}
        self._sections: dict[object, Section | None] = {}
        self._saying: dict[tuple[int, str], frozenset[int]] = {}

    def read(self, follows: Collection[Follow], until: Moments) -> None:
        """Have all that FOLLOWS ask, up to UNTIL; what only others asked is let go."""
        places = {each.municipality_id for each in follows}
        kept = places & self.until.keys()
        missing = places - kept
        if kept != self.until.keys():
            self._forget(kept)
        self.until |= {place: until[place] for place in missing}
        self._plans |= {place: [] for place in missing}
        if missing:
            found = lately({place: self.since[place] for place in missing}, self.until)
            for each in found.values():
                self._plans[each.plan.municipality_id].append(each)
        self._read_words(follows)

    def section_of(self, follow: Follow) -> Section | None:
        """What is new for FOLLOW; None where nothing is. Rendered once for all who follow it."""
        since = moment_of(follow)
        subject = (follow.plan_id, follow.element_id, follow.unit_id, follow.words)
        key = (follow.kind, follow.municipality_id, subject, since)
        if key not in self._sections:
            self._sections[key] = self._section(follow, since)
        return self._sections[key]

    def _section(self, follow: Follow, since: Moment) -> Section | None:
        plans = self._plans[follow.municipality_id]
        if follow.plan_id:
            plans = [each for each in plans if each.plan.pk == follow.plan_id]
        changes = [
            change
            for each in plans
            for change in self._changes_of(each, since)
            if self._is_of(follow, change)
        ]
        acts: list[Act] = []
        if follow.kind == FollowKind.PLAN:
            acts = [act for each in plans for act in acts_in(each, since)]
        ended = _ended(follow)
        if not (changes or acts or ended):
            return None
        title, simulated = title_of(follow), any(each.plan.simulated for each in plans)
        listed = changes[:MOST_LISTED]
        context = {
            "follow": follow,
            "title": title,
            "address": absolute(address_of(follow)),
            "is_simulated": simulated,
            "changes": listed,
            "unlisted": len(changes) - len(listed),
            "acts": acts,
            "ended": ended,
        }
        return Section(
            title=title,
            text=in_lines(render_to_string("emails/_followed.txt", context)),
            html=render_to_string("emails/_followed.html", context),
            is_simulated=simulated,
            is_ended=bool(ended),
        )

    def _changes_of(self, each: Lately, since: Moment) -> list[Change]:
        key = (each.plan.pk, since)
        if key not in self._changes:
            until = self.until[each.plan.municipality_id]
            self._changes[key] = changes_in(each, since, until)
        return self._changes[key]

    def _is_of(self, follow: Follow, change: Change) -> bool:
        if follow.kind == FollowKind.PROMISE:
            return change.element.pk == follow.element_id
        if follow.kind == FollowKind.UNIT:
            return follow.unit_id in change.units
        if follow.kind == FollowKind.WORDS:
            return change.element.pk in self._saying[follow.municipality_id, follow.words]
        return True

    def _read_words(self, follows: Iterable[Follow]) -> None:
        """Which of the elements of which anything is new say the words that are followed."""
        asked = {
            (each.municipality_id, each.words): each.pk
            for each in follows
            if each.words and (each.municipality_id, each.words) not in self._saying
        }
        changed = {
            element.pk
            for place, _words in asked
            for each in self._plans[place]
            for element in each.elements
        }
        self._saying |= dict.fromkeys(asked, frozenset())
        rows = Follow.objects.filter(
            pk__in=asked.values(),
            municipality__plans__elements__in=changed,
            municipality__plans__elements__search=Words(F("words")),
        )
        saying: dict[tuple[int, str], set[int]] = {}
        for place, words, element in rows.values_list(
            "municipality", "words", "municipality__plans__elements"
        ):
            saying.setdefault((place, words), set()).add(element)
        self._saying |= {key: frozenset(elements) for key, elements in saying.items()}

    def _forget(self, kept: Collection[int]) -> None:
        """Let go of all but the municipalities KEPT."""
        self.until = {place: self.until[place] for place in kept}
        self._plans = {place: self._plans[place] for place in kept}
        self._changes, self._sections = {}, {}
        self._saying = {key: found for key, found in self._saying.items() if key[0] in kept}


def moment_of(follow: Follow) -> Moment:
    """Up to where FOLLOW, which is confirmed, was told."""
    if follow.told_number is None or follow.told_on is None:
        raise ValueError("it is not confirmed")
    return Moment(follow.told_number, follow.told_on)


def _ended(follow: Follow) -> str:
    """Why FOLLOW comes to its end, as a sentence; "" while it goes on."""
    if follow.element and follow.element.is_withdrawn:
        return _(
            "Vigía ya no recoge este texto como parte del plan: con esta carta termina su "
            "seguimiento. La página se conserva."
        )
    if follow.unit and follow.unit.closed_on:
        day = date_format(follow.unit.closed_on)
        return (
            _(
                "La oficina se suprimió el %s: con esta carta termina su seguimiento. De qué "
                "respondía está en el plan, con la oficina que responde ahora."
            )
            % day
        )
    return ""


def sections_of(towns: Towns, follows: Iterable[Follow]) -> Mapping[int, Section]:
    """What there is to tell of FOLLOWS, which are one person's, by their ids."""
    found = {each.pk: towns.section_of(each) for each in follows}
    return {pk: section for pk, section in found.items() if section}
