"""What kept promises from going on, as the items of a printed report: stoppages, then by office.

Of what was said before it names the semester; the table that the PDF carries has the day.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.accountability.printing.rows import shortened
from tracking.accountability.telling import before, halt, offices, said_last
from tracking.choices import Signal
from tracking.public.charts.marks import GLYPHS
from tracking.reading.states import TROUBLES

WORDS: Final = 6


def stoppage_item(edition: Edition, line: PromiseLine) -> SafeString:
    """A halted promise: since when and how many days, why, what comes next, who answers for it."""
    said = [halt(line.report, edition.told_on)] if line.report else []
    return _item(line, [*said, *_hard(line), f"{offices(line.promise)}."])


def difficulty_item(line: PromiseLine) -> SafeString:
    """What was hard, and what is going to be done; of what is behind, how far."""
    signal = Signal(line.report.signal) if line.report else Signal.SILENT
    said = [f"{GLYPHS[signal]} {signal.label}."] if signal in TROUBLES else []
    return _item(line, [*said, *_hard(line)])


def silence(line: PromiseLine) -> SafeString:
    """A promise without a report, among others in a paragraph."""
    return format_html("<b>{}</b> {}", line.promise.ref, shortened(line.promise.statement, WORDS))


def _item(line: PromiseLine, said: list[str]) -> SafeString:
    promise = line.promise
    return format_html(
        "<li><b>{}</b> {} {}</li>",
        *(promise.ref, shortened(promise.statement, WORDS), " ".join(said)),
    )


def _hard(line: PromiseLine) -> Iterator[str]:
    report = line.report
    if report is None:
        return
    if report.difficulties and report.difficulties != report.halted_cause:
        also = report.halted_since and report.halted_cause
        yield _("Además, en el semestre: %s") % report.difficulties if also else report.difficulties
    if report.is_unexplained:
        yield before(report, dated=False) or _("Ningún informe dice por qué.")
    if report.next_steps:
        yield _("Sigue: %s") % report.next_steps
    if last := said_last(report):
        yield last
