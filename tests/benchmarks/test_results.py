"""What is said of a run: what is above its limit, the table, the plot."""

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from benchmarks.country.measuring import Measured
from benchmarks.country.plot import drawn
from benchmarks.country.results import by_kind, faults_of, growth_of, written

FEW = Measured(
    plans=5,
    group="página",
    name="/m/puno/",
    queries=12,
    waited=8.0,
    cpu=40.0,
    yardsticks=2.0,
    size=9_000,
    peak=1.5,
    stored=0.9,
)
MANY = replace(FEW, plans=1_891, yardsticks=2.6)


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, []),
        ({"yardsticks": 2.61}, ["CPU"]),
        ({"queries": 13}, ["consultas"]),
        ({"queries": 11, "waited": 500.0}, []),
    ],
)
def test_a_page_may_cost_so_much_more_and_ask_no_more(
    change: dict[str, float], faults: list[str]
) -> None:
    many = replace(MANY, **change)  # type: ignore[arg-type]
    assert faults_of({5: FEW, 1_891: many}) == faults


@pytest.mark.parametrize(
    ("group", "name", "most"),
    [
        ("página", "/", 20.0),
        ("página", "/municipios/?region=Puno", 20.0),
        ("búsqueda", "dos palabras", 60.0),
    ],
)
def test_lists_and_searches_may_ask_the_database_so_long(
    group: str, name: str, most: float
) -> None:
    few = replace(FEW, group=group, name=name)
    many = replace(MANY, group=group, name=name, waited=most)
    assert faults_of({5: few, 1_891: many}) == []
    assert faults_of({5: few, 1_891: replace(many, waited=most + 0.1)}) == ["base"]


def test_publishing_may_grow_more_than_a_page() -> None:
    few, many = (replace(each, group="acto") for each in (FEW, MANY))
    assert faults_of({5: few, 1_891: replace(many, yardsticks=3.0)}) == []
    assert faults_of({5: few, 1_891: replace(many, yardsticks=3.1)}) == ["CPU"]


def test_a_kind_is_measured_from_the_smallest_country_to_the_largest() -> None:
    rows = [MANY, replace(FEW, plans=100, yardsticks=9.0), FEW]
    [of_sizes] = by_kind(rows).values()
    assert growth_of(of_sizes) == 1.3


def test_the_table_has_a_line_for_each_kind_and_marks_what_is_too_much() -> None:
    text = written([FEW, replace(MANY, yardsticks=4.0)], day=dt.date(2026, 11, 29), load="idle")
    assert "Run on 2026-11-29" in text
    cells = "12 | 12 | 8.0 | 8.0 | 2.00 | 4.00 | 2.00 | 1.00 | 9,000 | 1.5 | 0.9 | ✗ CPU"
    assert f"| `/m/puno/` | {cells} |" in text.splitlines()


def test_the_plot_names_what_grows_too_much_and_is_small() -> None:
    rows = []
    for number in range(300):
        name = f"/m/lugar-{number}/"
        rows += [replace(FEW, name=name), replace(MANY, name=name)]
    rows += [replace(FEW, name="/<b>/"), replace(MANY, name="/<b>/", yardsticks=40.0)]
    text = drawn(rows)
    assert "/<b>/ × 20.0" in "".join(ElementTree.fromstring(text).itertext())
    assert "lugar-1" not in text
    assert len(text.encode()) <= 30_000
