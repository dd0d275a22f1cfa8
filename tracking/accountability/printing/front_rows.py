"""The lines of the short lists on the first two pages of a printed report, and of what changed."""

from typing import Final

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.accountability.brief import Brief
from tracking.accountability.groups import PromiseLine
from tracking.accountability.moves import Move
from tracking.accountability.telling import why
from tracking.reading.sentences import percentage, quoted, shortened

LONG: Final = 92
WIDE: Final = 60
NARROW: Final = 33
"""Characters of a ref and of what was promised, as far as a line of its list has room for them."""
MOVED: Final = 44  # of what was promised, where something is said to have changed

MOST: Final = 4  # refs with their pages in a line


def grave_item(brief: Brief, line: PromiseLine) -> SafeString:
    """One of the worst on page 1: what, and what is wrong with it."""
    said = _halted(line, 200)
    if not said:
        said = ". ".join(filter(None, [_behind(line), short(why(line), 130)]))
    return _item(brief, line, 80, f"\n{said}")


def halted_item(brief: Brief, line: PromiseLine) -> SafeString:
    return _item(brief, line, LONG, f"\n{_halted(line, 105)}")


def fell_silent(brief: Brief) -> SafeString:
    """What was halted when it was last reported, by its refs, as far as a line has room."""
    lines = brief.fell_silent
    n = len(lines)
    shown = lines if n <= MOST else lines[:MOST]
    refs = format_html_join(
        "\u2002",  # no comma: what is left of the room for a page's number would stand before it
        '<a href="#{}"><b>{}</b></a>',
        ((brief.anchor(each), each.promise.ref) for each in shown),
    )
    more = _(" y %s más") % (n - MOST) if n > MOST else ""
    said = ngettext(
        "%s más estaba paralizada y no informó:", "%s más estaban paralizadas y no informaron:", n
    )
    return format_html('<p class="lines">{} {}{}</p>', said % n, refs, more)


def late_item(brief: Brief, line: PromiseLine) -> SafeString:
    return _item(brief, line, WIDE, f" {_behind(line)}")


def silent_item(brief: Brief, line: PromiseLine) -> SafeString:
    n = line.known.silent
    since = ngettext("%s semestre", "%s semestres", n) % n if n > 1 else ""
    if line.known.cell is None:
        since = _("nunca")
    return _item(brief, line, NARROW, f" {since}")


def achieved_item(brief: Brief, line: PromiseLine) -> SafeString:
    report = line.report
    count = len(report.supports) if report else 0
    said = ngettext("%s sustento", "%s sustentos", count) % count if count else ""
    if not said and not (line.known.cell and line.known.cell.is_supported):
        said = _("sin sustento")
    return _item(brief, line, NARROW, f" {said}")


def _item(brief: Brief, line: PromiseLine, most: int, said: str) -> SafeString:
    """A line with the page that tells all of it; the words are cut, the ref is not."""
    most = 2 * most if brief.is_short else most
    return format_html(
        '<li><a href="#{}"><b>{}</b> {}<i>{}</i></a></li>',
        brief.anchor(line),
        line.promise.ref,
        quoted(short(line.promise.statement, most - len(line.promise.ref))),
        said,
    )


def short(text: str, most: int) -> str:
    """The beginning of TEXT, in as much room as MOST small letters take: capitals are wider."""
    return shortened(text, most * 3 // 4 if text.isupper() else most)


def _halted(line: PromiseLine, most: int) -> str:
    report = line.report
    if report is None or not report.halted_since:
        return ""
    day = date_format(report.halted_since, "d/m/Y")
    cause = short(report.halted_cause or _("sin una causa dicha"), most - 35)
    return _("Paralizada desde el %(day)s: %(cause)s") % {"day": day, "cause": cause}


def _behind(line: PromiseLine) -> str:
    """«12 % hecho de 60 % programado», or the same in steps."""
    report = line.report
    if report is None:
        return ""
    if not report.schedule:
        return _("muy retrasada")
    if report.progress is None or report.planned is None:
        return _("%(done)s; programado: %(planned)s") % {
            "done": short(report.measured, 24),
            "planned": report.schedule,
        }
    shown = {"done": percentage(report.progress), "planned": percentage(report.planned)}
    return _("%(done)s hecho de %(planned)s programado") % shown


def move_row(move: Move) -> SafeString:
    """A promise with what was said of it before, and now."""
    promise = move.line.promise
    return format_html(
        '<tr><td class="ref">{}</td><td>{}</td><td>{}</td><td><b>{}</b></td></tr>',
        promise.ref,
        short(promise.statement, MOVED),
        move.before,
        move.now,
    )


def move_item(move: Move) -> SafeString:
    """The same in short, of what is no trouble."""
    promise = move.line.promise
    return format_html(
        '<li><b class="ref">{}</b> {} <span>{} → {}</span></li>',
        promise.ref,
        short(promise.statement, MOVED),
        move.before,
        move.now,
    )
