"""The promises that the hearing pack lists, as far as a page holds them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.choices import Verdict
from tracking.models import Expenditure
from tracking.public.promise_rows import PromiseRow
from tracking.reading.addresses import absolute
from tracking.reading.spending_words import spent_of_budget
from tracking.reading.verdicts import LastKnown

MOST_SIGNS: Final = 120
MOST_OF_A_NAME: Final = 60


QUESTIONS: Final[Mapping[str, tuple[Lazy, Lazy]]] = {
    Verdict.HALTED: (
        gettext_lazy("%s. ¿Por qué no se reanudó, y qué quedó sin hacer?"),
        gettext_lazy("%s. ¿Qué falta para reanudarla, y cuándo será?"),
    ),
    Verdict.UNKNOWN: (
        gettext_lazy("Quedó sin un último informe. %s. ¿Cómo terminó, y por qué no se informó?"),
        gettext_lazy("No hay un informe reciente. %s. ¿Cómo va, y por qué no se informó?"),
    ),
    Verdict.LATE: (
        gettext_lazy("%s. ¿Por qué no se alcanzó lo previsto?"),
        gettext_lazy("%s. ¿Qué se hará para alcanzar lo previsto, y hasta cuándo?"),
    ),
}
"""What is asked of a promise when its term is over, and before."""


class Line(NamedTuple):
    """A promise in a list: its row, its ref, and the DAY of what is said; halted SINCE when.

    ``is_over``: its term has ended, so that nothing can be done any more. Where it stands for
    the money that it did not spend, SPENT has the figures.
    """

    row: PromiseRow
    ref: str
    known: LastKnown
    day: dt.date | None
    since: dt.date | None
    is_over: bool = False
    spent: Expenditure | None = None

    @property
    def said(self) -> str:
        """What was said last of it, and on which day: «paralizada desde el 3 de abril de 2021»."""
        said = self.known.brief
        if self.since:
            said = _("paralizada desde el %s") % date_format(self.since, "d/m/Y")
        if self.day is None:
            return said
        return _("%(said)s, al %(day)s") % {"said": said, "day": date_format(self.day, "d/m/Y")}

    @property
    def dated_row(self) -> PromiseRow:
        """Its row, whose why begins with the days."""
        if self.day is None:
            return self.row
        day = _("Al %s.") % date_format(self.day, "d/m/Y")
        if self.since:
            shown = {"since": date_format(self.since, "d/m/Y"), "day": day}
            day = _("Desde el %(since)s. %(day)s") % shown
        return self.row._replace(why=f"{day} {self.row.why}")

    @property
    def name(self) -> str:
        """The beginning of its words."""
        return briefly(self.row.words, MOST_OF_A_NAME)

    @property
    def question(self) -> str:
        """What anybody would ask of it: of a term that is over, why; else, what comes next."""
        if self.spent:
            return self._asked_of_money(self.spent)
        ended, going = QUESTIONS.get(self.known.verdict, QUESTIONS[Verdict.LATE])
        return str((ended if self.is_over else going) % capfirst(self.said))

    def _asked_of_money(self, spent: Expenditure) -> str:
        said = _("En %(year)s, al %(day)s: %(spent)s.") % {
            "year": spent.year,
            "day": date_format(spent.as_of, "d/m/Y"),
            "spent": spent_of_budget(spent, 0),
        }
        if self.is_over:
            return f"{said} {_('¿Por qué no se gastó lo demás?')}"
        return f"{said} {_('¿En qué se gastará lo que falta, y cuándo?')}"


class Promised(NamedTuple):
    """What was promised in a dimension: TOTAL promises, the first ROWS of them, ref and words."""

    title: str
    total: int
    rows: Sequence[tuple[str, str]]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


class Listed(NamedTuple):
    """LINES that are shown under TITLE, and how many MORE there are; NONE is said without any."""

    title: str
    lines: Sequence[Line]
    more: int
    none: str
    address: str

    def cut(self, most: int) -> "Listed":
        hidden = max(len(self.lines) - most, 0)
        return self._replace(lines=self.lines[:most], more=self.more + hidden)

    @property
    def total(self) -> int:
        return len(self.lines) + self.more

    @property
    def rows(self) -> list[PromiseRow]:
        return [each.dated_row for each in self.lines]

    @property
    def printed_address(self) -> str:
        return absolute(self.address)


def shares(sizes: Sequence[int], most: int) -> list[int]:
    """How many of each of SIZES are shown where MOST fit: an equal part, then what others leave."""
    shown = [min(size, most // len(sizes)) for size in sizes]
    for n, size in enumerate(sizes):
        shown[n] += min(size - shown[n], most - sum(shown))
    return shown


def briefly(statement: str, most: int = MOST_SIGNS) -> str:
    """STATEMENT as far as a row of paper holds it, cut between words where it can be."""
    text = " ".join(statement.split())
    if len(text) <= most:
        return text
    cut = text[:most]
    return f"{cut.rpartition(' ')[0] or cut}…"
