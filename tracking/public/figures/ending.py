"""What is known at the end of a term of what had no last report: pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from plans.models import PlanElement
from plans.semester import Semester
from plans.summary import noun
from tracking.reading.states import counted
from tracking.reading.strips import Arrival, Cell


def last_known(
    elements: Iterable[PlanElement], strips: Mapping[int, Sequence[Cell]], final: Semester
) -> dict[str, Counter[str]]:
    """By level, in which state those without a report of FINAL stood when they were last reported.

    "" for those that never were.
    """
    stages: dict[str, Counter[str]] = {}
    for element in elements:
        cells = strips.get(element.pk, ())
        if any(cell.semester == final and cell.arrival == Arrival.MISSING for cell in cells):
            reported = [cell.stage for cell in cells if cell.arrival == Arrival.REPORTED]
            stages.setdefault(element.level, Counter())[reported[-1] if reported else ""] += 1
    return stages


def last_known_sentence(level: str, counts: Counter[str]) -> str:
    """ "4 metas sin informe final: según su último informe, 2 en ejecución; 1 nunca se informó"."""
    total = sum(counts.values())
    pieces = []
    if words := counted(counts):
        pieces.append(_("según su último informe, %s") % words)
    if counts[""]:
        pieces.append(_("%s sin ningún informe") % counts[""])
    return _("%(n)s %(what)s sin informe final: %(pieces)s.") % {
        "n": total,
        "what": noun(level, total),
        "pieces": "; ".join(pieces),
    }
