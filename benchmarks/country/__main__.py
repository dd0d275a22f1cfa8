"""Build countries of three sizes, measure each kind in all of them, and keep what was found.

`python -m benchmarks.country [--kept] [plans …]`: with --kept those that are there are measured as
they are. Writes `benchmarks/results.md` and `benchmarks/growth.svg`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.utils import timezone

from benchmarks.country.build import build
from benchmarks.country.database import WHOLE, is_there, name_of
from benchmarks.country.measuring import Measured
from benchmarks.country.plot import drawn
from benchmarks.country.results import by_kind, faults_of, written

SIZES: Final = (5, 100, WHOLE)
FOLDER: Final = Path(__file__).resolve().parents[1]


def main(words: Sequence[str]) -> int:
    """Exit status 1 where something is above its limit, as `make bench` has it."""
    sizes = [int(word) for word in words if word.isdigit()] or [*SIZES]
    for size in sizes:
        if "--kept" not in words or not is_there(name_of(size)):
            build(size)
    rows = [row for size in sizes for row in _measured(size)]
    load = f"load {os.getloadavg()[1]:.1f} at its end"
    text = written(rows, day=timezone.localdate(), load=load)
    (FOLDER / "results.md").write_text(text)
    (FOLDER / "growth.svg").write_text(drawn(rows))
    exceeded = {name: faults_of(each) for (_group, name), each in by_kind(rows).items()}
    for name, faults in exceeded.items():
        if faults:
            print(f"✗ {name}: {', '.join(faults)}")
    return 1 if any(exceeded.values()) else 0


def _measured(size: int) -> Iterator[Measured]:
    """In a process of its own, so that no country has anything in memory for another."""
    print(f"Midiendo con {size} planes…", flush=True)
    done = subprocess.run(  # noqa: S603  # itself
        [sys.executable, "-m", "benchmarks.country.measuring", str(size)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for line in done.stdout.splitlines():
        yield Measured(**json.loads(line))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
