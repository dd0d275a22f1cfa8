"""How the part of a bar that stands for a state is filled.

A delivery is filled as far as its step goes, a quarter for each, as the strip stands on its rungs;
where nothing is done a line lies on the floor. Its tone is a step of one scale, from nothing to
done, and stands out more the further it has come. A figure that came to its goal is barred, another
ruled, words lie in lines, and a silence is hatched, empty or dotted. Each is told from the others
without any colour, on a screen and on a photocopy.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from tracking.choices import Stage
from tracking.public.charts.shapes import Box, Shape, inset, rectangle, short

SILENT, DUE, AHEAD = "sin-informe", "por-informar", "aun-no"
"""What has no report: it was due, it is being waited for, or its time has not come."""

ORDER: Final = (*Stage.values, SILENT, DUE, AHEAD)
"""The order in which states stand in every bar: best first, and what is not known last."""

STEPS: Final[Mapping[str, tuple[float, str]]] = {
    Stage.WORKING: (1, "tone-1"),
    Stage.PARTLY: (0.75, "tone-2"),
    Stage.RUNNING: (0.5, "tone-3"),
    Stage.PREPARING: (0.25, "tone-4"),
    Stage.IDLE: (0.14, "tone-5"),
}
"""How far each step fills its box, and its tone, which no other step has."""

SPACING, SLAT, SLIT = 5.0, 3.0, 1.5


def filled(key: str, box: Box, *, sideways: bool = False) -> Iterator[Shape]:
    """The shapes of the state KEY in BOX; steps rise from its floor, or SIDEWAYS from its left.

    KeyError for a state that has none.
    """
    if key in STEPS:
        yield from _stepped(*STEPS[key], box, sideways=sideways)
    else:
        yield from TEXTURES[key](box)


def _stepped(share: float, tone: str, box: Box, *, sideways: bool) -> Iterator[Shape]:
    if share < 1:
        yield from _empty(box)
    if sideways:
        yield tone, rectangle(box._replace(width=box.width * share))
    else:
        height = box.height * share
        yield tone, rectangle(box._replace(y=box.y + box.height - height, height=height))


def _barred(box: Box) -> Iterator[Shape]:
    at = 0.0
    while at < box.width:
        width = min(SLAT, box.width - at)
        yield "tone-1", rectangle(box._replace(x=box.x + at, width=width))
        at += SLAT + SLIT


def _ruled(box: Box) -> Iterator[Shape]:
    yield from _empty(box)
    for at in _places(box.width):
        yield "strokes", f"M{short(box.x + at)} {short(box.y)}v{short(box.height)}"


def _lined(box: Box) -> Iterator[Shape]:
    yield from _empty(box)
    for at in _places(box.height):
        yield "strokes", f"M{short(box.x)} {short(box.y + at)}h{short(box.width)}"


def _hatched(box: Box) -> Iterator[Shape]:
    """Slanted lines within BOX, as a path: an SVG pattern would need an id in the page."""
    yield from _empty(box)
    for at in _places(box.width + box.height):
        start = max(at - box.height, 0)
        rise = min(at, box.width) - start
        y = box.y + box.height - max(box.height - at, 0)
        yield "strokes", f"M{short(box.x + start)} {short(y)}l{short(rise)} {short(-rise)}"


def _empty(box: Box) -> Iterator[Shape]:
    yield "outline", rectangle(inset(box, 0.5))


def _dotted(box: Box) -> Iterator[Shape]:
    yield "outline dotted", rectangle(inset(box, 0.5))


def _places(length: float) -> Iterator[float]:
    """Where the lines of a texture stand along LENGTH."""
    at = SPACING / 2
    while at < length:
        yield at
        at += SPACING


TEXTURES: Final[Mapping[str, Callable[[Box], Iterator[Shape]]]] = {
    Stage.REACHED: _barred,
    Stage.MEASURED: _ruled,
    Stage.TOLD: _lined,
    SILENT: _hatched,
    DUE: _empty,
    AHEAD: _dotted,
}

EXPLAINED: Final = {
    Stage.WORKING: _("Lleno: entregado y funcionando"),
    Stage.REACHED: _("Barras gruesas: la cifra llegó a la meta"),
    Stage.PARTLY: _("Tres cuartos: entregado en parte"),
    Stage.RUNNING: _("La mitad: en ejecución"),
    Stage.PREPARING: _("Un cuarto: en preparación"),
    Stage.IDLE: _("Una línea al borde: sin actividad"),
    Stage.MEASURED: _("Líneas verticales: con una cifra que no llega a la meta, o sin meta"),
    Stage.TOLD: _("Líneas horizontales: informado en palabras"),
    SILENT: _("Rayado: sin informe"),
    DUE: _("Vacío: por informar, todavía en plazo"),
    AHEAD: _("Punteado: aún no corresponde"),
}
"""How each fill is read, in order."""
