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
    asked of the plan. WHY is said last of its difficulties, WHO the offices that answer, None where
    the page is about one; WHERE the plan, in a list of several, and the document that added
    it, if one did."""

    address: str
    words: str | SafeString
    last: LastKnown | None = None
    who: str | None = ""
    why: str = ""
    where: str = ""


def promise_rows(rows: Iterable[PromiseRow], *, grouped: bool = False) -> SafeString:
    """ROWS as items of a list. GROUPED they stand below what they all are: only marks are said."""
    return format_html_join("", "<li>{}{}{}</li>", (_pieces(row, grouped) for row in rows))


def shortened(statement: str) -> str:
    """STATEMENT as far as a list shows it."""
    return Truncator(statement).words(MOST_WORDS) if len(statement) > 150 else statement


def _pieces(row: PromiseRow, grouped: bool) -> tuple[SafeString, SafeString, SafeString]:
    """Its words; how it goes, who answers and where; and why, which no long name cuts off."""
    words = format_html('<a class="quote" href="{}">“{}”</a>', row.address, row.words)
    who = "" if row.who is None else row.who or _("Sin oficina asignada")
    return words, _line(_going(row.last, grouped), who, row.where), _line(row.why)


def _going(last: LastKnown | None, grouped: bool) -> SafeString | str:
    if last is None:
        return ""
    mark = mark_of(last.verdict)
    if grouped:
        return format_html("{} {}", mark, last.brief)
    said = format_html("{} <b>{}</b>", mark, last.verdict.label)
    return format_html("{} · {}", said, last.words) if last.words else said


def _line(*facts: str | SafeString) -> SafeString:
    """FACTS in one line; nothing where there are none."""
    joined = format_html_join(" · ", "{}", ((each,) for each in facts if each))
    return format_html('<p dir="auto">{}</p>', joined) if joined else joined
