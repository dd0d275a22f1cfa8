"""Every promise of a group as its verdict's mark, in rows, as one image: for paper, in ink."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracking.choices import Signal, Verdict
from tracking.public.charts.verdict_marks import PATHS

SIDE: Final = 14
"""Units that a mark takes, which itself is 12."""

FILLED: Final = 'fill="#000"'
HOLLOW: Final = 'fill="none" stroke="#000" stroke-width="1.4"'
ON_PAPER: Final[Mapping[str, tuple[str, str]]] = {
    **{each.value: (FILLED, path) for each, path in PATHS.items()},
    Verdict.ON_TIME: (FILLED, "M2.6 6a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0"),
    Verdict.UNKNOWN: (HOLLOW, PATHS[Verdict.UNKNOWN]),
    Signal.VERY_LATE.value: (FILLED, "M.2 6L6 .2 11.8 6 6 11.8z"),
    Verdict.UNTIMED: (f'{HOLLOW} stroke-dasharray="1.5 1.5"', PATHS[Verdict.UNKNOWN]),
}
"""How each is inked, and its path: all black, told by their shapes, with little ink for what goes
well. What is late and far behind has a mark of its own, that which stands below a strip."""


def verdict_grid(
    kinds: Sequence[str],
    alt: str,
    *,
    across: int,
    side: int = SIDE,
    inks: Mapping[Verdict, str] | None = None,
) -> SafeString:
    """Marks of KINDS in rows of ACROSS, each SIDE pixels wide; ALT says them.

    As they are `ON_PAPER`, or verdicts with what has colours in INKS.
    """
    coloured = {each.value: _inked(each, ink) for each, ink in (inks or {}).items()}
    forms = coloured or ON_PAPER
    marks = "".join(
        f'<path transform="matrix(1 0 0 1 {n % across * SIDE} {n // across * SIDE})" '
        f'{forms[each][0]} d="{forms[each][1]}"/>'
        for n, each in enumerate(kinds)
    )
    columns, rows = min(across, len(kinds)), -(-len(kinds) // across)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * SIDE} {rows * SIDE}" '
        f'width="{columns * side}" height="{rows * side}">{marks}</svg>'
    )
    return format_html(
        '<img class="marks" src="data:image/svg+xml,{}" alt="{}">', quote(drawn), alt
    )


def _inked(verdict: Verdict, ink: str) -> tuple[str, str]:
    hollow = f'fill="none" stroke="{ink}" stroke-width="1.2"'
    return hollow if verdict == Verdict.UNKNOWN else f'fill="{ink}"', PATHS[verdict]


def inked_mark(kind: Verdict | Signal) -> SafeString:
    """The mark alone, named as KIND is."""
    return verdict_grid([kind.value], str(kind.label), across=1)
