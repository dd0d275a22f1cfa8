"""The plan at a glance, for paper: every promise a mark, and the year's money in one bar.

Each is an image with its alternative text: who lays out the page takes it for one thing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from urllib.parse import quote

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.accountability.brief import Brief, is_very_late
from tracking.accountability.content import Promise
from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.choices import Signal, Verdict
from tracking.public.charts.verdict_grid import ON_PAPER
from tracking.reading.sentences import percentage
from tracking.reading.spending import YearOfSpending, financial_progress
from tracking.reading.verdicts import WORST_FIRST, sentence_of

PITCH: Final = 14
PER_ROW: Final = {60: 28, 220: 44}
SMALLEST: Final = 88
"""Marks side by side in plans of so many promises; the more there are, the smaller."""

VERY_LATE: Final = Signal.VERY_LATE.value
ORDER: Final[list[str]] = [WORST_FIRST[0], VERY_LATE, *WORST_FIRST[1:]]
"""Worst first."""

BAR: Final = (600, 14)


class Row(NamedTuple):
    """The marks of a part of the plan."""

    title: str
    drawn: SafeString


def picture(edition: Edition) -> list[Row]:
    """A row for each dimension, in which every promise that was asked is a mark, worst first."""
    total = len(edition.asked)
    per_row = next((n for most, n in PER_ROW.items() if total <= most), SMALLEST)
    rows = []
    for group in edition.groups:
        lines = [each for each in (group.root, *group.lines) if each and each.promise.is_asked]
        if lines:
            rows.append(Row(group.title, _marks(lines, per_row)))
    return rows


def _marks(lines: Sequence[PromiseLine], per_row: int) -> SafeString:
    counts = Counter(each.known.verdict for each in lines)
    kinds = sorted((kind_of(each) for each in lines), key=ORDER.index)
    height = PITCH * (1 + (len(kinds) - 1) // per_row)
    paths = "".join(
        f'<path transform="matrix(1 0 0 1 {PITCH * (n % per_row)} {PITCH * (n // per_row)})"'
        f' {ON_PAPER[each][0]} d="{ON_PAPER[each][1]}"/>'
        for n, each in enumerate(kinds)
    )
    alternative = sentence_of({each.value: n for each, n in counts.items()})
    return _image(paths, (PITCH * per_row, height), alternative, "marks")


def kind_of(line: PromiseLine) -> str:
    """How LINE goes, as its mark tells it: of what is late, whether it is far behind."""
    is_far = line.known.verdict == Verdict.LATE and is_very_late(line)
    return VERY_LATE if is_far else line.known.verdict


def key(brief: Brief) -> Iterator[SafeString]:
    """What each mark means, and how many there are of it."""
    far = len(brief.very_late)
    for verdict, words in brief.edition.verdict_words:
        said = format_html("{} {}", mark(verdict), words)
        if verdict == Verdict.LATE and far:
            of_them = ngettext("%s muy retrasada", "%s muy retrasadas", far) % far
            said = format_html("{}, {} {} {}", said, _("de ellas"), mark(VERY_LATE), of_them)
        yield said


def going(edition: Edition, promise: Promise) -> SafeString:
    """The mark of how PROMISE goes."""
    return mark(kind_of(edition.line_by_ref[promise.ref]))


def mark(kind: str) -> SafeString:
    """The mark of KIND alone, where words stand beside it."""
    label = Signal(kind).label if kind == VERY_LATE else Verdict(kind).label
    ink, path = ON_PAPER[kind]
    return _image(f'<path {ink} d="{path}"/>', (12, 12), str(label), "mark")


def money_bar(spent: YearOfSpending) -> SafeString | str:
    """What was spent of the year's PIM; "" without a budget."""
    share = financial_progress(spent)
    if share is None:
        return ""
    width, height = BAR
    done = width * min(share, Decimal(100)) / 100
    shapes = (
        f'<rect width="{done:.1f}" height="{height}" fill="#444"/>'
        f'<rect x=".6" y=".6" width="{width - 1.2}" height="{height - 1.2}" fill="none"'
        ' stroke="#000" stroke-width="1.2"/>'
    )
    return _image(shapes, BAR, _("Gastado: %s del presupuesto.") % percentage(share), "bar")


def money_words(spent: YearOfSpending) -> Iterator[str]:
    """The figures of the bar, in soles, and on how many activities they rest."""
    share = financial_progress(spent)
    shown = {"n": number_format(spent.accrued, 0), "of": number_format(spent.pim, 0)}
    if share is None:
        yield _("Sin presupuesto; gastado S/\u00a0%(n)s.") % shown
    else:
        shown["share"] = percentage(share)
        yield _("Gastado S/\u00a0%(n)s de S/\u00a0%(of)s (%(share)s).") % shown
    yield _("Con cifra, %(n)s de %(of)s actividades.") % {"n": spent.known, "of": spent.of}


def _image(shapes: str, size: tuple[int, int], alternative: str, kind: str) -> SafeString:
    width, height = size
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{shapes}</svg>'
    )
    return format_html(
        '<img class="{}" src="data:image/svg+xml,{}" alt="{}">', kind, quote(drawn), alternative
    )
