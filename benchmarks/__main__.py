"""Print what each case costs beside an empty view; the exit status says if a limit is exceeded."""

import signal
import sys
from typing import Final

from django.test import override_settings

from benchmarks import accountability, api, memory, open_data, pages
from benchmarks.database import build, build_report, own_database
from benchmarks.measure import ROUNDS, Figures, measure

FILES: Final = (pages, api, accountability)

HEAD: Final = (
    "caso",
    "mediana ms",
    "mínimo ms",
    "límite ms",
    "× vacía",
    "consultas",
    "bytes",
)
LINE: Final = "{:<30}{:>12}{:>12}{:>11}{:>10}{:>11}{:>10}"


def main() -> int:
    print("Preparando una base de datos propia…", flush=True)
    with own_database(), override_settings(ROOT_URLCONF="benchmarks.urls"):
        plan = build()
        build_report()
        print(f"CPU del servidor, {ROUNDS} rondas de cada caso; bytes comprimidos (gzip).\n")
        print(LINE.format(*HEAD))
        bare = measure(pages.BARE)
        _tell(bare, bare)
        exceeded = []
        for file in FILES:
            for case in file.cases(plan):
                figures = measure(case)
                _tell(figures, bare)
                if figures.is_exceeded:
                    exceeded.append(case.name)
        exceeded += memory.exceeded()
        exceeded += open_data.exceeded(plan)
    if exceeded:
        print(f"\nPasa su límite: {', '.join(exceeded)}.")
    return 1 if exceeded else 0


def _tell(figures: Figures, bare: Figures) -> None:
    limit = figures.case.limit
    print(
        LINE.format(
            figures.case.name,
            f"{figures.median:.2f}",
            f"{figures.minimum:.2f}",
            "" if limit is None else f"{limit}{' ✗' if figures.is_exceeded else ''}",
            f"{figures.median / bare.median:.1f}",
            figures.queries,
            figures.size,
        ),
        flush=True,
    )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("\nInterrumpido."))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido.")
