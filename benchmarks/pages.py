"""What citizens read: each page rendered, from the cache, and to whoever has it already."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.core.cache import caches
from django.test import Client

from benchmarks.measure import Case
from plans.models import Plan

BARE: Final = Case("vista vacía", lambda: len(ask("/nada/").content))
PLAN_LIMIT: Final = 80  # milliseconds

reader = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})


def cases(plan: Plan) -> Iterator[Case]:
    address = plan.get_absolute_url()
    yield from _page("inicio", "/")
    yield from _page("plan", address, limit=PLAN_LIMIT)
    yield from _page("plan desplegado", f"{address}?ver=todo", limit=PLAN_LIMIT)
    yield from _page("promesa", f"{address}S.1.1.1/")
    yield from _page("buscar", "/buscar/")
    yield from _page("buscar «agua»", "/buscar/?q=agua", is_stored=False)


def _page(
    name: str, address: str, *, limit: int | None = None, is_stored: bool = True
) -> Iterator[Case]:
    load = partial(size_of, address)
    yield Case(name, load, before=caches["pages"].clear, limit=limit)
    if is_stored:
        yield Case(f"{name}, guardado", load)
    seen = ask(address)["ETag"]
    yield Case(f"{name}, sin cambios", partial(size_of, address, 304, seen))


def size_of(address: str, expected: int = 200, seen: str = "") -> int:
    return len(ask(address, expected, seen).content)


def ask(address: str, expected: int = 200, seen: str = "") -> Any:
    answer = reader.get(address, headers={"if-none-match": seen})
    if answer.status_code != expected:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer
