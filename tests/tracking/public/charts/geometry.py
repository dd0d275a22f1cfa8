"""Reading drawings back: where their paths go, and what a template makes of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.template import Context, Template

from tracking.public.charts.shapes import Drawing, Shape

Point = tuple[float, float]


def rendered(tag: str, **seen: Any) -> str:
    """What the template tag TAG of the charts writes, given what it has SEEN."""
    return Template("{% load charts %}{% " + tag + " %}").render(Context(seen))


def points(path: str) -> Iterator[Point]:
    """Every end of PATH's lines, and of its arcs, in order."""
    x = y = 0.0
    for command, written in re.findall(r"([MLHVhvlaz])([^MLHVhvlaz]*)", path):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", written)]
        if command in "MLl":
            for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = (x + across, y + down) if command == "l" else (across, down)
                yield x, y
            continue
        if command in "HV":
            x, y = (numbers[0], y) if command == "H" else (x, numbers[0])
        elif command in "hv":
            x, y = (x + numbers[0], y) if command == "h" else (x, y + numbers[0])
        elif command == "a":
            x, y = x + numbers[-2], y + numbers[-1]
        yield x, y


def assert_it_stays_inside(drawing: Drawing) -> None:
    tenth = 0.1 + 1e-9  # lengths are written to a tenth
    for _kind, path in drawing.shapes:
        for x, y in points(path):
            assert -tenth <= x <= drawing.width + tenth
            assert -tenth <= y <= drawing.height + tenth


def kinds(shapes: Sequence[Shape]) -> list[str]:
    return [kind for kind, _path in shapes]


def boxes(path: str) -> list[tuple[float, float, float, float]]:
    """The rectangles of PATH: x, y, width, height."""
    found = []
    for each in path.split("M")[1:]:
        corners = list(points(f"M{each}"))
        xs, ys = [x for x, _y in corners], [y for _x, y in corners]
        found.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found
