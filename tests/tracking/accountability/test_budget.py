"""The budget of an edition: its sums agree however offices share, and nothing known is no zero."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Dimension, Level
from tracking.accountability.budget import MOST, Budget, Money, Row
from tracking.accountability.content import Content, Promise, ReportSaid, Spent
from tracking.accountability.edition import Edition
from tracking.accountability.printing.picture import mark
from tracking.choices import Verdict

YEARS = (2019, 2020, 2021)
SOLES = st.decimals(0, 10**9, places=2)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31))
UNITS = st.lists(st.sampled_from(["Obras", "Salud", "Rentas"]), unique=True, max_size=3)


def blank(kind: type, **members: Any) -> Any:
    """A KIND of which nothing is said but its MEMBERS."""
    return kind(**{each.name: None for each in fields(kind)} | members)


def activity(*spent: Spent, **members: Any) -> Promise:
    usual = {"level": Level.ACTIVITY, "is_asked": True, "dimension": "social", "units": ["Obras"]}
    usual |= {"strip": [], "statement": ""}
    made: Promise = blank(Promise, **usual | members, spending=list(spent))
    return made


def spent(pia: object, pim: object, accrued: object, **members: Any) -> Spent:
    usual = {"year": 2021, "as_of": dt.date(2021, 12, 31), "source": "SIAF"}
    figures = {"pia": Decimal(str(pia)), "pim": Decimal(str(pim)), "accrued": Decimal(str(accrued))}
    return Spent(**{**usual, **figures, **members})


def budget_of(*promises: Promise) -> Budget:
    return Budget(blank(Content, semester="2021-II", promises=promises))


@st.composite
def some_activities(draw: st.DrawFn) -> Promise:
    years = draw(st.sets(st.sampled_from(YEARS)))
    rows = [spent(*draw(st.tuples(SOLES, SOLES, SOLES)), year=y, as_of=draw(DAYS)) for y in years]
    return activity(
        *rows,
        level=draw(st.sampled_from([Level.ACTIVITY, Level.ACTIVITY, Level.TARGET])),
        is_asked=draw(st.booleans()),
        dimension=draw(st.sampled_from([*Dimension.values, ""])),
        units=draw(UNITS),
    )


def pims(rows: Sequence[Row]) -> list[int]:
    return [int(each.money.pim) for each in rows if each.money]


def added(parts: Sequence[Money | None]) -> Money | None:
    """PARTS in one, added by hand."""
    known = [each for each in parts if each]
    if not known:
        return None
    return Money(
        sum((each.pia for each in known), Decimal(0)),
        sum((each.pim for each in known), Decimal(0)),
        sum((each.accrued for each in known), Decimal(0)),
        min(each.since for each in known),
        max(each.until for each in known),
    )


@given(st.lists(some_activities(), max_size=12))
def test_dimensions_and_offices_come_to_the_total_whatever_is_shared(
    promises: list[Promise],
) -> None:
    budget = budget_of(*promises)
    for rows in (budget.dimensions, budget.offices):
        assert added([each.money for each in rows]) == budget.total.money
        assert sum(each.known for each in rows) == budget.total.known
        assert sum(each.of for each in rows) == budget.total.of
    *dimensions, total = budget.year_against_year
    for number in range(len(budget.years)):
        assert added([each.by_year[number] for each in dimensions]) == total.by_year[number]


@given(st.lists(some_activities(), max_size=12))
def test_each_activity_is_told_once(promises: list[Promise]) -> None:
    budget = budget_of(*promises)
    assert len(budget.activities) + budget.penniless + budget.unknown == budget.total.of
    figures = sum(each.spent_in(2021) is not None for each in promises)
    assert budget.total.known + budget.apart == figures
    if budget.total.money:
        assert sum(each.money.pim for each in budget.activities) == budget.total.money.pim


def test_what_is_not_listed_is_summed_up() -> None:
    budget = budget_of(*(activity(spent(1, n, 0)) for n in range(1, MOST + 3)))
    assert [each.money.pim for each in budget.listed][:2] == [MOST + 2, MOST + 1]
    assert budget.rest
    assert (budget.rest.known, pims([budget.rest])) == (2, [3])


def test_what_several_offices_share_and_what_is_nobodys_are_rows_of_their_own() -> None:
    rows = budget_of(
        activity(spent(0, 10, 1)),
        activity(spent(0, 20, 2), units=["Obras", "Salud"]),
        activity(spent(0, 30, 3), units=[]),
    ).offices
    assert [each.name for each in rows] == [
        "Obras",
        "Compartidas por varias oficinas",
        "Sin oficina asignada",
    ]
    assert pims(rows) == [10, 20, 30]


def test_nothing_known_is_no_zero() -> None:
    budget = budget_of(activity(), activity(spent(5, 5, 5, year=2020)))
    assert budget.total.money is None
    assert (budget.total.known, budget.total.of, budget.years) == (0, 2, [2020])
    assert budget.dimensions[0].money is None
    assert not budget.activities


def test_without_a_budget_there_is_no_percentage() -> None:
    budget = budget_of(activity(spent(0, 0, 0)))
    assert budget.total.money
    assert budget.total.money.share is None
    assert (budget.penniless, budget.activities) == (1, [])


def test_what_passed_its_budget_is_told() -> None:
    budget = budget_of(activity(spent(1, 100, 150)), activity(spent(1, 100, 0)))
    assert budget.beyond == 1
    assert [each.money.unspent for each in budget.activities] == [100, -50]


def test_centimos_are_written_where_any_figure_has_them() -> None:
    assert budget_of(activity(spent(1, 2, 1))).places == 0
    assert budget_of(activity(spent(1, 2, 1), spent(1, "2.5", 1, year=2020))).places == 2


def chapter(*promises: Promise) -> str:
    content = blank(Content, semester="2021-II", promises=promises, projection="Se gastará todo.")
    context = {"edition": Edition(content), "content": content}
    return render_to_string("accountability/_budget.html", context)


def printed(*promises: Promise) -> str:
    """The chapter on paper, in words alone."""
    page = chapter(*promises)
    return " ".join(strip_tags(page.replace("<td", " <td")).replace("&nbsp;", " ").split())


def test_until_a_year_is_over_nothing_is_left_unspent_on_paper() -> None:
    said = printed(activity(spent(0, 500, 200, as_of=dt.date(2021, 9, 30))))
    assert "(40 %). Faltaba gastar S/ 300." in said


def test_paper_says_what_is_known_of_what_days_and_what_is_not_spent() -> None:
    early = spent(0, 1000, 250, as_of=dt.date(2021, 9, 30))
    said = printed(
        activity(early, ref="S.1", statement="Pista", cui="2345678"),
        activity(spent(0, 500, 500), ref="S.2", statement="Posta", cui=""),
        activity(spent(0, 0, 0)),
        activity(),
    )
    assert "En 2021, devengado S/ 750 de un PIM de S/ 1,500 (50 %). No se gastó S/ 750." in said
    assert "3 de 4 actividades tienen gasto registrado; 1 de ellas, sin presupuesto." in said
    assert "Cifras del 31/12/2021, salvo donde se dice otro día; la más antigua, del 30/09" in said
    assert "S.1 CUI 2345678 al 30/09/21 Pista 0 1,000 250 750 25 %" in said
    assert "S.2 Posta 0 500 500 0 100 %" in said
    assert "Sin presupuesto: 1. Sin cifra registrada: 1." in said
    assert "Proyección al cierre de 2021 Se gastará todo." in said


def test_where_activities_are_many_each_is_named_on_a_line_in_whole_words() -> None:
    words = "Incorporar en la planificación estratégica los ecosistemas"
    many = [activity(spent(0, 500, 200), ref=f"S.{n}", statement=words) for n in range(30)]
    assert printed(*many).count("Incorporar en la planificación… 0 500") == 30


def test_paper_tells_what_passed_its_budget() -> None:
    said = printed(activity(spent(0, 100, 150), ref="S.1", statement="Pista"))
    assert "devengado S/ 150, más que su PIM de S/ 100 (150 %). 1 de 1" in said
    assert "1 gastó más que su PIM." in said
    assert "-50 (gastado de más)" in said


def test_paper_says_beside_each_year_how_many_have_a_figure_where_they_differ() -> None:
    before = spent(0, 100, 90, year=2020)
    said = printed(activity(before, spent(0, 100, 50)), activity(before), activity())
    assert "Cada año suma lo que tiene cifra." in said
    assert "Dimensión2020 (2 de 3)2021 (1 de 3)" in said
    assert "Dimensión20202021" in printed(activity(before, spent(0, 100, 50)))


def test_a_year_is_compared_with_no_other_where_there_is_one() -> None:
    assert "Año contra año" not in printed(activity(spent(0, 100, 50)))
    before = spent(0, 100, 90, year=2020)
    assert "Año contra año" in printed(activity(before, spent(0, 100, 50)))
    assert "90 (90 %)" in printed(activity(before))  # all that is known


def test_paper_says_what_was_spent_where_it_halted_or_nobody_reported() -> None:
    halt = blank(ReportSaid, halted_since=dt.date(2021, 2, 1), signal="", stage="ejecucion")
    promises = [
        activity(spent(0, 500, 200), ref="S.1", statement="Pista", report=halt),
        activity(spent(0, 400, 100), ref="S.2", statement="Posta"),
    ]
    said = printed(*promises)
    assert "En 1 actividad paralizada, devengado S/ 200 de un PIM de S/ 500." in said
    assert "En 1 actividad sin informe, devengado S/ 100 de un PIM de S/ 400." in said
    assert f"{mark(Verdict.UNKNOWN)} <b>S.2</b>" in chapter(*promises)


def test_paper_says_that_there_was_no_budget() -> None:
    said = printed(activity(spent(0, 0, 0)))
    assert "En 2021, sin presupuesto." in said
    assert "S/ 0" not in said
