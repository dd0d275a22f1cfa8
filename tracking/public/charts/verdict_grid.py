"""Every promise of a group as its verdict's mark, in rows, as one image: for paper, in ink."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracking.choices import Verdict
from tracking.public.charts.verdict_marks import PATHS

SIDE: Final = 14
"""Units that a mark takes, which itself is 12."""

FILLED: Final = 'fill="#000"'
HOLLOW: Final = 'fill="none" stroke="#000" stroke-width="1.4"'
ON_PAPER: Final[Mapping[str, tuple[str, str]]] = {
    **{each.value: (FILLED, path) for each, path in PATHS.items()},
    Verdict.ON_TIME: (FILLED, "M2.6 6a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0"),
    Verdict.UNKNOWN: (HOLLOW, PATHS[Verdict.UNKNOWN]),
    Verdict.UNTIMED: (f'{HOLLOW} stroke-dasharray="1.5 1.5"', PATHS[Verdict.UNKNOWN]),
}
"""How each is inked, and its path: all black, told by their shapes, with little ink for what goes
well."""


def verdict_grid(
    verdicts: Sequence[Verdict],
    alt: str,
    *,
    across: int,
    side: int = SIDE,
    inks: Mapping[Verdict, str] | None = None,
) -> SafeString:
    """VERDICTS in rows of ACROSS, each SIDE pixels wide; ALT says them.

    As they are `ON_PAPER`, or with what has colours in INKS.
    """
    forms = ON_PAPER if inks is None else {each: _inked(each, ink) for each, ink in inks.items()}
    marks = "".join(
        f'<path transform="matrix(1 0 0 1 {n % across * SIDE} {n // across * SIDE})" '
        f'{forms[each][0]} d="{forms[each][1]}"/>'
        for n, each in enumerate(verdicts)
    )
    columns, rows = min(across, len(verdicts)), -(-len(verdicts) // across)
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


def inked_mark(verdict: Verdict) -> SafeString:
    """The mark alone, named as the verdict is."""
    return verdict_grid([verdict], str(verdict.label), across=1)
