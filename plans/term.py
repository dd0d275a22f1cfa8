"""A municipal term ("2019–2022") as a value."""

import datetime as dt
import re
from typing import NamedTuple, Self

from django.utils.translation import gettext as _

TERM = re.compile(r"([0-9]{4})-([0-9]{4})\Z")
FIRST_YEAR, YEARS, ELECTION_MONTH = 2019, 4, 10
"""Ley 26864: authorities are elected for four years, in October; these began on 1 January 2019."""


class Term(NamedTuple):
    """The years, both inclusive, for which an authority is elected."""

    first_year: int
    last_year: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2019-2022". ValueError for any other form, or years that do not make a term."""
        match = TERM.match(text)
        if not match:
            raise ValueError(_("Un periodo se escribe con dos años: «2019-2022»."))
        term = cls(int(match[1]), int(match[2]))
        if not (1980 <= term.first_year <= term.last_year <= term.first_year + 5 <= 2200):
            raise ValueError(_("Esos años no forman un periodo municipal."))
        return term

    @classmethod
    def to_prepare(cls, at: dt.date) -> Self:
        """The term for which a municipality gets ready on the day AT: the running one.

        From the election on, in October of its last year, the next one.
        """
        first = FIRST_YEAR + (at.year - FIRST_YEAR) // YEARS * YEARS
        if (at.year, at.month) >= (first + YEARS - 1, ELECTION_MONTH):
            first += YEARS
        return cls(first, first + YEARS - 1)

    def __str__(self) -> str:
        """As it stands in addresses: "2019-2022"."""
        return f"{self.first_year}-{self.last_year}"

    def holds(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def nearest(self, year: int) -> int:
        """YEAR, or the one next to it that the term holds."""
        return min(max(year, self.first_year), self.last_year)

    def overlaps(self, other: "Term") -> bool:
        return self.first_year <= other.last_year and other.first_year <= self.last_year

    @property
    def printed(self) -> str:
        """As it is read: "2019–2022"."""
        return f"{self.first_year}–{self.last_year}"

    def status(self, *, at: dt.date) -> str:
        """Whether the term is still to come, running or over on the day AT."""
        if at.year > self.last_year:
            return _("periodo terminado")
        if at.year < self.first_year:
            return _("aún no vigente")
        return _("periodo en curso")
