"""Figures as officers type them: read without guessing, and said back."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from plans.figures import Reading, figure_in, figure_text, read_figure, sign_fault, typed_plainly

MOST = Decimal(10) ** 14 - Decimal("0.0001")
figures = st.decimals(-MOST, MOST, places=4)
small_figures = st.decimals(-10_000, 10_000, places=3)  # where one comma or point may be either


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500", "1500"),
        ("12.5", "12.5"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        ("0.500", "0.5"),  # no group of thousands starts with 0
        ("1500.500", "1500.5"),
        ("12.50000", "12.5"),
        ("007", "7"),
        ("000000000000000000007", "7"),
        ("1,234.5", "1234.5"),
        ("1,500.00", "1500"),
        ("1,234,567", "1234567"),
        ("S/ 1,500.00", "1500"),
        ("S/1500", "1500"),
        ("s/. 1500", "1500"),
        ("12.5 %", "12.5"),
        ("12.5%", "12.5"),
        ("  12.5\t", "12.5"),
        ("\u00a012.5\u00a0%", "12.5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("-0", "0"),
        ("99999999999999.9999", "99999999999999.9999"),
        ("300 mil", "300000"),
        ("1.25 millones", "1250000"),
        ("1 millón", "1000000"),
        ("S/ 2 MIL MILLONES", "2000000000"),
        ("-1.5 mil", "-1500"),
        ("1.2345678 millones", "1234567.8"),
    ],
)
def test_what_is_clear_has_one_value(typed: str, value: str) -> None:
    assert read_figure(typed) == Reading(value=Decimal(value))
    assert str(read_figure(typed).value) == value


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("1,500", ["1500", "1.5"]),
        ("1.500", ["1.5", "1500"]),
        ("1.000", ["1", "1000"]),
        ("-1,500", ["-1500", "-1.5"]),
        ("12,5", ["12.5"]),
        ("12,5 %", ["12.5"]),
        ("1,50", ["1.5"]),
        ("0,5", ["0.5"]),
        (",5", ["0.5"]),
        ("0,500", ["0.5"]),
        ("1500,50", ["1500.5"]),
        ("1234,567", ["1234.567"]),
        ("1.500,00", ["1500"]),
        ("1.234.567", ["1234567"]),
        ("1 500", ["1500"]),
        ("1\u00a0500", ["1500"]),
        ("1\u202f500", ["1500"]),
        ("1 500.50", ["1500.5"]),
        ("S/ 1 500,50", ["1500.5"]),
        ("1'500", ["1500"]),
        ("1\u2019500", ["1500"]),
        ("1'500,000.00", ["1500000"]),  # the millions of a receipt
        ("1'500,000", ["1500000", "1500"]),
        ("1'500.000", ["1500000", "1500"]),
        ("1,5 millones", ["1500000"]),
        ("1.250 mil", ["1250", "1250000"]),
        ("12 500 mil", ["12500000"]),
    ],
)
def test_what_is_in_doubt_says_what_it_could_mean(typed: str, choices: list[str]) -> None:
    assert read_figure(typed) == Reading(choices=tuple(Decimal(each) for each in choices))


@pytest.mark.parametrize(
    "typed",
    [
        "doce",
        "1..2",
        "12.",
        "1,500.",
        "-",
        "--",
        "- 5",
        "+5",
        "NaN",
        "Infinity",
        "1e5",
        "1_000",
        "1/2",
        "5 km",
        "mil",
        "5 mil %",
        "5 millas",
        "5 mil mil",
        "%",
        "S/",
        "S/ 5 %",
        "\u017f/ 5",  # a long s
        "12,34,567",
        "1,23.4",
        "0,500.5",
        "1.500.00",
        "1  500",
        "1 500'000",
        "\u0661\u0662",  # Arabic digits
        "\uff11\uff12",  # full-width digits
        "\u00bd",
        "5\n6",
        "5\x00",
    ],
)
def test_what_is_no_figure_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == [
        f"«{typed}» no se entiende como cifra. "
        "Escríbala con punto decimal y sin separador de miles: 1500.5"
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [("30,5", "30.5"), ("30.5", "30.5"), ("12 500", "12500"), ("-2 %", "-2"), ("1.25 mil", "1250")],
)
def test_where_nobody_is_asked_the_only_reading_counts(written: str, value: str) -> None:
    assert figure_in(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "said_how"),
    [
        ("1.250", "«1.250» puede ser 1.25 o 1250: "),
        ("1,250", "«1,250» puede ser 1250 o 1.25: "),
        ("1'200,000", "«1'200,000» puede ser 1200000 o 1200: "),
    ],
)
def test_where_nobody_is_asked_a_doubt_is_told_and_never_guessed(
    written: str, said_how: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        figure_in(written)
    assert refused.value.messages[0].startswith(said_how)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_at_all_is_no_figure(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == ["Escriba una cifra."]


@pytest.mark.parametrize(
    "typed",
    [
        "100000000000000",
        "123,456,789,012,345",
        "1.23456",
        "0,12345",
        "-0.00001",
        "200000 mil millones",
    ],
)
def test_a_figure_that_does_not_fit_names_the_limit(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == [
        f"«{typed}» no cabe: una cifra lleva hasta 14 dígitos enteros y 4 decimales."
    ]


def test_a_long_text_is_cut_when_it_is_told() -> None:
    with pytest.raises(ValidationError) as refused:
        read_figure("9" * 100_000)
    assert refused.value.messages == [
        f"«{'9' * 29}…» no cabe: una cifra lleva hasta 14 dígitos enteros y 4 decimales."
    ]


@given(figures | small_figures)
def test_what_the_portal_says_can_be_typed_back(figure: Decimal) -> None:
    reading = read_figure(figure_text(figure))
    assert figure in (reading.choices or (reading.value,))


@given(figures | small_figures)
def test_a_figure_typed_plainly_is_never_in_doubt(figure: Decimal) -> None:
    assert read_figure(typed_plainly(figure)) == Reading(value=figure)


@given(st.text() | st.text("0123456789.,' -S/%", max_size=12))
@example("1,500")
def test_any_text_is_read_or_refused_and_nothing_else(typed: str) -> None:
    try:
        reading = read_figure(typed)
    except ValidationError:
        return
    assert (reading.value is None) == bool(reading.choices)
    for figure in reading.choices or (reading.value,):
        assert figure is not None
        assert abs(figure) <= MOST
        assert figure == round(figure, 4)
    assert len(set(reading.choices)) == len(reading.choices)


@pytest.mark.parametrize(
    ("figure", "text"),
    [("1500.0000", "1,500"), ("12.5000", "12.5"), ("0", "0"), ("-1234567.89", "-1,234,567.89")],
)
def test_a_figure_is_said_as_in_peru_without_idle_zeros(figure: str, text: str) -> None:
    assert figure_text(Decimal(figure)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [("1500.0000", "1500"), ("1500.5", "1500.5"), ("0.500", "0.5"), ("1.234", "1.2340")],
)
def test_a_figure_is_typed_with_a_point_and_no_thousands(figure: str, text: str) -> None:
    assert typed_plainly(Decimal(figure)) == text


@pytest.mark.parametrize(
    ("typed", "unit", "fault"),
    [
        ("300 %", "postas", "Escribió «300 %», y aquí no va un porcentaje: se mide en postas."),
        ("300 %", "", "Escribió «300 %», y aquí no va un porcentaje."),
        ("S/ 300", "postas", "Escribió «S/ 300», y aquí no van soles: se mide en postas."),
        ("s/. 300", "%", "Escribió «s/. 300», y aquí no van soles: se mide en %."),
        ("300 %", "%", ""),
        ("5 %", "puntos porcentuales", ""),
        ("S/ 300", "miles de soles", ""),
        ("S/ 300", "S/", ""),
        ("300", "postas", ""),
    ],
)
def test_a_sign_that_is_not_of_the_unit_is_told(typed: str, unit: str, fault: str) -> None:
    assert sign_fault(typed, unit) == fault
