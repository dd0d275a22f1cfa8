"""Every promise of a plan as one cell: its fill as in the strip, its mark how it goes.

Cells that look the same are drawn once and used by name. Each is a link with a name.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tracking.public.charts import strip
from tracking.public.charts.shapes import Shape
from tracking.public.charts.verdict_marks import class_of
from tracking.reading.strips import Look
from tracking.reading.verdicts import LastKnown

WIDTH: Final = strip.WIDTH + 2
HEIGHT: Final = strip.WITH_MARK + 5


class Mark(NamedTuple):
    """One promise of the picture. NAME is what its link is called."""

    address: str
    name: str
    known: LastKnown


class Picture:
    """The cells of all MARKS that were drawn with it; `symbols` comes after them."""

    def __init__(self) -> None:
        self._names: dict[tuple[Look | None, str], str] = {}

    def items(self, marks: Iterable[Mark]) -> SafeString:
        """MARKS as items of a list."""
        size = (WIDTH, HEIGHT)
        return format_html_join(
            "",
            '<li><a href="{}" title="{}"><svg width="{}" height="{}"><use href="#{}"/></svg></a>',
            ((each.address, each.name, *size, self._symbol(each.known)) for each in marks),
        )

    def symbols(self) -> SafeString:
        """What `items` used, each drawn once."""
        drawn = format_html_join(
            "", "{}", ((_drawn(*key, name),) for key, name in self._names.items())
        )
        return format_html('<svg class="marks strip" aria-hidden="true">{}</svg>', drawn)

    def _symbol(self, known: LastKnown) -> str:
        look = known.cell.look if known.cell else None
        return self._names.setdefault((look, known.verdict.value), f"p{len(self._names)}")


def _drawn(look: Look | None, verdict: str, name: str) -> SafeString:
    kind = class_of(verdict)
    paths = "".join(f'<path class="{each}" d="{path}"/>' for each, path in _cell(look, kind))
    return format_html(
        '<symbol id="{}" viewBox="-1 -1 {} {}">{}'
        '<svg class="v {}" x="{}" y="{}" width="11" height="11"><use href="#{}"/></svg></symbol>',
        *(name, WIDTH, HEIGHT, mark_safe(paths)),  # noqa: S308
        *(kind, (strip.WIDTH - 11) / 2, strip.HEIGHT + 3, kind),
    )


def _cell(look: Look | None, kind: str) -> Iterator[Shape]:
    if kind == "v-unknown":
        yield "cell unknown", strip.outline()
    elif look is None:
        yield "cell ahead", strip.outline()
    else:
        yield from strip.box(look)
