"""Which figures a target's text prints."""

from decimal import Decimal

import pytest

from plans.importers.printed.proving import is_printed, why_unprinted


@pytest.mark.parametrize(
    ("statement", "figure", "unit"),
    [
        ("Bajar al 30,5 % la anemia.", "30.5", "%"),
        ("Bajar al 30.5% la anemia.", "30.5", "%"),
        ("Con 1.250 viviendas", "1250", "viviendas"),
        ("Con 1.250 km de vías", "1.25", "km"),
        ("Con 12 500 árboles", "12500", "árboles"),
        ("Con 12\u00a0500 árboles", "12500", "árboles"),
        ("Invertir S/1'200,000.", "1200000", "soles"),
        ("Un crecimiento de -2 %", "-2", "%"),
        ("Un crecimiento de \u22122 %", "-2", "%"),
        ("-3 carreteras", "3", "carreteras"),
        ("Invertir 1.25 millones de soles", "1250000", "soles"),
        ("A 300 mil familias", "300000", "familias"),
        ("Al 2022, bajar al 30 %", "30", "%"),
        ("En el año 2022 500 familias", "500", "familias"),
        ("De 20-30 casos a 5.", "5", "casos"),
        ("Entre 20-30 casos", "30", "casos"),
        ("Con 2000 viviendas nuevas", "2000", "viviendas"),
        ("Con 2,000 viviendas nuevas", "2000", ""),
    ],
)
def test_a_figure_is_read_as_it_is_printed(statement: str, figure: str, unit: str) -> None:
    assert is_printed(Decimal(figure), statement, unit)


@pytest.mark.parametrize(
    ("statement", "figure", "unit"),
    [
        ("Bajar al 30,5 % la anemia.", "305", "%"),
        ("Bajar al 30,5 % la anemia.", "30", "%"),
        ("Con 12 500 árboles", "500", "árboles"),
        ("Un crecimiento de -2 %", "2", "%"),
        ("Entre 20-30 casos", "-30", "casos"),
        ("Invertir 1.25 millones de soles", "1.25", "soles"),
        ("Al 2022, bajar al 30 %", "2022", "%"),
        ("En 2019-2022 se hará", "2022", ""),
        ("La anexo B12", "12", ""),
        ("Ninguna cifra", "0", ""),
    ],
)
def test_what_is_not_printed_is_no_figure_of_it(statement: str, figure: str, unit: str) -> None:
    assert not is_printed(Decimal(figure), statement, unit)


def test_a_year_is_told_from_what_is_not_printed() -> None:
    assert "2022 es un año" in why_unprinted(Decimal(2022), "Al 2022, bajar al 30 %", "%")
    assert "no está en el texto" in why_unprinted(Decimal(2021), "Al 2022, bajar al 30 %", "%")
    assert why_unprinted(Decimal(30), "Al 2022, bajar al 30 %", "%") == ""
