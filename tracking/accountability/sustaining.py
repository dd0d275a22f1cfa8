"""What sustains the reports of an edition: how many supports, of what kind, and how good.

Nothing is said of a support that its edition did not freeze.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise as Lazy
from django.utils.translation import ngettext_lazy

from tracking.accountability.content import SupportSaid
from tracking.accountability.edition import Edition
from tracking.files.kinds import FileType, file_kind

COUNTED: Final[Mapping[str, Lazy]] = {
    "": ngettext_lazy("%s enlace", "%s enlaces"),
    FileType.JPEG.media_type: ngettext_lazy("%s fotografía JPEG", "%s fotografías JPEG"),
    FileType.PNG.media_type: ngettext_lazy("%s imagen PNG", "%s imágenes PNG"),
    FileType.XLSX.media_type: ngettext_lazy("%s hoja XLSX", "%s hojas XLSX"),
    FileType.DOCX.media_type: ngettext_lazy("%s documento DOCX", "%s documentos DOCX"),
}
"""How many there are of a kind, by its media type."""


class Sustaining(NamedTuple):
    """The supports of an edition, counted.

    ``different`` is how many files and links they are, ``shared`` how many of these sustain
    several promises; ``older`` the refs with one
    from before the semester; ``unplaced`` how many name no place, None where that is not known.
    ``bare`` is how many reports have none, of as many as were ``reported`` of what was asked:
    what planning tells of a whole dimension once a year is none of them.
    """

    total: int
    promises: int
    kinds: list[str]
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
    told = edition.reports_asked
    all_of_them = [each for _promise, supports in supported for each in supports]
    users: dict[str, set[str]] = defaultdict(set)
    for promise, supports in supported:
        for each in supports:
            users[each.code].add(promise.ref)
    return Sustaining(
        total=len(all_of_them),
        promises=len(supported),
        kinds=[_counted(kind, n) for kind, n in _by_kind(all_of_them)],
        different=len(users),
        shared=sum(len(refs) > 1 for refs in users.values()),
        older=[
            promise.ref
            for promise, supports in supported
            if any(each.taken_on < begins for each in supports)
        ],
        unplaced=_unplaced(all_of_them),
        withheld=sum(each.withheld_on is not None for each in all_of_them),
        bare=sum(not each.supports for each in told),
        reported=len(told),
    )


def _by_kind(supports: list[SupportSaid]) -> list[tuple[str, int]]:
    return Counter(each.media_type for each in supports).most_common()


def _counted(media_type: str, n: int) -> str:
    """«2 imágenes PNG»; a link has no MEDIA_TYPE."""
    words = COUNTED.get(media_type)
    return str(words % n) if words else f"{n} {file_kind(media_type)}"


def _unplaced(supports: list[SupportSaid]) -> int | None:
    if any(each.has_place is None for each in supports):
        return None
    return sum(not each.has_place for each in supports)
