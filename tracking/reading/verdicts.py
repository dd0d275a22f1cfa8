"""How promises go, each and together, by the last that is known of them."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from plans.semester import Semester
from tracking.choices import Signal, Step, Verdict
from tracking.measuring.verdicts import Known, verdict
from tracking.reading.sentences import percentage
from tracking.reading.states import TROUBLES
from tracking.reading.strips import Arrival, Cell

WORST_FIRST: Final = (
    Verdict.HALTED,
    Verdict.LATE,
    Verdict.UNKNOWN,
    Verdict.UNTIMED,
    Verdict.ON_TIME,
    Verdict.DONE,
    Verdict.AHEAD,
)

OUTDATED: Final = (Verdict.UNKNOWN, Verdict.AHEAD)
"""Of what goes so a figure is not how it goes."""

MOST_HEADED: Final = 2
"""Counts in the title of a page: a chat shows some sixty letters of it."""

SEVERAL: Final[Mapping[Verdict, Promise]] = {
    Verdict.DONE: ngettext_lazy("%(n)s cumplida", "%(n)s cumplidas", "n"),
    Verdict.ON_TIME: ngettext_lazy("%(n)s va a tiempo", "%(n)s van a tiempo", "n"),
    Verdict.LATE: ngettext_lazy("%(n)s va tarde", "%(n)s van tarde", "n"),
    Verdict.HALTED: ngettext_lazy("%(n)s paralizada", "%(n)s paralizadas", "n"),
    Verdict.UNKNOWN: ngettext_lazy("%(n)s no se sabe cómo va", "%(n)s no se sabe cómo van", "n"),
    Verdict.UNTIMED: ngettext_lazy(
        "%(n)s no se sabe si va a tiempo", "%(n)s no se sabe si van a tiempo", "n"
    ),
    Verdict.AHEAD: ngettext_lazy(
        "de %(n)s aún no toca informar", "de %(n)s aún no toca informar", "n"
    ),
}


class LastKnown(NamedTuple):
    """How a promise goes: by CELL, its newest report, None without any; and for how many due
    semesters it has been SILENT since."""

    verdict: Verdict
    cell: Cell | None
    silent: int

    @property
    def is_far_behind(self) -> bool:
        """Whether it goes late, and far behind its schedule."""
        far = self.cell is not None and self.cell.signal == Signal.VERY_LATE
        return far and self.verdict == Verdict.LATE

    @property
    def headline(self) -> str:
        """How it goes, as a title begins: «51 %, muy retrasado»; «Va tarde» without a figure."""
        label, cell = str(self.verdict.label), self.cell
        if cell is None or cell.progress is None or self.verdict in OUTDATED:
            return label
        if cell.signal in TROUBLES and not cell.is_halted:
            label = str(Signal(cell.signal).label)
        return f"{percentage(cell.progress)}, {label[:1].lower()}{label[1:]}"

    @property
    def brief(self) -> str:
        """What its newest report says, where semesters were told of: «2021-I: 20 %»."""
        if self.cell is None:
            return _("nunca se informó") if self.silent else ""
        return f"{self.cell.semester}: {said_of(self.cell)}"

    @property
    def words(self) -> str:
        """What its newest report says: «semestre 2021-I: 20 %, con retraso»."""
        if self.cell is None:
            return self.brief
        if self.verdict == Verdict.UNKNOWN:
            return _("último informe, semestre %s") % self.brief
        return _("semestre %s") % self.brief


def said_of(cell: Cell) -> str:
    """CELL in a list: how far, and how late; that it has no support is told on its page."""
    if cell.progress is not None:
        said = percentage(cell.progress)
    elif cell.is_halted:
        return _("paralizada")
    elif cell.step is not None:
        said = str(Step(cell.step).label).lower()
    else:
        said = _("informado")
    if cell.signal in TROUBLES and not cell.is_halted:
        return f"{said}, {str(Signal(cell.signal).label).lower()}"
    return said


def last_known(strip: Sequence[Cell], until: Semester | None = None) -> LastKnown:
    """How the promise of STRIP goes, by what is in it up to UNTIL, or in all of it."""
    newest, silent = None, 0
    for cell in strip:
        if until and cell.semester > until:
            break
        if cell.arrival == Arrival.REPORTED:
            newest, silent = cell, 0
        elif cell.arrival == Arrival.MISSING:
            silent += 1
    return LastKnown(verdict(_known(newest, silent)), newest, silent)


def _known(cell: Cell | None, silent: int) -> Known:
    if cell is None:
        return Known(silent=silent)
    return Known(
        stage=cell.stage,
        signal=cell.signal,
        is_halted=cell.is_halted,
        is_lasting=cell.is_lasting,
        is_final=cell.is_final,
        silent=silent,
    )


def counted(counts: Mapping[str, int]) -> list[tuple[Verdict, str]]:
    """How many go in each way that there is: [(LATE, "9 van tarde"), …], in order."""
    return [
        (each, str(SEVERAL[each] % {"n": counts[each]})) for each in Verdict if counts.get(each)
    ]


def total_of(counts: Mapping[str, int]) -> str:
    """ "De 50 promesas", to be followed by how they go."""
    n = sum(counts.values())
    return ngettext("De %(n)s promesa", "De %(n)s promesas", n) % {"n": n}


def headline_of(counts: Mapping[str, int]) -> str:
    """The worst of them, as a title begins: "1 paralizada y 9 van tarde, de 50 promesas"."""
    there = [each for each in WORST_FIRST if counts.get(each)][:MOST_HEADED]
    said = _(" y ").join(str(SEVERAL[each] % {"n": counts[each]}) for each in there)
    n = sum(counts.values())
    return ngettext("%(said)s, de %(n)s promesa", "%(said)s, de %(n)s promesas", n) % {
        "said": said,
        "n": n,
    }


def sentence_of(counts: Mapping[str, int]) -> str:
    """ "De 50 promesas: 3 cumplidas, 18 van a tiempo, 9 van tarde." """
    said = ", ".join(words for _verdict, words in counted(counts))
    return f"{total_of(counts)}: {said}."
