"""The drawings of a printed page as what they are: a few flat paths, each in the file once.

WeasyPrint takes each for an SVG that may hold anything, and works it out anew wherever it stands:
of the hundreds in a report that cost a tenth of all. What is more than paths is left to it.
"""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final
from urllib.parse import unquote

import pydyf

from tracking.accountability.printing.ways import way

ADDRESS: Final = re.compile(r'"(data:image/svg\+xml,[^"]+)"')
DRAWING: Final = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="([-\d. ]+)" width="([\d.]+)"'
    r' height="([\d.]+)">((?:<path(?: [\w-]+="[^"]*")+/>)+)</svg>'
)
PATH: Final = re.compile(r"<path([^>]*)/>")
ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
INK: Final = re.compile("#([0-9a-f]{3}|[0-9a-f]{6})")
MOVED: Final = re.compile(r"matrix\(([-\d. ]+)\)")
PAINTED: Final = {(True, False): "f", (False, True): "S", (True, True): "B"}


class Drawing:
    """What WeasyPrint asks of an image: its size in pixels, and to be drawn."""

    def __init__(self, address: str, box: list[float], size: tuple[float, float], paint: str):
        self.id = sha256(address.encode()).hexdigest()[:16]
        self.box, self.size, self.paint = box, size, paint

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[float, float, float]:
        width, height = self.size
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:
        left, top, across, down = self.box
        scale = min(width / across, height / down)
        stream.transform(scale, 0, 0, scale, -left * scale, -top * scale)
        stream.draw_x_object(stream.add_image(self, interpolate=False, ratio=1))

    def get_x_object(self, _interpolate: Any, _ratio: Any) -> pydyf.Stream:
        """The form that every place of it names."""
        left, top, across, down = self.box
        about = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([left, top, left + across, top + down]),
        }
        return pydyf.Stream([self.paint], about, compress=True)


def drawings_in(*texts: str) -> dict[str, Drawing]:
    """The drawings that stand in quotation marks in TEXTS, HTML or CSS, by their addresses."""
    addresses = dict.fromkeys(address for text in texts for address in ADDRESS.findall(text))
    read = ((address, _drawing(address)) for address in addresses)
    return {address: drawing for address, drawing in read if drawing}


@lru_cache(2_000)
def _drawing(address: str) -> Drawing | None:
    """What ADDRESS draws; None of what is more than flat paths."""
    drawn = DRAWING.fullmatch(unquote(address.partition(",")[2]))
    if drawn is None:
        return None
    box, width, height, paths = drawn.groups()
    painted = [_painted(dict(ATTRIBUTE.findall(each))) for each in PATH.findall(paths)]
    size = float(width), float(height)
    return Drawing(address, [float(each) for each in box.split()], size, "\n".join(painted))


def _painted(path: dict[str, str]) -> str:
    """A PATH, by its attributes, as the operators of a PDF."""
    fill, stroke = path.get("fill", "#000"), path.get("stroke", "none")
    said = ["q"]
    if moved := MOVED.fullmatch(path.get("transform", "")):
        said.append(f"{moved[1]} cm")
    if fill != "none":
        said.append(f"{_ink(fill)} rg")
    if stroke != "none":
        said.append(f"{_ink(stroke)} RG {path.get('stroke-width', 1)} w")
        if dashes := path.get("stroke-dasharray"):
            said.append(f"[{dashes}] 0 d")
    said += [way(path["d"]), PAINTED[fill != "none", stroke != "none"], "Q"]
    return " ".join(said)


def _ink(colour: str) -> str:
    """#RGB or #RRGGBB as three shares of one."""
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    return " ".join(f"{int(digits[n : n + 2], 16) / 255:.4g}" for n in (0, 2, 4))
