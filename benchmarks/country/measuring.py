"""Measure every kind in one country, in a process of its own, and print it as lines of JSON."""

import json
import statistics
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.country.database import connected, name_of
from benchmarks.country.kinds import ROUNDS, Kind, kinds
from benchmarks.country.places import SEED
from benchmarks.country.subject import Subject
from benchmarks.measure import Case, cost, measure
from benchmarks.memory import megabytes
from benchmarks.pages import reader
from tracking.accountability.rendering import make_file

SEARCHED: Final = (
    *("agua", "obras", "educación", "salud", "mejoramiento", "desarrollo", "gestión", "jóvenes"),
    *("productores", "seguridad", "proyectos", "calidad", "ambiental", "turismo", "capacitación"),
)
"""Common words of the plans; people search for two of them."""
SEARCHES: Final = 40


@dataclass(frozen=True)
class Measured:
    """A kind in a country of so many ``plans``. Milliseconds, MB; ``peak`` is what it adds."""

    plans: int
    group: str
    name: str
    queries: int
    waited: float
    cpu: float
    yardsticks: float
    size: int
    peak: float
    stored: float | None
    """Milliseconds of CPU once it is stored, None for what never is."""


def measured(plans: int, kind: Kind) -> Measured:
    cold = measure(kind.case)
    peak = _peak(kind.case)
    stored = statistics.median(cost(kind.case.run) for _time in range(ROUNDS))
    return Measured(
        plans,
        kind.group,
        kind.case.name,
        cold.queries,
        round(cold.waited, 2),
        round(cold.milliseconds, 2),
        round(cold.yardsticks, 3),
        cold.size,
        round(peak, 1),
        round(stored, 2) if kind.is_stored else None,
    )


def searched(plans: int) -> Measured:
    """Two common words, asked by many: what the slowest twentieth of them takes."""
    pairs = Random(SEED).sample(list(combinations(SEARCHED, 2)), SEARCHES)  # noqa: S311
    asked = [measure(_search(*pair)) for pair in pairs]
    return Measured(
        plans,
        "búsqueda",
        f"dos palabras frecuentes, p95 de {SEARCHES}",
        max(each.queries for each in asked),
        round(_slowest(each.waited for each in asked), 2),
        round(_slowest(each.milliseconds for each in asked), 2),
        round(_slowest(each.yardsticks for each in asked), 3),
        max(each.size for each in asked),
        0,
        None,
    )


def _search(*words: str) -> Case:
    address = f"/buscar/?q={'+'.join(words)}"
    return Case(address, lambda: len(reader.get(address).content), rounds=1)


def _slowest(figures: Iterable[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def _peak(case: Case) -> float:
    """How much memory CASE takes beyond what this process holds, in MB, by the kernel's account."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
    before = megabytes("VmRSS")
    case.run()
    return megabytes("VmHWM") - before


def main(plans: int) -> None:
    with connected(name_of(plans)):
        subject = Subject.chosen()
        for file in subject.edition.files.filter(data=None):
            make_file(file.pk)
        for kind in kinds(subject):
            print(json.dumps(asdict(measured(plans, kind))), flush=True)
        print(json.dumps(asdict(searched(plans))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
