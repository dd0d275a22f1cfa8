"""What sustains the reports of an edition: how many supports, of what kind, and how good.

Nothing is said of a support that its edition did not freeze.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracking.accountability.content import SupportSaid
from tracking.accountability.edition import Edition
from tracking.files.kinds import file_kind


class Sustaining(NamedTuple):
    """The supports of an edition, counted.

    ``different`` is how many files and links they are, ``shared`` how many of these sustain
    several promises; ``older`` the refs with one
    from before the semester; ``unplaced`` how many name no place, None where that is not known.
    ``bare`` is how many reports have none, of as many as were ``reported``.
    """

    total: int
    promises: int
    kinds: list[tuple[str, int]]
    different: int
    shared: int
    older: list[str]
    unplaced: int | None
    withheld: int
    bare: int
    reported: int


def sustaining(edition: Edition) -> Sustaining:
    begins = edition.semester.first_day
    supported = edition.supported
    all_of_them = [each for _promise, supports in supported for each in supports]
    users: dict[str, set[str]] = defaultdict(set)
    for promise, supports in supported:
        for each in supports:
            users[each.code].add(promise.ref)
    return Sustaining(
        total=len(all_of_them),
        promises=len(supported),
        kinds=Counter(_kind(each) for each in all_of_them).most_common(),
        different=len(users),
        shared=sum(len(refs) > 1 for refs in users.values()),
        older=[
            promise.ref
            for promise, supports in supported
            if any(each.taken_on < begins for each in supports)
        ],
        unplaced=_unplaced(all_of_them),
        withheld=sum(each.withheld_on is not None for each in all_of_them),
        bare=len(edition.reported) - len(supported),
        reported=len(edition.reported),
    )


def _kind(support: SupportSaid) -> str:
    return file_kind(support.media_type) if support.media_type else _("enlace")


def _unplaced(supports: list[SupportSaid]) -> int | None:
    if any(each.has_place is None for each in supports):
        return None
    return sum(not each.has_place for each in supports)
