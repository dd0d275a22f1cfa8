"""A semester ("2019-I") as a value."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from django.utils.translation import gettext as _

from plans.term import Term

SEMESTER: Final = re.compile(r"([0-9]{4})-(II?)\Z", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Semester:
    """One half of a year, 1 (January to June) or 2 (July to December). In order of time."""

    year: int
    half: int

    @classmethod
    @lru_cache(1000)  # a plan's page reads thousands of them from its rows
    def parse(cls, text: str) -> Self:
        """Read "2019-I" or "2019-II". ValueError, with a sentence, for anything else."""
        match = SEMESTER.match(text)
        if not match or not 1980 <= int(match[1]) <= 2200:
            raise ValueError(_("Un semestre se escribe «2019-I» o «2019-II»."))
        return cls(int(match[1]), len(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The semester in which DAY lies."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def all_of(cls, term: Term) -> list[Self]:
        """Every semester of TERM, in order."""
        years = range(term.first_year, term.last_year + 1)
        return [cls.parse(f"{year}-{half}") for year in years for half in ("I", "II")]

    def __hash__(self) -> int:
        """Two a year: it is looked up thousands of times for one page."""
        return 2 * self.year + self.half

    def __str__(self) -> str:
        """As it is written everywhere, and as it sorts: "2019-I" < "2019-II" < "2020-I"."""
        return f"{self.year}-{'I' * self.half}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    @property
    def previous(self) -> "Semester":
        return Semester(self.year, 1) if self.half == 2 else Semester(self.year - 1, 2)

    @property
    def next(self) -> "Semester":
        return Semester(self.year, 2) if self.half == 1 else Semester(self.year + 1, 1)
