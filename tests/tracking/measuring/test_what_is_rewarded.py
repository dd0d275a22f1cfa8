"""What each way of measuring makes of a value below, at and above its goal: nothing wrong pays."""

from decimal import Decimal

import pytest

from plans.choices import Level
from plans.models import MeasuringTerms, PlanElement
from tracking.measuring.entry import Entry, entry_of
from tracking.measuring.result import percentage_of
from tracking.models import ProgressReport

# The goal is 10: of a change the value at which it is reached, from its baseline ("base"). Of what
# must be kept, the bound, and of a value its tolerance. What has no percentage is "—".
REWARDED = """
kind            direction   bound     base   below: 8   at: 10   above: 12
nivel           aumentar    —         —            80      100         120
nivel           aumentar    —         9           -100      100         120
nivel           disminuir   —         20          120      100          80
nivel           disminuir   —         —           100      100           —
nivel           aumentar    —         9          -100      100         120
nivel           disminuir   —         11          300      100        -100
nivel           mantener    techo     —           100      100          80
nivel           mantener    piso      —            80      100         100
nivel           mantener    valor±1   —            90      100          90
nivel           mantener    —         —             —        —           —
nivel           —           —         —             —        —           —
variacion       aumentar    —         5            60      100         140
variacion       disminuir   —         20          120      100          80
variacion       aumentar    —         —             —        —           —
variacion       disminuir   —         —             —        —           —
variacion       mantener    —         20            —        —           —
variacion       —           —         20            —        —           —
entrega         —           —         —            80      100         120
permanente      —           —         —            80      100           —
no verificable  —           —         —             —        —           —
"""
ROWS = [line.replace("no verificable", "no_verificable").split() for line in REWARDED.split("\n")]


@pytest.mark.parametrize("row", ROWS[2:-1], ids="-".join)
def test_only_what_was_promised_is_rewarded(row: list[str]) -> None:
    kind, direction, bound, base, *expected = ("" if cell == "—" else cell for cell in row)
    terms = MeasuringTerms(
        element=PlanElement(level=Level.TARGET),
        kind=kind.replace("_", " "),
        direction=direction,
        bound=bound.partition("±")[0],
        tolerance=Decimal(1) if "±" in bound else None,
        baseline=Decimal(base) if base else None,
        goal=abs(Decimal(10) - Decimal(base or 0)) if kind == "variacion" else Decimal(10),
        unit_of_measure="casos",
    )
    assert [_shown(value, terms) for value in (8, 10, 12)] == expected


def _shown(value: int, terms: MeasuringTerms) -> str:
    entry = entry_of(terms.element, terms, is_reportable=True)
    report = ProgressReport(value=Decimal(value))
    if entry == Entry.COUNT:  # more than was required is refused
        report = ProgressReport(done=value, required=10 if value <= 10 else None)
    percent = percentage_of(report, entry, terms)
    return "" if percent is None else f"{percent.normalize():f}"


def test_a_broken_promise_to_keep_at_zero_is_not_kept() -> None:
    terms = MeasuringTerms(kind="nivel", direction="mantener", bound="techo", goal=Decimal(0))
    found = [percentage_of(ProgressReport(value=Decimal(n)), Entry.VALUE, terms) for n in (0, 3)]
    assert found == [100, 0]
