"""What the hearing pack asks: about the worst of each kind, and of a term that is over, why."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from plans.models import PlanElement
from plans.semester import Semester
from tracking.accountability.pack.pack import Pack
from tracking.accountability.printing.pack import kinds
from tracking.choices import Signal, Verdict
from tracking.models import Expenditure, ProgressReport
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import LastKnown

DAY = dt.date(2021, 6, 30)
IN_TERM, AFTER = dt.date(2021, 9, 1), dt.date(2023, 2, 1)


def pack(*promises: tuple[Verdict, ProgressReport | None], at: dt.date, pims: Any = ()) -> Pack:
    """Of PROMISES, S.1 and on, on the day AT; PIMS of the first of them, of which 10 were spent."""
    elements = [
        PlanElement(pk=n, ref=f"S.{n}", statement=f"Promesa {n}")
        for n in range(1, len(promises) + 1)
    ]
    cell = Cell(Semester(2021, 1), Arrival.REPORTED, signal=Signal.VERY_LATE)
    overview: Any = SimpleNamespace(
        plan=SimpleNamespace(get_absolute_url=lambda: "/m/puno/2019-2022/", last_year=2022),
        at=at,
        elements=elements,
        known={n: LastKnown(verdict, cell, 0) for n, (verdict, _report) in enumerate(promises, 1)},
        who=lambda element: "",
    )
    spent = [
        Expenditure(
            element_id=n, year=2021, pia=0, pim=Decimal(pim), accrued=Decimal(10), as_of=DAY
        )
        for n, pim in enumerate(pims, 1)
    ]
    reports = {n: report for n, (_verdict, report) in enumerate(promises, 1) if report}
    return Pack(overview, reports, {}, spent, set(reports))


def halt(*since: int) -> tuple[Verdict, ProgressReport]:
    return Verdict.HALTED, ProgressReport(as_of=DAY, halted_since=dt.date(*since))


def late(done: int, planned: int) -> tuple[Verdict, ProgressReport]:
    report = ProgressReport(as_of=DAY, progress=Decimal(done), planned=Decimal(planned))
    return Verdict.LATE, report


def test_what_is_far_behind_has_the_mark_that_an_edition_gives_it() -> None:
    cell = Cell(Semester(2021, 1), Arrival.REPORTED, signal=Signal.LATE)
    late = LastKnown(Verdict.LATE, cell, 0)
    far = late._replace(cell=cell._replace(signal=Signal.VERY_LATE))
    halted = far._replace(verdict=Verdict.HALTED)
    assert kinds([late, far, halted]) == [Verdict.HALTED, Signal.VERY_LATE, Verdict.LATE]


def test_the_longest_halt_and_what_is_furthest_behind_are_asked_about_first() -> None:
    promises = [halt(2021, 3, 1), halt(2020, 3, 1), late(40, 60), late(10, 80), late(0, 30)]
    asked = pack(*promises, at=IN_TERM).asked_about
    assert [each.ref for each in asked] == ["S.2", "S.1", "S.5", "S.4"]
    assert "¿Qué falta para reanudarla, y cuándo será?" in asked[0].question


def test_the_last_question_is_about_the_most_that_was_not_spent() -> None:
    going = (Verdict.ON_TIME, ProgressReport(as_of=DAY))
    told = pack(halt(2021, 3, 1), going, going, at=IN_TERM, pims=(900, 200, 300))
    assert [each.ref for each in told.asked_about] == ["S.1", "S.3"]
    assert told.asked_about[-1].question == (
        "En 2021, al 30/06/2021: gastado S/\u00a010 de un presupuesto de S/\u00a0300. "
        "¿En qué se gastará lo que falta, y cuándo?"
    )


def test_of_a_term_that_is_over_nothing_is_asked_about_the_future() -> None:
    promises = [halt(2021, 3, 1), late(10, 80), (Verdict.UNKNOWN, None), late(20, 80)]
    told = pack(*promises, at=AFTER, pims=(20, 20, 20, 20))
    halted, far, unknown, *rest = (each.question for each in told.asked_about)
    assert "¿Por qué no se reanudó, y qué quedó sin hacer?" in halted
    assert "¿Por qué no se alcanzó lo previsto?" in far
    assert not any("será" in each or "hará" in each for each in (halted, far, unknown, *rest))
