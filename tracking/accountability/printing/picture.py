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

from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.choices import Verdict
from tracking.public.charts.verdict_marks import PATHS
from tracking.reading.sentences import percentage
from tracking.reading.spending import YearOfSpending, financial_progress
from tracking.reading.verdicts import WORST_FIRST, sentence_of

PITCH: Final = 14
PER_ROW: Final = {60: 28, 220: 44}
SMALLEST: Final = 88
"""Marks side by side in plans of so many promises; the more there are, the smaller."""

INKS: Final = {
    Verdict.DONE: 'fill="#000"',
    Verdict.ON_TIME: 'fill="#8a8a8a"',
    Verdict.UNKNOWN: 'fill="none" stroke="#000" stroke-width="1.4"',
}
"""A mark is told by its shape; the ink only helps the eye."""

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
    verdicts = sorted((each.known.verdict for each in lines), key=WORST_FIRST.index)
    height = PITCH * (1 + (len(verdicts) - 1) // per_row)
    paths = "".join(
        f'<path transform="matrix(1 0 0 1 {PITCH * (n % per_row)} {PITCH * (n // per_row)})"'
        f' {_ink(each)} d="{PATHS[each]}"/>'
        for n, each in enumerate(verdicts)
    )
    alternative = sentence_of({each.value: n for each, n in counts.items()})
    return _image(paths, (PITCH * per_row, height), alternative, "marks")


def mark(verdict: str) -> SafeString:
    """The mark of VERDICT in a key, where words stand beside it."""
    each = Verdict(verdict)
    return _image(f'<path {_ink(each)} d="{PATHS[each]}"/>', (12, 12), str(each.label), "mark")


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


def _ink(verdict: Verdict) -> str:
    return INKS.get(verdict, 'fill="#000"')


def _image(shapes: str, size: tuple[int, int], alternative: str, kind: str) -> SafeString:
    width, height = size
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{shapes}</svg>'
    )
    return format_html(
        '<img class="{}" src="data:image/svg+xml,{}" alt="{}">', kind, quote(drawn), alternative
    )
