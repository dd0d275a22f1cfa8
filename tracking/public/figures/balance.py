"""How a plan, a dimension or a unit stands in a semester: its counts, and one sentence of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from plans.choices import Level, MeasureKind
from plans.semester import Semester
from plans.summary import noun
from tracking.choices import Signal
from tracking.measuring.due import Windows
from tracking.models import SemesterWindow, Standing
from tracking.public.charts.bars import Segment
from tracking.public.figures.punctuality import Reporting
from tracking.reading.sentences import percentage
from tracking.reading.states import STATES, counted
from tracking.reading.strips import Arrival, silence

LEVELS: Final = (Level.TARGET, Level.ACTIVITY, Level.OBJECTIVE, Level.GUIDELINE)
"""What is reported: results before deliveries; what is reported only in some plans comes last."""


class Counts(Reporting, Protocol):
    """What a `Standing` counts, or the same of an edition, where it is frozen."""

    @property
    def semester(self) -> Semester | str: ...
    @property
    def level(self) -> str: ...
    @property
    def silent(self) -> int: ...
    @property
    def stages(self) -> Mapping[str, int]: ...
    @property
    def signals(self) -> Mapping[str, int]: ...
    @property
    def halted(self) -> int: ...
    @property
    def unverifiable(self) -> int: ...
    @property
    def means(self) -> Mapping[str, Mapping[str, Any]]: ...


@dataclass(frozen=True)
class Balance:
    """One level of a scope in one semester. ``silence``: what a missing report is on that day."""

    standing: Counts
    silence: Arrival

    @property
    def level(self) -> str:
        return self.standing.level

    @property
    def title(self) -> str:
        """ "De 16 metas"."""
        asked = self.standing.asked
        return _("De %(n)s %(what)s") % {"n": asked, "what": noun(self.level, asked)}

    @property
    def counts(self) -> dict[str, int]:
        """How many stand in each state, by its key in `STATES`; those that there are."""
        counts = {**self.standing.stages, self.silence.value: self.standing.silent}
        return {state: counts[state] for state in STATES if counts.get(state)}

    @property
    def signals(self) -> dict[Signal, int]:
        """How many reports have each signal; those that there are."""
        counts = self.standing.signals
        return {signal: counts[signal] for signal in Signal if counts.get(signal)}

    def segments(
        self, address_of: Callable[[str], str] = lambda _state: "", current: str = ""
    ) -> list[Segment]:
        """The parts of its bar; ADDRESS_OF gives the address that shows one state alone."""
        counts = self.counts | ({current: self.counts.get(current, 0)} if current else {})
        return [
            Segment(state, str(STATES[state]), count, address_of(state), state == current)
            for state, count in counts.items()
        ]

    @property
    def sentence(self) -> str:
        """ "De 16 metas: 2 funcionando, 1 en parte, 4 sin informe"."""
        return f"{self.title}: {counted(self.counts)}"

    @property
    def coverage(self) -> list[str]:
        """What the counts rest on, a sentence each; then the means of like things."""
        means = self.standing.means.items()
        return [*self.grounds, *(self._mean(kind, mean) for kind, mean in means)]

    @property
    def grounds(self) -> list[str]:
        """What the counts rest on, a sentence each."""
        row = self.standing
        shown = {"n": row.reported, "of": row.asked, "punctual": row.punctual, "s": row.supported}
        sentences = [
            _("%(n)s de %(of)s con informe, %(punctual)s dentro del plazo; %(s)s con sustento.")
            % shown
        ]
        if row.halted:
            sentences.append(_("Con una paralización: %s.") % row.halted)
        if row.unverifiable:
            sentences.append(_("No verificables, que solo se narran: %s.") % row.unverifiable)
        return sentences

    def _mean(self, kind: str, mean: Mapping[str, Any]) -> str:
        shown = {
            "kind": str(MeasureKind(kind).label).lower(),
            "measured": mean["measured"],
            "of": mean["of"],
        }
        if mean["mean"] is None:
            sentence = _(
                "Solo %(measured)s de %(of)s que se miden por «%(kind)s» tienen porcentaje: no se "
                "promedian."
            )
            return sentence % shown
        shown["mean"] = percentage(Decimal(mean["mean"]))
        sentence = _(
            "Las que se miden por «%(kind)s» llevan %(mean)s de avance en promedio (%(measured)s "
            "de %(of)s tienen porcentaje)."
        )
        return sentence % shown


def balances(
    standings: Iterable[Standing], windows: Windows, *, at: dt.date
) -> dict[Semester, list[Balance]]:
    """STANDINGS, of one scope, by semester in order of time; targets before activities."""
    ordered = sorted(standings, key=lambda row: (row.semester, LEVELS.index(Level(row.level))))
    by_semester: dict[Semester, list[Balance]] = {}
    for row in ordered:
        missing = silence(row.semester, windows.get(row.semester), is_asked=True, at=at)
        by_semester.setdefault(row.semester, []).append(Balance(row, missing))
    return by_semester


def shown_semester(windows: Windows, *, at: dt.date) -> Semester | None:
    """The semester of which a page tells unless another is chosen: the last one due by AT.

    While the first is being reported, that one; None before anything was asked.
    """
    semesters = begun(windows, at=at)
    due = (each for each in semesters if is_due(windows[each], at=at))
    return next(due, semesters[-1] if semesters else None)


def newest_begun(windows: Windows, *, at: dt.date) -> Semester | None:
    """The last semester that is being reported, or was, by AT: up to it the last is known that is.

    None before anything was asked.
    """
    return next(iter(begun(windows, at=at)), None)


def begun(windows: Windows, *, at: dt.date) -> list[Semester]:
    """The semesters that are being reported, or were, on the day AT, newest first."""
    opened = (semester for semester, window in windows.items() if window.opens_on <= at)
    return sorted(opened, reverse=True)


def is_due(window: SemesterWindow, *, at: dt.date) -> bool:
    """Whether the reports of WINDOW should all be there on the day AT."""
    return window.is_closed or window.is_past_due(at)
