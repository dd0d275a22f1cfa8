"""Summaries of made-up plans, in the shapes in which the electoral authority gives them."""

import io
import json
from collections.abc import Sequence
from typing import Any

from plans.importers.faults import FileRefused
from plans.importers.jne.reader import read
from plans.importers.outline import Outline

ROW = ("Faltan aulas de prueba.", "Que haya aulas de prueba.", "Aulas", "Construir 12 aulas.")
NAMES = ("Problema", "Objetivo", "Indicador", "Meta")


def detail(*row: Any) -> dict[str, Any]:
    return {f"txPg{name}": text for name, text in zip(NAMES, row or ROW, strict=True)}


def summary(
    *rows: Sequence[Any], title: str = "DIMENSIÓN SOCIAL", **general: Any
) -> dict[str, Any]:
    """A municipal one of 2026."""
    return {
        "datoGeneral": {"txOrganizacionPolitica": "LISTA DE PRUEBA", **general},
        "dimensiones": [{"txDimension": title, "detalle": [detail(*row) for row in rows or [ROW]]}],
    }


def read_bytes(content: bytes) -> list[Outline | FileRefused]:
    return list(read(io.BytesIO(content), "planes.json"))


def read_plan(content: Any) -> Outline:
    [found] = read_bytes(json.dumps(content, ensure_ascii=False).encode())
    assert isinstance(found, Outline), found
    return found
