"""The growth of each kind, drawn: one line for each, those above their limit with their name."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from benchmarks.country.measuring import Measured
from benchmarks.country.results import MOST_GROWTH, Sizes, by_kind, faults_of

WIDTH: Final = 760
HEIGHT: Final = 460
LEFT: Final = 60
RIGHT: Final = 500
TOP: Final = 30
BOTTOM: Final = 410
LOWEST: Final = 0.5
HIGHEST: Final = 50.0
MARKS: Final = (0.5, 1, 1.3, 2, 5, 10, 20, 50)
NAMED: Final = 14
STYLE: Final = (
    "text{font:12px sans-serif;fill:#222}.k{fill:none;stroke:#6b8aa0;stroke-opacity:.45}"
    ".x{fill:none;stroke:#b3261e;stroke-width:1.6}.g{stroke:#ddd}.l{stroke:#222;stroke-dasharray:4}"
)


def drawn(rows: Iterable[Measured]) -> str:
    """An SVG: the CPU of each kind beside its own in the smallest country, both axes by powers."""
    kinds = by_kind(rows)
    sizes = sorted({plans for each in kinds.values() for plans in each})
    whole = {key: each for key, each in kinds.items() if sorted(each) == sizes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>CPU de cada página, lista, archivo y acto según el número de planes</title>",
        f"<style>{STYLE}</style>",
        *_axes(sizes),
    ]
    above: list[tuple[float, str]] = []
    for (_group, name), of_sizes in whole.items():
        is_above = "CPU" in faults_of(of_sizes)
        points = [(_x(size, sizes), _y(_beside(of_sizes, size))) for size in sizes]
        path = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline class="{"x" if is_above else "k"}" points="{path}"/>')
        if is_above:
            above.append((points[-1][1], f"{name} × {_beside(of_sizes, sizes[-1]):.1f}"))
    parts += _names(sorted(above)[:NAMED])
    return "\n".join([*parts, "</svg>", ""])


def _beside(of_sizes: Sizes, size: int) -> float:
    return of_sizes[size].yardsticks / of_sizes[min(of_sizes)].yardsticks


def _x(size: int, sizes: Sequence[int]) -> float:
    first, last = math.log(sizes[0]), math.log(sizes[-1])
    return LEFT + (RIGHT - LEFT) * (math.log(size) - first) / (last - first)


def _y(times: float) -> float:
    kept = min(HIGHEST, max(LOWEST, times))
    part = math.log(kept / LOWEST) / math.log(HIGHEST / LOWEST)
    return BOTTOM - (BOTTOM - TOP) * part


def _axes(sizes: Sequence[int]) -> list[str]:
    lines = []
    for times in MARKS:
        y = _y(times)
        kind = "l" if times == MOST_GROWTH else "g"
        lines.append(f'<line class="{kind}" x1="{LEFT}" x2="{RIGHT}" y1="{y:.0f}" y2="{y:.0f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">× {times}</text>')
    for size in sizes:
        x = _x(size, sizes)
        lines.append(f'<text x="{x:.0f}" y="{BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    middle = (LEFT + RIGHT) // 2
    words = "planes en el país (cada línea, una página, lista, archivo o acto)"
    lines.append(f'<text x="{middle}" y="{BOTTOM + 40}" text-anchor="middle">{words}</text>')
    lines.append(f'<text x="{LEFT}" y="{TOP - 12}">CPU sin nada guardado; con 5 planes es 1</text>')
    return lines


def _names(above: Sequence[tuple[float, str]]) -> list[str]:
    """Beside the ends of their lines, none upon another."""
    lines, lowest = [], 0.0
    for y, words in above:
        lowest = max(y + 4, lowest + 15)
        shown = words if len(words) <= 38 else f"{words[:24]}… {words[-8:]}"
        lines.append(f'<text x="{RIGHT + 8}" y="{lowest:.0f}">{escape(shown)}</text>')
    return lines
