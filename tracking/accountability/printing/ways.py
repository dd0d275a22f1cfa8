"""The path of an SVG as operators of a PDF, which knows neither relative places nor arcs.

Of arcs only halves of circles, of which our marks are made. Points are complex numbers.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

STEP: Final = re.compile("([A-Za-z])([^A-Za-z]*)")
NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "A": 7, "Z": 1}
"""How many numbers each step has; that of a closing one is ours."""
HANDLE: Final = 0.5523
"""How far the handles of a quarter of a circle reach, in radii."""


@lru_cache(10_000)
def way(path: str) -> str:
    """PATH in the operators of a PDF, in its own units. KeyError for a step that is unknown."""
    return " ".join(_steps(path))


def _steps(path: str) -> Iterator[str]:
    here = start = 0j
    for letter, numbers in STEP.findall(path):
        kind = letter.upper()
        given = [float(each) for each in NUMBER.findall(numbers)] or [0.0]
        for n in range(0, len(given), TAKES[kind]):
            origin = here if letter.islower() else 0j
            turn, end = _points(given[n : n + TAKES[kind]], kind, origin, here)
            match kind:
                case "Z":
                    end = start
                    yield "h"
                case "M":
                    start = end
                    yield f"{_said(end)} m"
                case "Q":
                    yield _curve(here + (turn - here) * 2 / 3, end + (turn - end) * 2 / 3, end)
                case "A":
                    yield _half_circle(here, end, 1j if given[n + 4] == 0 else -1j)
                case _:
                    yield f"{_said(end)} l"
            here = end


def _points(
    given: Sequence[float], kind: str, origin: complex, here: complex
) -> tuple[complex, complex]:
    """Where a step turns and where it ends, by the numbers GIVEN."""
    if kind == "H":
        return here, complex(origin.real + given[0], here.imag)
    if kind == "V":
        return here, complex(here.real, origin.imag + given[0])
    if kind == "Z":
        return here, here
    turn, end = complex(*given[:2]), complex(*given[-2:])
    return origin + turn, origin + end


def _half_circle(here: complex, end: complex, side: complex) -> str:
    """From HERE to END around the middle of both; SIDE is 1j for the left of a reader."""
    half = (end - here) / 2
    out = half * side
    top = here + half + out
    first = _curve(here + out * HANDLE, top - half * HANDLE, top)
    return f"{first} {_curve(top + half * HANDLE, end + out * HANDLE, end)}"


def _curve(*points: complex) -> str:
    return f"{' '.join(map(_said, points))} c"


def _said(point: complex) -> str:
    return f"{point.real:.5g} {point.imag:.5g}"
