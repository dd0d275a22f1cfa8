"""What a closing fixes, or fixed, office by office: those with most silences before the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Unit
from plans.models import PlanElement
from tracking.choices import Signal
from tracking.models import ClosingLine, ProgressReport


@dataclass(frozen=True)
class OfficeClosing:
    """The LINES of one office, or of several that answer together; NAME is theirs.

    ``silent``: each promise without a published report, with the one that is on its way, if any.
    """

    name: str
    lines: list[ClosingLine]
    silent: list[tuple[PlanElement, ProgressReport | None]]

    @property
    def reported(self) -> int:
        return len(self.lines) - len(self.silent)

    @property
    def signals(self) -> list[tuple[Signal, int]]:
        return signals_of(self.lines)


def signals_of(lines: Iterable[ClosingLine]) -> list[tuple[Signal, int]]:
    """How many of LINES that have a report carry each signal; only signals that any has."""
    counts = Counter(line.signal for line in lines if line.report)
    return [(signal, counts[signal]) for signal in Signal if counts[signal]]


def by_office(
    lines: Iterable[ClosingLine],
    units: Mapping[int, Unit],
    begun: Mapping[int, ProgressReport],
) -> list[OfficeClosing]:
    """LINES by who answers for them. UNITS by id; BEGUN: reports not published, by element's id."""
    lines_of: dict[tuple[int, ...], list[ClosingLine]] = defaultdict(list)
    for line in lines:
        lines_of[tuple(line.units)].append(line)
    offices = [
        OfficeClosing(
            name=", ".join(str(units[pk]) for pk in ids) or _("Ninguna oficina"),
            lines=theirs,
            silent=[
                (line.element, begun.get(line.element_id)) for line in theirs if not line.report
            ],
        )
        for ids, theirs in lines_of.items()
    ]
    return sorted(offices, key=lambda office: (-len(office.silent), office.name))
