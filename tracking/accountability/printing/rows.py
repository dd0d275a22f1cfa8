"""The rows of a printed report, which can be a thousand.

What an element costs whoever lays out a page is most of what a PDF costs: so a cell is text, whose
lines the style sheet keeps apart (``white-space: pre-line``), with as few elements as it can be
read by. They are written here and not in a template, as the charts are.

What goes badly has more words than what goes well, and no cause of it is ever cut. A text that is
cut ends in «…»: it stands whole in the table that the PDF carries, and on the page of its promise.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tracking.accountability.content import Promise, ReportSaid
from tracking.accountability.groups import Group, PromiseLine
from tracking.accountability.printing.breadcrumbs import Crumb, in_order
from tracking.accountability.printing.paper import TOGETHER
from tracking.accountability.telling import (
    BETWEEN,
    advance,
    exceptions,
    halted,
    notes,
    offices,
    planned,
    spending,
    spent_share,
    sustained,
)
from tracking.choices import Signal, Verdict
from tracking.public.charts.marks import GLYPHS
from tracking.public.charts.strip_markup import inked_strip
from tracking.reading.sentences import quoted
from tracking.reading.states import TROUBLES

FULL: Final = 32
BRIEF: Final = 12
LEAST: Final = 9
"""Words of a text: of what goes badly, of what goes well, and where there is a line for it."""

SHORTEST: Final = 70  # characters of a line of the narrowest text
TALL: Final = 25  # lines, well under the half of a page


def rows_of(group: Group) -> SafeString:
    """The rows of GROUP, each run of promises below the one line that says of what.

    The office that most of them have stands in the head of the table, which each page repeats.
    """
    rows = (
        _heading(each) if isinstance(each, Crumb) else row_of(each, group.usual_office)
        for each in in_order(group.lines)
    )
    return format_html_join("\n", "{}", ((each,) for each in rows))


def row_of(line: PromiseLine, usual: str = "") -> SafeString:
    """A promise with what was reported of it, and the office, unless it is the USUAL."""
    promise, report = line.promise, line.report
    if report is None and not promise.is_asked:
        said = _("No se pidió en este semestre.")
        return format_html(
            '<tr><th scope="row"><a id="p-{}" href="{}">{}</a></th><td colspan="2">{} {}</td></tr>',
            *(promise.ref, promise.page, promise.ref, shortened(promise.statement, LEAST), said),
        )
    words = FULL if is_grave(line) else BRIEF
    about = [shortened(promise.statement, words), BETWEEN.join(filter(None, _about(promise)))]
    told = [" ".join(about), *_told(line, usual)]
    kind = SafeString(' class="tall"') if _is_tall(told) else ""
    return format_html(
        '<tr{}><th scope="row"><a id="p-{}" href="{}">{}</a></th><td>{}</td><td>{}</td></tr>',
        *(kind, promise.ref, promise.page, promise.ref),
        inked_strip(line.strip) if line.strip else "",
        _joined(told) if is_grave(line) else format_html("{}{}", *told),
    )


def shortened(text: str, words: int) -> str:
    """TEXT of the plan in its quotation marks, no more than WORDS of it."""
    return quoted(Truncator(text).words(words))


def is_grave(line: PromiseLine) -> bool:
    """Whether LINE is halted or far behind: what a hearing asks about."""
    report = line.report
    if report is None:
        return False
    return report.halted_since is not None or report.signal == Signal.VERY_LATE


def _heading(crumb: Crumb) -> SafeString:
    """One line across the table, and what was reported of the last in it."""
    report = crumb.line.report
    told = _joined(["", *_grounds(report)]) if report else ""
    return format_html(
        '<tr class="heading"><th id="p-{}" colspan="3" scope="rowgroup">{}{}</th></tr>',
        *(crumb.line.promise.ref, crumb.words, told),
    )


def _about(promise: Promise) -> Iterator[str]:
    """How it is measured, and by what number and indicator the plan knows it."""
    yield promise.terms
    yield promise.printed_code and _("n.º %s").replace(" ", TOGETHER) % promise.printed_code
    yield promise.added
    if promise.is_withdrawn:
        yield _("retirada del plan")
    if promise.indicator:
        yield _("Indicador, según el plan: %s") % shortened(promise.indicator, LEAST)


def _told(line: PromiseLine, usual: str) -> Iterator[SafeString | str]:
    """How LINE goes, why it is not further, who answers for it."""
    report, answering = line.report, BETWEEN.join(_answering(line, usual))
    if report is None:
        yield _begun(_signal(line), [answering])
        return
    figures = [report.measured, advance(report)]
    grave, is_behind = is_grave(line), report.signal in TROUBLES
    if not grave and not is_behind:
        yield _begun(_signal(line), [*figures, _narrative(report), exceptions(report), answering])
        return
    why = _why(report, whole=grave)
    said = [notes(report), _narrative(report)] if grave else [planned(report), exceptions(report)]
    yield _begun(_signal(line), [*figures, *said, why, answering])


def _narrative(report: ReportSaid) -> str:
    """Its first words where nothing else tells what was done: neither a step nor a figure."""
    is_told = report.progress is None and report.step is None
    return Truncator(report.narrative).words(BRIEF) if is_told else ""


def _begun(signal: str, rest: Sequence[str]) -> SafeString:
    """The signal in bold, then what else there is of REST.

    The space before stands within: WeasyPrint 70 breaks before it, and else after the first word.
    """
    said = "".join(f"{BETWEEN}{each}" for each in rest if each)
    return format_html("<b> {}</b>{}", signal, said)


def _signal(line: PromiseLine) -> str:
    """The sign that page 2 draws for it, and what it means, on one line."""
    report = line.report
    if report and report.halted_since:
        return f"❚❚{TOGETHER}{halted(report)}"
    if report and line.known.verdict == Verdict.DONE and report.signal not in TROUBLES:
        return f"■{TOGETHER}{Verdict.DONE.label}"
    signal = Signal(report.signal) if report else Signal.SILENT
    return f"{GLYPHS[signal]} {signal.label}".strip().replace(" ", TOGETHER)


def _why(report: ReportSaid, *, whole: bool) -> str:
    """Why it is behind, whole where it is far; else as far as a line goes. Of a halt its cause.

    What else was difficult, and what was said before, stands in the chapter of difficulties alone.
    """
    said = report.halted_cause or report.difficulties
    if report.is_unexplained:
        said = _("Su informe no dice por qué.")
    return said if whole else Truncator(said).words(BRIEF)


def _grounds(report: ReportSaid) -> Iterator[str]:
    if report.narrative:
        yield Truncator(report.narrative).words(FULL)
    yield notes(report)


def _answering(line: PromiseLine, usual: str) -> Iterator[str]:
    if (office := offices(line.promise)) != usual:
        yield office
    if line.report:
        yield sustained(line.report).lower().replace(" ", TOGETHER)
    if line.spent:
        is_told = line.report is None or is_grave(line)
        yield spending(line.spent) if is_told else spent_share(line.spent)


def _is_tall(told: Sequence[str]) -> bool:
    """Whether its row may break between pages: one that is taller than a page has to."""
    lines = sum(1 + len(line) // SHORTEST for text in told for line in text.split("\n"))
    return lines > TALL


def _joined(lines: Iterable[str]) -> SafeString:
    return format_html_join("\n", "{}", ((line,) for line in lines))
