"""The photographs that sustain what was reported of one promise."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from plans.semester import Semester
from tracking.reading.story import Chapter


class Photograph(NamedTuple):
    """SUPPORT, which carries its ``preview_width`` and ``preview_height``, of the report of
    SEMESTER."""

    semester: Semester
    support: Any


def photographs_of(chapters: Sequence[Chapter]) -> list[Photograph]:
    """Those of the newest revisions of CHAPTERS that can be shown, newest first, each once.

    What was withheld is not among them.
    """
    photographs: dict[str, Photograph] = {}
    for chapter in reversed(chapters):
        for support in chapter.newest.supports if chapter.is_reported else ():
            if support.preview_width and support.withheld_at is None:
                photographs.setdefault(support.sha256, Photograph(chapter.semester, support))
    return list(photographs.values())
