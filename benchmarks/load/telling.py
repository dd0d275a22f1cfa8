"""What many readers found, in lines: as a whole, and by kind of page."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from django.urls import resolve


class Answer(NamedTuple):
    """That of a page: its status, 0 where there was none, and after how many milliseconds."""

    page: str
    status: int
    took: float


Found = Sequence[Answer]


def told(found: Found) -> list[float]:
    """Print FOUND; the milliseconds below which each hundredth of it was."""
    statuses = Counter(each.status for each in found)
    cuts = _cuts(found)
    print(f"{dict(statuses)}: {_said(cuts)}", flush=True)
    return cuts


def tell_kinds(found: Found) -> None:
    """Print FOUND by the names of the addresses."""
    kinds = defaultdict(list)
    for each in found:
        kinds[resolve(urlsplit(each.page).path).view_name].append(each)
    for kind, some in sorted(kinds.items()):
        print(f"  {kind}: {len(some)}, {_said(_cuts(some))}")


def _cuts(found: Found) -> list[float]:
    return statistics.quantiles((each.took for each in found), n=100)


def _said(cuts: Sequence[float]) -> str:
    return f"median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"
