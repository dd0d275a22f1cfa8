"""What a target's own words propose of how it is measured."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Level
from plans.importers.outline import DoubtKind
from plans.importers.printed.proving import is_printed
from plans.importers.proposing import proposed
from plans.term import Term
from tests.real_plans import PLACES, real_draft

TERM = Term(2027, 2030)


def kinds(statement: str, indicator: str = "") -> list[str]:
    return [doubt.kind for doubt in proposed(statement, indicator, TERM)[1]]


@pytest.mark.parametrize(
    ("statement", "goal", "unit"),
    [
        ("Bajar al 30,0 % la anemia.", "30", "%"),
        ("Bajar al 30,5 % la anemia.", "30.5", "%"),
        ("Llegar al 40.7% de hogares.", "40.7", "%"),
        ("Reforestar 1,250 ha.", "1250", "ha"),
        ("Invertir 1'200,000 soles.", "1200000", "S/"),
        ("Invertir S/ 1.250.000,50.", "1250000.50", "S/"),
        ("Un crecimiento de -2 %.", "-2", "%"),
        ("Invertir 1.25 millones de soles.", "1250000", "S/"),
        ("Atender a 300 mil familias.", "300000", "familias"),
        ("Se firmaron 02 convenios.", "2", "convenios"),
        ("-03 carreteras", "3", "carreteras"),
        ("1. Llegar a 24 barrios.", "24", "barrios"),
        ("Al 2030, 12 500 m² de veredas.", "12500", "m²"),
        ("12 aulas según la Ley N° 28044, al 31 de diciembre de 2030.", "12", "aulas"),
        ("Capacitar a 30 madres de niños de 0 a 5 años.", "30", "madres"),
        ("El 30 por ciento de los hogares.", "30", "%"),
    ],
)
def test_the_one_clear_figure_is_proposed(statement: str, goal: str, unit: str) -> None:
    terms, doubts = proposed(statement, "", TERM)
    assert terms is not None
    assert (terms.goal, terms.unit_of_measure) == (Decimal(goal), unit)
    assert not doubts
    assert is_printed(Decimal(goal), statement, unit)


@pytest.mark.parametrize(
    ("statement", "kind", "direction"),
    [
        ("Incrementar la cobertura al 80 %.", "nivel", "aumentar"),
        ("Disminuir en 50% el desempleo.", "variacion", "disminuir"),
        ("Bajar 30 % la espera.", "variacion", "disminuir"),
        ("Mejorar la gestión en 100%.", "variacion", ""),
        ("Mantener el 90 % de las vías.", "nivel", "mantener"),
        ("El 100% de los acuerdos.", "nivel", ""),
        ("Cobertura de agua en 90%.", "", ""),
    ],
)
def test_the_words_before_it_say_what_sort_of_figure_it_is(
    statement: str, kind: str, direction: str
) -> None:
    terms, _doubts = proposed(statement, "", TERM)
    assert terms is not None
    assert (terms.kind, terms.direction) == (kind, direction)


@pytest.mark.parametrize(
    ("statement", "doubt"),
    [
        ("Sembrar 1.500 plantones.", DoubtKind.FIGURE),
        ("Sembrar 1,250 ha y el 33,8%.", DoubtKind.FIGURES),
        ("Bajar 5 % los robos y subir a 70 % la confianza.", DoubtKind.FIGURES),
        ("De 33,8% a 40.7%.", DoubtKind.FIGURES),
        ("Entre 20-30 casos.", DoubtKind.FIGURES),
        ("Dos campañas al año.", DoubtKind.UNREAD),
        ("Niños menores de 5 años atendidos.", DoubtKind.UNREAD),
        ("Actualmente el 40 % de los hogares.", DoubtKind.BASELINE),
        ("40 % de los hogares en 2025.", DoubtKind.BASELINE),
    ],
)
def test_what_the_words_do_not_settle_is_doubted_and_not_proposed(
    statement: str, doubt: str
) -> None:
    assert proposed(statement, "", TERM)[0] is None
    assert kinds(statement) == [doubt]


def test_to_reduce_to_a_hundred_percent_may_be_read_in_two_ways() -> None:
    terms, doubts = proposed("Reducir la incidencia delictiva al 100%.", "", TERM)
    assert terms is not None
    assert (terms.goal, terms.kind, terms.direction) == (Decimal(100), "", "")
    assert [doubt.kind for doubt in doubts] == [DoubtKind.FIGURE]


def test_a_comma_is_of_decimals_where_another_figure_of_the_text_shows_it() -> None:
    """ "1,250 ha" beside "33,8 %" may be one hectare and a quarter."""
    (doubt,) = proposed("Sembrar 1,250 ha, con 0,5 m.", "", TERM)[1]
    assert doubt.kind == DoubtKind.FIGURES
    terms, (doubt,) = proposed("Sembrar 1.250 ha.", "", TERM)
    assert (terms, doubt.kind) == (None, DoubtKind.FIGURE)
    assert doubt.reason == "«1.250» puede ser 1.25 o 1,250."


@pytest.mark.parametrize("text", ["Al 2030.", "En el año 2029 se hará.", "Entre 2027-2030", "2028"])
def test_a_year_is_never_the_value(text: str) -> None:
    assert proposed(text, "", TERM) == (None, ())


def test_an_indicator_that_says_how_it_was_is_a_candidate_for_the_baseline() -> None:
    assert kinds("Reducir la anemia.", "Anemia al 2025: 40.7%") == [DoubtKind.BASELINE]
    assert kinds("Reducir la anemia.", "Línea de base: 40.7%") == [DoubtKind.BASELINE]


def test_an_indicator_that_says_how_it_was_does_not_hide_the_goal() -> None:
    terms, doubts = proposed("Bajar al 30 % la anemia.", "Anemia al 2025: 40.7%", TERM)
    assert terms is not None
    assert terms.goal == 30
    assert [doubt.kind for doubt in doubts] == [DoubtKind.BASELINE]


def test_an_indicator_that_says_what_will_be_proposes_where_the_target_has_no_figure() -> None:
    terms, doubts = proposed("Reducir la anemia.", "Anemia al 2030: 30,0%", TERM)
    assert terms is not None
    assert (terms.goal, terms.unit_of_measure, doubts) == (Decimal(30), "%", ())


def test_an_indicator_that_says_neither_is_left() -> None:
    assert proposed("Reducir la anemia.", "Anemia: 30,0%", TERM)[0] is None
    assert kinds("Reducir la anemia.", "Anemia: 30,0%") == [DoubtKind.UNREAD]
    assert proposed("Reducir la anemia.", "Porcentaje de anemia", TERM) == (None, ())


@pytest.mark.parametrize("slug", PLACES)
def test_the_figures_of_the_real_plans_are_proposed_as_people_collected_them(slug: str) -> None:
    draft = real_draft(slug)
    targets = [each for each in draft.elements if each.level == Level.TARGET]
    for target in targets:
        terms, _doubts = proposed(target.statement, target.indicator, draft.term)
        collected = target.terms
        assert (terms and (terms.goal, terms.unit_of_measure)) == (
            collected and (collected.goal, collected.unit_of_measure)
        ), target.statement


SIGNS = st.sampled_from(
    [*"0123456789.,'-%/ ", "al ", "2030", " mil", " millones", " aulas", "N°", "S/"]
)
WRITTEN = st.lists(SIGNS, max_size=25).map("".join)


@given(WRITTEN, WRITTEN)
def test_what_is_proposed_is_always_printed(statement: str, indicator: str) -> None:
    terms, _doubts = proposed(statement, indicator, TERM)
    if terms and terms.goal is not None:
        assert is_printed(terms.goal, f"{statement}\n{indicator}", terms.unit_of_measure)


@given(st.decimals(0, 100, places=1), st.sampled_from([".", ","]))
def test_a_percentage_is_never_ten_times_what_it_says(value: Decimal, point: str) -> None:
    terms, _doubts = proposed(f"Bajar al {value}".replace(".", point) + " % la anemia.", "", TERM)
    assert terms is not None
    assert terms.goal == value


@given(
    st.integers(1900, 2099), st.sampled_from(["al", "en el año", "hasta el", "para el", "desde"])
)
def test_no_year_of_any_century_near_is_a_value(year: int, before: str) -> None:
    assert proposed(f"Concluir {before} {year} las obras.", "", None)[0] is None


@given(st.integers(1, 999), st.sampled_from(["aulas", "km", "convenios", "ha"]))
def test_two_figures_are_never_one(count: int, unit: str) -> None:
    one = f"Hacer {count} {unit}"
    assert proposed(f"{one} y 7 postas.", "", TERM)[0] is None
    terms, _doubts = proposed(f"{one}.", "", TERM)
    assert terms is not None
    assert terms.goal == count
