"""A list of promises: the words of each, how it goes, why, and who answers for it.

Hundreds stand on one page. They are written here and not in a template, which takes several times
as long; their words are escaped all the same.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tracking.public.charts.verdict_marks import mark_of
from tracking.reading.verdicts import LastKnown

MOST_WORDS = 40
"""Of a promise in a list, where two lines are shown."""


class PromiseRow(NamedTuple):
    """WORDS are the plan's; a search marks in them what it found. LAST is None where nothing is
    asked of the plan. WHY is said last of its difficulties, WHO the offices that answer; WHERE the
    plan, in a list of several."""

    address: str
    words: str | SafeString
    last: LastKnown | None = None
    who: str = ""
    why: str = ""
    where: str = ""


def promise_rows(rows: Iterable[PromiseRow], *, grouped: bool = False) -> SafeString:
    """ROWS as items of a list. GROUPED they stand below what they all are: only marks are said."""
    return format_html_join("", "<li>{}{}{}</li>", (_pieces(row, grouped) for row in rows))


def shortened(statement: str) -> str:
    """STATEMENT as far as a list shows it."""
    return Truncator(statement).words(MOST_WORDS) if len(statement) > 150 else statement


def _pieces(
    row: PromiseRow, grouped: bool
) -> tuple[SafeString, SafeString | str, SafeString | str]:
    words = format_html('<a class="quote" href="{}">“{}”</a>', row.address, row.words)
    return words, _facts(row, grouped), _why(row.why)


def _facts(row: PromiseRow, grouped: bool) -> SafeString | str:
    facts: list[str | SafeString] = [row.where] if row.where else []
    if row.last:
        mark, label = mark_of(row.last.verdict), row.last.verdict.label
        facts.append(mark if grouped else format_html("{} <b>{}</b>", mark, label))
        facts.append(row.last.words)
    facts.append(row.who or _("Sin oficina asignada"))
    joined = format_html_join(" · ", "{}", ((each,) for each in facts if each))
    return format_html("<p>{}</p>", joined)


def _why(why: str) -> SafeString | str:
    return format_html('<p class="why" dir="auto">{}</p>', why) if why else ""
