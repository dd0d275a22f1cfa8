"""What citizens read: each page rendered, from the cache, and to whoever has it already."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.test import Client

from benchmarks.database import SIMULATED
from benchmarks.measure import Case
from plans.models import Plan

PLAN_LIMIT, SIMULATED_LIMIT = 4, 4  # a quarter above what they cost in November 2026

reader = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})


def cases(plan: Plan) -> Iterator[Case]:
    address = plan.get_absolute_url()
    yield Case("vista vacía", partial(size_of, "/nada/"))
    yield from _page("inicio", "/")
    yield from _page("plan", address, limit=PLAN_LIMIT)
    lamas = Plan.objects.get(municipality__slug=SIMULATED)
    yield from _page("plan de Lamas, simulado", lamas.get_absolute_url(), limit=SIMULATED_LIMIT)
    yield from _page("plan desplegado", f"{address}?ver=todo", limit=PLAN_LIMIT)
    yield from _page("comparar una región", f"/comparar/{plan.municipality.region_slug}/")
    yield from _page("mapa", "/mapa/")
    yield from _page("mapa de una región", f"/mapa/{plan.municipality.region_slug}/")
    yield from _page("promesa", f"{address}S.1.1.1/")
    yield from _page("promesa, incrustada", f"{address}S.1.1.1/incrustar/")
    yield from _page("plan, incrustado", f"{address}incrustar/")
    yield from _page("para la audiencia", f"{address}rendicion/audiencia/")
    register = f"/m/{plan.municipality.slug}/registro/"
    yield from _page("registro de una municipalidad", register)
    yield Case("registro del portal", partial(size_of, "/registro/"))
    yield Case("prueba de un asiento", partial(size_of, f"{register}1/prueba.json"))
    yield from _page("buscar", "/buscar/")
    yield from _page("buscar «agua»", "/buscar/?q=agua", is_stored=False)
    yield from _page("buscar por estado", "/buscar/?estado=en-ejecucion", is_stored=False)


def _page(
    name: str, address: str, *, limit: float | None = None, is_stored: bool = True
) -> Iterator[Case]:
    load = partial(size_of, address)
    yield Case(name, load, limit=limit)
    if is_stored:
        yield Case(f"{name}, guardado", load, is_cold=False)
    seen = ask(address)["ETag"]
    yield Case(f"{name}, sin cambios", partial(size_of, address, 304, seen), is_cold=False)


def size_of(address: str, expected: int = 200, seen: str = "") -> int:
    return len(ask(address, expected, seen).content)


def ask(address: str, expected: int = 200, seen: str = "") -> Any:
    answer = reader.get(address, headers={"if-none-match": seen})
    if answer.status_code != expected:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer
