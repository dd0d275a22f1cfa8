"""How many promises go in each way, in words with their marks: the legend of the bar beside it."""

from collections.abc import Mapping
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracking.choices import Verdict
from tracking.public.charts.verdict_marks import mark_of
from tracking.reading.verdicts import counted, total_of

ASKED_WHY: Final = (Verdict.LATE, Verdict.HALTED, Verdict.UNKNOWN)
"""Which lead on: of these a reader asks why, and who answers."""


def verdict_counts(
    counts: Mapping[str, int], plan_address: str = "", *, marked: bool = True
) -> SafeString:
    """ "De 50 promesas: ■ 3 cumplidas, ▲ 9 van tarde", as COUNTS by `Verdict` are.

    What does not go well leads to exactly those promises, on the plan's page at PLAN_ADDRESS. In a
    list below a legend the words are not MARKED.
    """
    parts = counted(counts)
    pieces = []
    for place, (verdict, words) in enumerate(parts, 1):
        said: str = words
        if plan_address and verdict in ASKED_WHY:
            said = format_html(
                '<a href="{}?va={}#promesas">{}</a>', plan_address, verdict.value, words
            )
        said = format_html("{}{}", said, "," if place < len(parts) else ".")
        if marked:
            said = format_html('<span class="marked">{} {}</span>', mark_of(verdict), said)
        pieces.append((said,))
    return format_html("{}: {}", total_of(counts), format_html_join(" ", "{}", pieces))
