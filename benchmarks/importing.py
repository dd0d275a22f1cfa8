"""What many plans, and a long sheet, cost to read: a process of its own, as in use.

Its peak of memory is the kernel's own, of ten times as many plans: it does not grow.
"""

import json
import subprocess
import sys
import tempfile
from typing import IO, Any, Final

from accounts.spreadsheets.writing import Column, Form, workbook

PLANS: Final = 1_892
ROWS: Final = 5
DIMENSIONS: Final = ("SOCIAL", "ECONÓMICA", "AMBIENTAL", "INSTITUCIONAL")
LEAST: Final = 2_000  # elements a second
SHEET_ROWS: Final = 10_000
MOST: Final = 5.0  # seconds
GROWTH: Final = 1.1
COLUMNS: Final = ("Dimensión", "Problema", "Objetivo", "Indicador", "Meta al 2030")

READER: Final = """
import json, re, sys, time
from importlib import import_module
from django.conf import settings
settings.configure(USE_I18N=False)
from plans.importers.faults import FileRefused
wanted = sys.argv[1]
read = import_module(f"plans.importers.{wanted}.reader").read
begun, items = time.process_time(), 0
plans = read(sys.stdin.buffer, "plan") if wanted == "jne" else [read(sys.stdin.buffer.read(), "p")]
for plan in plans:
    items += 0 if isinstance(plan, FileRefused) else len(plan.items)
took = time.process_time() - begun
peak = re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())
print(json.dumps([items, took, int(peak[1]) // 1024]))
"""


def exceeded() -> list[str]:
    """Print speed and memory of both; the names of those beyond their limit."""
    _items, _took, few_peak = _read("jne", _summaries(PLANS // 10))
    items, took, peak = _read("jne", _summaries(PLANS))
    speed, growth = items / took, peak / few_peak
    print(
        f"\nResúmenes del JNE, {PLANS} planes: {items} elementos, {speed:.0f} por segundo de CPU "
        f"(al menos {LEAST}); {peak} MB, de una décima parte {few_peak} MB (límite × {GROWTH})"
    )
    items, took, peak = _read("sheet", _sheet())
    print(
        f"Hoja de {SHEET_ROWS} filas: {items} elementos en {took:.1f} s de CPU (límite {MOST}), "
        f"{peak} MB"
    )
    found = {
        "lectura de resúmenes": speed < LEAST,
        "memoria de resúmenes": growth > GROWTH,
        "lectura de una hoja": took > MOST,
    }
    return [name for name, is_exceeded in found.items() if is_exceeded]


def _read(wanted: str, file: IO[bytes]) -> tuple[int, float, int]:
    """Elements, seconds of CPU, and the peak in MB."""
    with file:
        done = subprocess.run(  # noqa: S603  # itself
            [sys.executable, "-c", READER, wanted], stdin=file, capture_output=True, check=True
        )
    items, took, peak = json.loads(done.stdout)
    return items, took, peak


def _summaries(count: int) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # whoever reads it closes it
    for number in range(count):
        file.write(json.dumps(_summary(number)).encode() + b"\n")
    file.seek(0)
    return file


def _summary(number: int) -> dict[str, Any]:
    rows = [dict(zip(_names(), _row(row), strict=True)) for row in range(ROWS)]
    return {
        "datoGeneral": {"txOrganizacionPolitica": "LISTA", "txDistrito": f"LUGAR {number}"},
        "dimensiones": [
            {"txDimension": f"DIMENSIÓN {name}", "detalle": rows} for name in DIMENSIONS
        ],
    }


def _names() -> list[str]:
    return [f"txPg{name}" for name in ("Problema", "Objetivo", "Indicador", "Meta")]


def _row(number: int) -> list[str]:
    return [
        f"Problema {number}, con tantas palabras como tienen los de un plan que dicen qué falta.",
        f"Objetivo {number}, que también las tiene cuando dice qué habrá.",
        f"Porcentaje de lo que se hizo de {number}",
        f"Construir {number + 2} aulas en los lugares que se nombran al 2030.",
    ]


def _sheet() -> IO[bytes]:
    """A problem for twenty rows, an objective for five."""
    share = SHEET_ROWS // len(DIMENSIONS)
    rows = []
    for number in range(SHEET_ROWS):
        problem, objective, indicator, target = _row(number)
        problem, objective = _row(number // 20)[0], _row(number // 5)[1]
        rows.append([DIMENSIONS[number // share], problem, objective, indicator, target])
    file = tempfile.TemporaryFile()  # noqa: SIM115  # whoever reads it closes it
    file.write(workbook([Form("Plan", [Column(each) for each in COLUMNS], rows)]))
    file.seek(0)
    return file
