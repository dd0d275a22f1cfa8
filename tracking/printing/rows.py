"""The rows of a printed report, which can be a thousand.

What an element costs whoever lays out a page is most of what a PDF costs: so a cell is text, whose
lines the style sheet keeps apart (``white-space: pre-line``), with as few elements as it can be
read by. They are written here and not in a template, as the charts are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.accountability.content import Promise, ReportSaid, Spent, SupportSaid
from tracking.accountability.edition import Line
from tracking.choices import Signal
from tracking.drawing.marks import GLYPHS
from tracking.reading.sentences import percentage
from tracking.templatetags.charts import strip
from tracking.templatetags.reported import file_kind
from tracking.templatetags.vigia import quoted

SHORTEST: Final = 40  # characters of a line of the narrowest text
FEW: Final = 8  # supports that are kept together
TALL: Final = 25  # lines, well under the half of a page


def row_of(line: Line) -> SafeString:
    """A promise with what was reported of it; across the table what only holds others."""
    promise, report = line.promise, line.report
    named, kind = _named(promise), "tall" if _is_tall(promise, report) else ""
    if line.is_heading:
        told = format_html("\n{}", _lines(told_of(report))) if report else ""
        return format_html(
            '<tr class="heading {}"><th colspan="3" scope="rowgroup">{}\n<i>{}</i>{}</th></tr>',
            *(kind, named, quoted(promise.statement), told),
        )
    return format_html(
        '<tr class="{}"><th scope="row">{}\n<a href="{}">{}</a>\n{}</th>'
        "<td>{}</td><td>{}</td></tr>",
        kind,
        *(named, promise.page, quoted(promise.statement), promise.terms),
        _reported(line),
        _lines(_answering(promise, report, line.spent)),
    )


def _is_tall(promise: Promise, report: ReportSaid | None) -> bool:
    """Whether its row may break between pages: one that is taller than a page has to."""
    texts = [promise.statement, *(told_of(report) if report else ())]
    lines = sum(1 + len(line) // SHORTEST for text in texts for line in text.split("\n"))
    return lines > TALL


def _named(promise: Promise) -> str:
    pieces = [f"{promise.level_label} {promise.ref}"]
    if promise.printed_code:
        pieces.append(promise.printed_code)
    if promise.is_withdrawn:
        pieces.append(_("retirada del plan"))
    return " · ".join(pieces)


def _reported(line: Line) -> SafeString:
    drawn = strip(line.strip, inked=True)
    report = line.report
    if report is None:
        said = _("Sin informe") if line.promise.is_asked else _("No se pidió en este semestre.")
        return format_html("{}\n<b>{}</b>", drawn, said)
    told = [report.measured]
    if report.progress is not None and report.value is None:
        told.append(percentage(report.progress))
    signal = Signal(report.signal)
    return format_html(
        "{}\n<b>{}</b> · {}\u00a0{}\n{}",
        *(drawn, " · ".join(told), GLYPHS[signal], str(signal.label).replace(" ", "\u00a0")),
        _lines(told_of(report)),
    )


def told_of(report: ReportSaid) -> Iterator[str]:
    """What REPORT tells in words, and what a reader should know of it, each on its line."""
    if report.narrative:
        yield report.narrative
    notes = []
    if report.as_of:
        notes.append(_("Al %s") % date_format(report.as_of, "d/m/Y"))
    if report.schedule:
        notes.append(_("cronograma: %s") % report.schedule)
    if report.is_late:
        notes.append(_("informado con atraso"))
    if report.is_after_closing:
        notes.append(_("publicado después del cierre"))
    if not report.second_review:
        notes.append(_("sin segunda revisión"))
    if report.revision > 1:
        shown = {"n": report.revision, "reason": report.correction_reason}
        notes.append(_("revisión %(n)s: %(reason)s") % shown)
    yield " · ".join(notes)


def _answering(promise: Promise, report: ReportSaid | None, spent: Spent | None) -> Iterator[str]:
    yield "; ".join(promise.units) or _("Sin oficina asignada")
    if spent:
        shown = {
            "year": spent.year,
            "accrued": number_format(spent.accrued, 2),
            "pim": number_format(spent.pim, 2),
        }
        yield _("%(year)s: devengado S/\u00a0%(accrued)s de un PIM de S/\u00a0%(pim)s") % shown
    if report:
        count = len(report.supports)
        yield ngettext("%s sustento", "%s sustentos", count) % count if count else _("Sin sustento")


def difficulty_item(line: Line) -> SafeString:
    """What kept a promise from going on, and what is going to be done, as an item of a list."""
    return format_html("<li><b>{}</b>\n{}</li>", _called(line.promise, 12), _lines(_hard(line)))


def _hard(line: Line) -> Iterator[str]:
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


def support_item(promise: Promise, supports: Sequence[SupportSaid]) -> SafeString:
    """What sustains the report of PROMISE, with the codes, as an item of a list."""
    lines = (f"{_support(each)}\n{each.code}" for each in supports)
    kind = "short" if len(supports) <= FEW else ""
    return format_html('<li class="{}"><b>{}</b> {}</li>', kind, promise.ref, _lines(lines))


def _support(support: SupportSaid) -> str:
    if support.withheld_on:
        shown = {"day": date_format(support.withheld_on), "reason": support.withheld_reason}
        return _("Retirado el %(day)s. Motivo: %(reason)s") % shown
    pieces = [file_kind(support.media_type) if support.media_type else _("enlace")]
    if support.size:
        pieces.append(filesizeformat(support.size))
    return ", ".join([*pieces, date_format(support.taken_on, "d/m/Y")])


def silence_item(promise: Promise) -> SafeString:
    """A promise without a report, as an item of a list."""
    return format_html("<li>{}</li>", _called(promise, 14))


def _called(promise: Promise, words: int) -> str:
    return f"{promise.ref} {Truncator(promise.statement).words(words)}"


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join("\n", "{}", ((line,) for line in lines))
