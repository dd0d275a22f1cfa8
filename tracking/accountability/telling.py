"""What is said of a promise, its report and its supports, on the page and on paper alike."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.accountability.content import Promise, ReportSaid, Spent, SupportSaid
from tracking.accountability.groups import PromiseLine
from tracking.choices import Signal
from tracking.files.kinds import file_kind
from tracking.measuring import progress
from tracking.public.promise_rows import MOST_WORDS
from tracking.reading.causes import said_in
from tracking.reading.sentences import percentage, quoted
from tracking.reading.spending_words import accrued_of_pim, spent_of_budget

BETWEEN = " · "
MOST_REFS: Final = 12  # in a row


def named(promise: Promise) -> str:
    """«Proyecto S.1.1.1.1 · 1.1», by the plan's own word and number."""
    pieces = [f"{promise.level_label} {promise.ref}", promise.printed_code, promise.added]
    if promise.is_withdrawn:
        pieces.append(_("retirada del plan"))
    return BETWEEN.join(filter(None, pieces))


def offices(promise: Promise) -> str:
    return "; ".join(promise.units) or _("Sin oficina asignada")


def refs_of(refs: Sequence[str], most: int = MOST_REFS) -> SafeString:
    """The first MOST of REFS, and how many more there are; none breaks over a line."""
    shown = format_html_join(", ", "<b>{}</b>", ((each,) for each in refs[:most]))
    if len(refs) <= most:
        return shown
    return format_html("{} {}", shown, _("y %s más") % (len(refs) - most))


def advance(report: ReportSaid) -> str:
    """«56.3 % de avance», whatever it was measured by; "" where nothing tells it."""
    return "" if report.progress is None else _("%s de avance") % percentage(report.progress)


def notes(report: ReportSaid) -> str:
    """What a reader should know of REPORT: its day, and how it came to be public."""
    return BETWEEN.join([*_days(report), *_exceptions(report)])


def exceptions(report: ReportSaid) -> str:
    """How REPORT came to be public, where that was not in time, twice reviewed and at once."""
    return BETWEEN.join(_exceptions(report))


def planned(report: ReportSaid) -> str:
    """«cronograma: 62 %», what was to be reached by then; or ""."""
    return _("cronograma: %s") % report.schedule if report.schedule else ""


def _days(report: ReportSaid) -> Iterator[str]:
    if report.as_of:
        yield _("Al %s") % date_format(report.as_of, "d/m/Y")
    if report.schedule:
        yield planned(report)


def _exceptions(report: ReportSaid) -> Iterator[str]:
    if report.is_late:
        yield _("informado con atraso")
    if report.is_after_closing:
        yield _("publicado después del cierre")
    if not report.second_review:
        yield _("sin segunda revisión")
    if report.revision > 1:
        shown = {"n": report.revision, "reason": report.correction_reason}
        yield _("revisión %(n)s: %(reason)s") % shown


def before(report: ReportSaid, *, dated: bool = True) -> str:
    """«En 2021-I, al 30/06/2021, dijo: faltó presupuesto», of what gives no cause; or "".

    Without the day unless DATED.
    """
    cause = report.cause_before
    if cause is None:
        return ""
    return f"{said_in(cause.semester, cause.as_of if dated else None)} {cause.words}"


def said_last(report: ReportSaid) -> str:
    """What was said last of the difficulties of REPORT, which says its own of today; or ""."""
    last = report.said_before
    if last is None:
        return ""
    when = said_in(last.semester, None).rstrip(":")
    if last.words in {report.difficulties, report.halted_cause}:
        said = _("%s lo mismo.") % when
    else:
        said = f"{when}: {last.words}"
    return f"{said} {_('Seguía: %s') % last.next_steps}" if last.next_steps else said


def halted(report: ReportSaid) -> str:
    """«Paralizada desde el 15/02/2021»; or ""."""
    if report.halted_since is None:
        return ""
    return _("Paralizada desde el %s") % date_format(report.halted_since, "d/m/Y")


def halt(report: ReportSaid, day: dt.date) -> str:
    """«Desde el 15/02/2021, 149 días. Causa: …», as of DAY; or ""."""
    if report.halted_since is None:
        return ""
    days = (day - report.halted_since).days
    shown = {
        "since": date_format(report.halted_since, "d/m/Y"),
        "days": ngettext("%s día", "%s días", days) % days,
        "cause": report.halted_cause,
    }
    if not report.halted_cause:
        return _("Desde el %(since)s, %(days)s.") % shown
    return _("Desde el %(since)s, %(days)s. Causa: %(cause)s") % shown


def why(line: PromiseLine) -> str:
    """Why the promise of LINE is not where it should be, by its report, or by an earlier one, which
    is named; or ""."""
    report = line.report
    if report is None:
        return ""
    return report.halted_cause or report.difficulties or before(report, dated=False)


def words(line: PromiseLine, most: int = MOST_WORDS) -> str:
    """What was promised, as far as a list shows it: no more than MOST words of it."""
    return quoted(Truncator(line.promise.statement).words(most))


def facts(line: PromiseLine) -> str:
    """Who answers for LINE, what sustains its report, what it cost, and what the plan calls it."""
    return BETWEEN.join(filter(None, _facts(line)))


def _facts(line: PromiseLine) -> Iterator[str]:
    promise, report, spent = line.promise, line.report, line.spent
    yield offices(promise)
    if report:
        yield notes(report)
        yield proven(report)
    if spent:
        yield f"{_spent_when(spent)} {spent_of_budget(spent)}"
    yield named(promise)
    yield promise.terms


def printed_figures(line: PromiseLine) -> str:
    """What paper says of LINE, in its own words, for whoever compares them."""
    return BETWEEN.join(filter(None, _printed(line)))


def _printed(line: PromiseLine) -> Iterator[str]:
    report = line.report
    if report:
        yield from (report.measured, advance(report), str(Signal(report.signal).label))
        yield from (sustained(report), notes(report))
    else:
        yield _("Sin informe") if line.promise.is_asked else _("No se pidió")
    if line.spent:
        yield spending(line.spent)


def proven(report: ReportSaid) -> str:
    count = len(report.supports)
    return ngettext("%s prueba", "%s pruebas", count) % count if count else _("sin prueba")


def spending(spent: Spent) -> str:
    return f"{_spent_when(spent)} {accrued_of_pim(spent)}"


def spent_share(spent: Spent) -> str:
    """The same in few words: "gastado 33.3 % del PIM"; its soles stand in the budget's table."""
    share = progress.financial(spent.accrued, spent.pim)
    return _("sin presupuesto") if share is None else _("gastado %s del PIM") % percentage(share)


def _spent_when(spent: Spent) -> str:
    shown = {"year": spent.year, "day": date_format(spent.as_of, "d/m/Y")}
    return _("%(year)s, al %(day)s:") % shown


def sustained(report: ReportSaid) -> str:
    count = len(report.supports)
    if not count:
        return _("Sin sustento")
    return ngettext("%s sustento", "%s sustentos", count) % count


def described(support: SupportSaid) -> str:
    """«fotografía JPEG, 9.5 KB, 12/05/2021»; of what was withheld, when and why."""
    if support.withheld_on:
        shown = {"day": date_format(support.withheld_on), "reason": support.withheld_reason}
        return _("Retirado el %(day)s. Motivo: %(reason)s") % shown
    pieces = [file_kind(support.media_type) if support.media_type else _("enlace")]
    if support.size:
        pieces.append(filesizeformat(support.size))
    return ", ".join([*pieces, date_format(support.taken_on, "d/m/Y")])
