"""The semester strip in words, for whoever does not see it: pure functions."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracking.choices import Signal, Step
from tracking.reading.sentences import percentage
from tracking.reading.strips import Arrival, Cell, Look

SILENT: Final = {
    Arrival.MISSING: gettext_lazy("sin informe"),
    Arrival.DUE: gettext_lazy("por informar"),
    Arrival.AHEAD: gettext_lazy("aún no corresponde"),
    Arrival.UNASKED: gettext_lazy("no se pidió"),
}
TOLD_SIGNALS: Final = {Signal.ON_TIME, Signal.LATE, Signal.VERY_LATE, Signal.NOT_MEASURABLE}


def strip_words(cells: Sequence[Cell]) -> str:
    """A strip for whoever does not see it: "2019-I: sin informe; 2019-II: 20 %, con retraso"."""
    pieces = []
    language = get_language()
    for words, group in groupby(cells, key=lambda cell: _words_of(cell.look, language)):
        run = list(group)
        if run[0].arrival == Arrival.REPORTED or len(run) == 1:
            pieces += [f"{cell.semester}: {words}" for cell in run]
        else:
            shown = {"first": run[0].semester, "last": run[-1].semester, "words": words}
            pieces.append(_("%(first)s a %(last)s: %(words)s") % shown)
    return "; ".join(pieces)


def in_words(cell: Cell) -> str:
    """One semester as its cell says it: "20 %, con retraso, sin sustento"."""
    return _words_of(cell.look, get_language())


@lru_cache(10_000)
def _words_of(cell: Look, _language: str | None) -> str:
    """Kept in each language: the cells of a country say the same few things."""
    if cell.arrival == Arrival.MISSING and cell.is_final:
        return _("sin informe final")
    if cell.arrival != Arrival.REPORTED:
        return str(SILENT[cell.arrival])
    if cell.progress is not None:
        pieces = [percentage(cell.progress), *([_("retroceso")] if cell.progress < 0 else [])]
    elif cell.step is not None:
        pieces = [str(Step(cell.step).label).lower()]
    else:
        pieces = [_("informado")]
    if cell.signal in TOLD_SIGNALS:
        pieces.append(str(Signal(cell.signal).label).lower())
    if not cell.is_supported:
        pieces.append(_("sin sustento"))
    if cell.is_corrected:
        pieces.append(_("corregido"))
    return ", ".join(pieces)
