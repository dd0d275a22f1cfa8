"""What programs ask: a plan's whole tree, and a page of a list."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from benchmarks.measure import Case
from benchmarks.pages import ask, size_of
from plans.models import Plan

TREE_LIMIT, LIST_LIMIT = 14, 2.2
ROOT: Final = "/api/v1"


def cases(plan: Plan) -> Iterator[Case]:
    place = plan.municipality.slug
    for name, address, limit in (
        ("API: árbol, 1600 informes", f"{ROOT}/plans/{plan.pk}/tree/", TREE_LIMIT),
        (
            "API: 100 metas",
            f"{ROOT}/targets/?municipality={place}&page_size=100",
            LIST_LIMIT,
        ),
        ("API: 100 informes", f"{ROOT}/reports/?municipality={place}&page_size=100", None),
    ):
        yield Case(name, partial(size_of, address), limit=limit)
        seen = ask(address)["ETag"]
        yield Case(f"{name}, igual", partial(size_of, address, 304, seen), is_cold=False)
