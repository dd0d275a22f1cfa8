"""What changed of the promises of a plan between two moments: from what to what, in words."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from plans.models import PlanElement
from plans.version_notes import headline, notes_of
from tracking.following.lately import NARRATED, Lately, Moment, Words
from tracking.reading.addresses import absolute
from tracking.reading.sentences import shortened
from tracking.reading.verdicts import WORST_FIRST, LastKnown

LONGEST: Final = 200
"""Characters of a promise's words, in a letter."""
LONGEST_NOTE: Final = 600
"""Of what a version changed: the rest is on the promise's page."""


class Change(NamedTuple):
    """How ELEMENT went BEFORE and goes AFTER, "" where it goes as before; and what else is new of
    it, a sentence each. ``units`` are those that answer for it, or reported; ``who`` names them."""

    element: PlanElement
    before: str
    after: str
    notes: list[str]
    narrative: str
    units: frozenset[int]
    who: str

    @property
    def words(self) -> str:
        return shortened(self.element.statement, LONGEST)

    @property
    def address(self) -> str:
        return absolute(self.element.get_absolute_url())


class Act(NamedTuple):
    """Something new of the plan as a whole, and the address where it is read."""

    words: str
    address: str


def changes_in(lately: Lately, since: Moment, until: Moment) -> list[Change]:
    """Each promise of which anything is new, the worst first, then in the plan's own order."""
    before, after = lately.known_at(since), lately.known_at(until)
    noted = _notes(lately, since)
    rank = {verdict: place for place, verdict in enumerate(WORST_FIRST)}
    found = []
    for element in lately.elements:
        pk = element.pk
        was, is_now = _goes(before.get(pk)), _goes(after.get(pk))
        new = [] if element.is_withdrawn else list(_new_words(lately, pk, since))
        notes = [*noted[element.ref], *(_corrected(each) for each in new if each.correction)]
        moved = was != is_now and not element.is_withdrawn
        if not (moved or new or notes):
            continue
        offices = lately.offices.get(pk, [])
        change = Change(
            element,
            was if moved else "",
            "" if element.is_withdrawn else is_now,
            notes,
            shortened(new[-1].narrative, NARRATED) if new else "",
            frozenset(unit for unit, _name in offices)
            | {each.unit for each in new if each.unit is not None},
            ", ".join(name for _unit, name in offices),
        )
        known = after.get(pk)
        found.append((rank[known.verdict] if known else len(rank), change))
    return [change for _rank, change in sorted(found, key=lambda each: each[0])]


def acts_in(lately: Lately, since: Moment) -> list[Act]:
    """What was published of the plan as a whole: its versions, its accountability reports."""
    plan = absolute(lately.plan.get_absolute_url())
    versions = [
        Act(capfirst(headline(version)), plan)
        for number, version in lately.versions
        if number > since.number
    ]
    editions = [
        Act(
            _("Rendición de cuentas del semestre %(semester)s, edición %(n)s")
            % {"semester": report.semester, "n": report.edition},
            absolute(report.get_absolute_url()),
        )
        for number, report in lately.editions
        if number > since.number
    ]
    return [*versions, *editions]


def _goes(known: LastKnown | None) -> str:
    """«Va tarde (semestre 2021-I: 51 %, con retraso)»; "" of what nothing is asked."""
    if known is None:
        return ""
    label = str(known.verdict.label)
    return f"{label} ({known.words})" if known.words else label


def _new_words(lately: Lately, element: int, since: Moment) -> Iterator[Words]:
    for each in lately.reports.get(element, ()):
        if each.number > since.number and each.pk in lately.words:
            yield lately.words[each.pk]


def _notes(lately: Lately, since: Moment) -> dict[str, list[str]]:
    """What new versions of the plan changed, by the element's ref."""
    noted: dict[str, list[str]] = defaultdict(list)
    for number, version in lately.versions:
        if number > since.number:
            for note in notes_of(version):
                noted[note.ref].append(Truncator(capfirst(note.sentence)).chars(LONGEST_NOTE))
    return noted


def _corrected(words: Words) -> str:
    return _("Corregido: %s") % words.correction
