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

HOLLOW: Final = 'fill="none" stroke="{}" stroke-width="1.2"'
FILLED: Final = 'fill="{}"'

INKS: Final[Mapping[Verdict, str]] = dict.fromkeys(Verdict, "#000") | {
    Verdict.ON_TIME: "#777",
    Verdict.DONE: "#777",
}
"""What goes well is grey, so that the black of what does not is seen first."""


def verdict_grid(
    verdicts: Sequence[Verdict],
    alt: str,
    *,
    across: int,
    side: int = SIDE,
    inks: Mapping[Verdict, str] = INKS,
) -> SafeString:
    """VERDICTS in rows of ACROSS, each SIDE pixels wide, in their INKS; ALT says them."""
    marks = "".join(
        f'<path transform="matrix(1 0 0 1 {n % across * SIDE} {n // across * SIDE})" '
        f'{_look(each, inks[each])} d="{PATHS[each]}"/>'
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


def _look(verdict: Verdict, ink: str) -> str:
    return (HOLLOW if verdict == Verdict.UNKNOWN else FILLED).format(ink)


def inked_mark(verdict: Verdict) -> SafeString:
    """The mark alone, named as the verdict is."""
    return verdict_grid([verdict], str(verdict.label), across=1)
