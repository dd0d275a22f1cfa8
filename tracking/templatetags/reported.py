"""What the templates say of a report: the pure sentences, as filters; and its signal."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.locations import written
from plans.printed_claims import declares_no_baseline, gives_no_figure
from tracking.choices import Signal, Verdict
from tracking.files.kinds import file_kind, lacks_words
from tracking.public.charts.marks import GLYPHS, MARK_CLASSES, mark
from tracking.public.charts.verdict_bar import verdict_bar, verdict_legend
from tracking.public.charts.verdict_marks import all_marks, mark_of
from tracking.public.promise_rows import promise_rows
from tracking.public.verdict_counts import verdict_counts
from tracking.public.where import where
from tracking.reading import calculation, sentences, spending, spending_words, strip_words
from tracking.reading.states import TROUBLES
from tracking.reading.story import Chapter
from tracking.reading.strips import Arrival

register = template.Library()
for sentence in (
    sentences.measured,
    sentences.supported,
    sentences.percentage,
    spending.financial_progress,
    spending_words.accrued_of_pim,
    spending_words.spent_of_budget,
    strip_words.in_words,
    sentences.silent_chapter,
    sentences.chapter_notes,
    calculation.how_calculated,
    calculation.planned,
    file_kind,
    lacks_words,
    gives_no_figure,
    declares_no_baseline,
):
    register.filter(sentence)
register.filter("where_written", written)


@register.filter
def is_behind(chapter: Chapter) -> bool:
    """Whether the newest report of CHAPTER says that its schedule is not met."""
    return chapter.cell.signal in TROUBLES


@register.filter
def to_read(chapters: list[Chapter]) -> list[Chapter]:
    """The semesters to tell, newest first: reported or due, and of those to come the next one."""
    asked = [each for each in chapters if each.cell.is_asked]
    ahead = [each for each in chapters if each.cell.arrival == Arrival.AHEAD and each.window]
    return [*ahead[:1], *reversed(asked)]


register.simple_tag(where)
register.simple_tag(promise_rows)
register.simple_tag(all_marks)
register.simple_tag(verdict_bar)
register.simple_tag(verdict_legend)
register.simple_tag(verdict_counts)


@register.simple_tag
def verdict(value: str) -> SafeString:
    """How a promise goes, with its mark: "▲ Va tarde"."""
    return format_html("{} {}", mark_of(value), Verdict(value).label)


@register.simple_tag
def verdict_mark(value: str) -> SafeString:
    """The mark alone, where words stand beside it."""
    return mark_of(value)


@register.inclusion_tag("tracking/_signal.html")
def signal(value: str, *, inked: bool = False) -> dict[str, Any]:
    """The signal VALUE with its shape and its word, as the strip draws it.

    INKED, for paper, the shape is a character: hundreds of drawings cost a PDF seconds.
    """
    shown = Signal(value)
    path = "" if shown == Signal.NOT_DUE else mark(shown, 5, 5)
    glyph = GLYPHS[shown] if inked else ""
    return {
        "kind": MARK_CLASSES[shown],
        "path": path,
        "glyph": glyph,
        "inked": inked,
        "word": shown.label,
    }
