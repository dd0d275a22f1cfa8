"""What a run found, as a table that is kept: each kind in each country, and what is too much."""

import datetime as dt
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from benchmarks.country.measuring import Measured

MOST_GROWTH: Final = 1.3  # of the CPU of a page, from the smallest country to the whole
MOST_PUBLISHING: Final = 1.5
MOST_WAITED: Final = 20  # milliseconds of database, of home and lists
MOST_SEARCHED: Final = 60
LISTS: Final = ("/", "/municipios/", "/rendicion/")
COMPARED: Final = "/comparar/"
SHORT: Final = 72
HEAD: Final = """# What a country costs

Run on {day} with {cores} cores and {memory} GB of memory, by `make bench-country`; {load}. The
countries are made up (`benchmarks/country/`): {sizes} plans, of a hundred elements on average, with
eight semesters. Pages are about one municipality that is the same in all of them.

Queries, milliseconds in which the database was asked (by the clock, the least of three), CPU of the
server in yardsticks (`benchmarks/yardstick.py`; one was {yardstick:.0f} ms), all with nothing
stored and every memory of a function emptied; then the growth of that CPU to the largest country
from the smallest and from the middle one (lists are not full with five plans), and of the largest
bytes, the memory that it took at its peak, and the milliseconds of CPU once it is stored.
✗ marks what is above its limit: {growth} × for pages, {publishing} × for publishing, {waited} ms of
database for home, lists and comparisons, {searched} ms for a search, or more queries than in the
smallest country.

![CPU of each kind by the number of plans, beside what it is with five](growth.svg)
"""

Sizes = Mapping[int, Measured]


def by_kind(rows: Iterable[Measured]) -> dict[tuple[str, str], dict[int, Measured]]:
    """ROWS of all countries, by group and name, then by the number of plans."""
    found: dict[tuple[str, str], dict[int, Measured]] = defaultdict(dict)
    for row in rows:
        found[row.group, row.name][row.plans] = row
    return found


def growth_of(of_sizes: Sizes) -> float:
    """How many times the CPU of the smallest country the largest takes."""
    return of_sizes[max(of_sizes)].yardsticks / of_sizes[min(of_sizes)].yardsticks


def late_growth_of(of_sizes: Sizes) -> float:
    """The same from the middle one, in which every page of a list is full."""
    middle = sorted(of_sizes)[len(of_sizes) // 2]
    return of_sizes[max(of_sizes)].yardsticks / of_sizes[middle].yardsticks


def faults_of(of_sizes: Sizes) -> list[str]:
    """Which limits a kind exceeds in the largest country, in a word each."""
    few, many = of_sizes[min(of_sizes)], of_sizes[max(of_sizes)]
    most = MOST_PUBLISHING if many.group == "acto" else MOST_GROWTH
    found = {
        "CPU": growth_of(of_sizes) > most,
        "consultas": many.queries > few.queries,
        "base": _waits_too_long(many),
    }
    return [name for name, is_above in found.items() if is_above]


def _waits_too_long(many: Measured) -> bool:
    if many.group == "búsqueda":
        return many.waited > MOST_SEARCHED
    is_list = many.name.partition("?")[0] in LISTS or many.name.startswith(COMPARED)
    return is_list and many.waited > MOST_WAITED


def written(rows: Sequence[Measured], *, day: dt.date, load: str) -> str:
    """The document of a run on DAY; LOAD says in words how busy the machine was."""
    sizes = sorted({row.plans for row in rows})
    kinds = by_kind(rows)
    head = HEAD.format(
        day=day.isoformat(),
        cores=os.cpu_count(),
        memory=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        load=load,
        sizes=", ".join(f"{size:,}" for size in sizes),
        yardstick=sum(row.cpu for row in rows) / sum(row.yardsticks for row in rows),
        growth=MOST_GROWTH,
        publishing=MOST_PUBLISHING,
        waited=MOST_WAITED,
        searched=MOST_SEARCHED,
    )
    groups = dict.fromkeys(group for group, _name in kinds)
    parts = [head]
    for group in groups:
        of_group = {name: sizes for (its, name), sizes in kinds.items() if its == group}
        parts.append("\n".join(_table(group, of_group, sizes)))
    return "\n".join(parts)


def _table(group: str, kinds: Mapping[str, Sizes], sizes: Sequence[int]) -> Iterator[str]:
    columns = [
        *(f"q {size}" for size in sizes),
        *(f"ms {size}" for size in sizes),
        *(f"CPU {size}" for size in sizes),
        *(
            f"× de {sizes[0]}",
            f"× de {sizes[len(sizes) // 2]}",
            "bytes",
            "MB",
            "guardada",
            "sobre su límite",
        ),
    ]
    yield f"\n## {group.capitalize()}\n"
    yield f"| {group} | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * (len(columns) - 1)}---|"
    for name, of_sizes in kinds.items():
        if set(of_sizes) == set(sizes):
            yield _line(name, of_sizes, sizes)
    yield ""


def _line(name: str, of_sizes: Sizes, sizes: Sequence[int]) -> str:
    in_order = [of_sizes[size] for size in sizes]
    last = in_order[-1]
    faults = faults_of(of_sizes)
    cells = [
        *(str(each.queries) for each in in_order),
        *(f"{each.waited:.1f}" for each in in_order),
        *(f"{each.yardsticks:.2f}" for each in in_order),
        f"{growth_of(of_sizes):.2f}",
        f"{late_growth_of(of_sizes):.2f}",
        f"{last.size:,}",
        f"{last.peak:.1f}",
        "" if last.stored is None else f"{last.stored:.1f}",
        f"✗ {', '.join(faults)}" if faults else "",
    ]
    shown = name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"
    return f"| `{shown}` | {' | '.join(cells)} |"
