"""Print what each case costs beside a yardstick; the exit status says if a limit is exceeded.

With words it measures only the cases whose names hold one of them: ``-m benchmarks promesa``.
"""

import signal
import statistics
import sys
from typing import Final

from django.test import override_settings

from benchmarks import (
    accountability,
    api,
    following,
    importing,
    memory,
    office,
    open_data,
    pages,
    preparing,
    reading,
)
from benchmarks.database import build, build_report, own_database
from benchmarks.measure import ROUNDS, Figures, cost, measure
from benchmarks.yardstick import yardstick

FILES: Final = (pages, office, preparing, api, accountability)

HEAD: Final = (
    "caso",
    "patrones",
    "límite",
    "ms",
    "consultas",
    "bytes",
)
LINE: Final = "{:<36}{:>10}{:>10}{:>10}{:>11}{:>10}"


def main(words: list[str]) -> int:
    print("Preparando una base de datos propia…", flush=True)
    with own_database(), override_settings(ROOT_URLCONF="benchmarks.urls"):
        plan = build()
        build_report()
        now = statistics.median(cost(yardstick) for _round in range(ROUNDS))
        print(
            f"CPU del servidor, medianas de {ROUNDS} rondas, sin nada guardado de antes; bytes "
            f"comprimidos (gzip).\nUn patrón (JSON, plantilla y SQL) cuesta ahora {now:.1f} ms.\n"
        )
        print(LINE.format(*HEAD))
        exceeded = []
        for file in FILES:
            for case in file.cases(plan):
                if words and not any(word in case.name for word in words):
                    continue
                figures = measure(case)
                _tell(figures)
                if figures.is_exceeded:
                    exceeded.append(case.name)
        if not words:
            exceeded += reading.exceeded()
            exceeded += following.exceeded()
            exceeded += importing.exceeded()
            exceeded += memory.exceeded()
            exceeded += open_data.exceeded(plan)
    if exceeded:
        print(f"\nPasa su límite: {', '.join(exceeded)}.")
    return 1 if exceeded else 0


def _tell(figures: Figures) -> None:
    limit = figures.case.limit
    print(
        LINE.format(
            figures.case.name,
            f"{figures.yardsticks:.2f}",
            "" if limit is None else f"{limit}{' ✗' if figures.is_exceeded else ''}",
            f"{figures.milliseconds:.1f}",
            figures.queries,
            figures.size,
        ),
        flush=True,
    )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("\nInterrumpido."))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido.")
