"""The rows of a printed report, which can be a thousand.

What an element costs whoever lays out a page is most of what a PDF costs: so a cell is text, whose
lines the style sheet keeps apart (``white-space: pre-line``), with as few elements as it can be
read by. They are written here and not in a template, as the charts are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tracking.accountability.content import Promise, ReportSaid, Spent, SupportSaid
from tracking.accountability.groups import PromiseLine
from tracking.accountability.telling import (
    BETWEEN,
    advance,
    before,
    described,
    named,
    notes,
    offices,
    spending,
    sustained,
)
from tracking.choices import Signal
from tracking.public.charts.marks import GLYPHS
from tracking.public.charts.strip_markup import inked_strip
from tracking.reading.sentences import quoted

SHORTEST: Final = 40  # characters of a line of the narrowest text
FEW: Final = 8  # supports that are kept together
TALL: Final = 25  # lines, well under the half of a page


def row_of(line: PromiseLine) -> SafeString:
    """A promise with what was reported of it; across the table what only holds others."""
    promise, report = line.promise, line.report
    name, kind = named(promise), "tall" if _is_tall(promise, report) else ""
    if line.is_heading:
        lines = format_html("\n{}", _lines(told_of(report))) if report else ""
        return format_html(
            '<tr id="p-{}" class="heading {}"><th colspan="3" scope="rowgroup">{}\n<i>{}</i>{}'
            "</th></tr>",
            *(promise.ref, kind, name, quoted(promise.statement), lines),
        )
    return format_html(
        '<tr id="p-{}" class="{}"><th scope="row">{}\n<a href="{}">{}</a>{}\n{}</th>'
        "<td>{}</td><td>{}</td></tr>",
        *(promise.ref, kind),
        *(name, promise.page, quoted(promise.statement), _indicator(promise), promise.terms),
        _reported(line),
        _lines(_answering(promise, report, line.spent)),
    )


def _indicator(promise: Promise) -> str:
    """What the plan says it is measured by, as a line of its own."""
    said = _("Indicador, según el plan: %s")
    return f"\n{said % quoted(promise.indicator)}" if promise.indicator else ""


def _is_tall(promise: Promise, report: ReportSaid | None) -> bool:
    """Whether its row may break between pages: one that is taller than a page has to."""
    texts = [promise.statement, promise.indicator, *(told_of(report) if report else ())]
    lines = sum(1 + len(line) // SHORTEST for text in texts for line in text.split("\n"))
    return lines > TALL


def _reported(line: PromiseLine) -> SafeString:
    drawn = inked_strip(line.strip) if line.strip else ""
    report = line.report
    if report is None:
        said = _("Sin informe") if line.promise.is_asked else _("No se pidió en este semestre.")
        return format_html("{}\n<b>{}</b>", drawn, said)
    figures = BETWEEN.join(filter(None, [report.measured, advance(report)]))
    signal = Signal(report.signal)
    return format_html(
        "{}\n<b>{}</b> · {}\u00a0{}\n{}",
        *(drawn, figures, GLYPHS[signal], str(signal.label).replace(" ", "\u00a0")),
        _lines(told_of(report)),
    )


def told_of(report: ReportSaid) -> Iterator[str]:
    """What REPORT tells in words, and what a reader should know of it, each on its line."""
    if report.narrative:
        yield report.narrative
    yield notes(report)


def _answering(promise: Promise, report: ReportSaid | None, spent: Spent | None) -> Iterator[str]:
    yield offices(promise)
    if spent:
        yield spending(spent)
    if report:
        yield sustained(report)


def difficulty_item(line: PromiseLine) -> SafeString:
    """What kept a promise from going on, and what is going to be done, as an item of a list."""
    return format_html("<li><b>{}</b>\n{}</li>", _called(line.promise, 12), _lines(_hard(line)))


def _hard(line: PromiseLine) -> Iterator[str]:
    report = line.report
    if report is None:
        return
    if report.halted_since:
        shown = {"day": date_format(report.halted_since), "cause": report.halted_cause}
        yield _("Paralizado desde el %(day)s. %(cause)s") % shown
    if report.difficulties:
        yield _("Dificultades: %s") % report.difficulties
    if report.next_steps:
        yield _("Próximos pasos: %s") % report.next_steps


def earlier_cause_item(line: PromiseLine) -> SafeString:
    """The last cause that was given of a promise whose report gives none, as an item of a list."""
    cause = before(line.report) if line.report else ""
    return format_html("<li><b>{}</b>\n{}</li>", _called(line.promise, 12), cause)


def support_item(promise: Promise, supports: Sequence[SupportSaid]) -> SafeString:
    """What sustains the report of PROMISE, with the codes, as an item of a list."""
    lines = (f"{described(each)}\n{each.code}" for each in supports)
    kind = "short" if len(supports) <= FEW else ""
    return format_html('<li class="{}"><b>{}</b> {}</li>', kind, promise.ref, _lines(lines))


def silence_item(promise: Promise) -> SafeString:
    """A promise without a report, as an item of a list."""
    return format_html("<li>{}</li>", _called(promise, 14))


def _called(promise: Promise, words: int) -> str:
    return f"{promise.ref} {Truncator(promise.statement).words(words)}"


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join("\n", "{}", ((line,) for line in lines))
