"""The marks of how promises go: each told by its shape, whatever its colour.

They are drawn once at the end of a page, and used by name: hundreds stand on the page of one plan.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracking.choices import Verdict

PATHS: Final[Mapping[Verdict, str]] = {
    Verdict.DONE: "M1 1h10v10h-10z",
    Verdict.ON_TIME: "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    Verdict.LATE: "M6 .8L11.6 11h-11.2z",
    Verdict.HALTED: "M1.5 1h3.4v10h-3.4zM7.1 1h3.4v10h-3.4z",
    Verdict.UNKNOWN: "M2.2 6a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0",
    Verdict.UNTIMED: "M1 4.6h10v2.8h-10z",
    Verdict.AHEAD: "M4.6 6a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0-2.8 0",
}
"""In a square of 12 units."""


def class_of(verdict: str) -> str:
    """What the style sheet calls it: "v-on-time"."""
    return f"v-{Verdict(verdict).name.lower().replace('_', '-')}"


@cache
def mark_of(verdict: str) -> SafeString:
    """The mark alone: a word stands beside it, or its link has a name."""
    kind = class_of(verdict)
    return format_html(
        '<svg class="v {}" aria-hidden="true"><use href="#{}"/></svg>', *(kind, kind)
    )


@cache
def all_marks() -> SafeString:
    """What `mark_of` uses, once for each page."""
    drawn = format_html_join(
        "",
        '<symbol id="{}" viewBox="0 0 12 12"><path d="{}"/></symbol>',
        ((class_of(verdict), path) for verdict, path in PATHS.items()),
    )
    return format_html('<svg class="marks" aria-hidden="true">{}</svg>', drawn)
