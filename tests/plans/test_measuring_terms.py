"""What measuring terms say of themselves."""

from decimal import Decimal

from plans.models import MeasuringTerms


def test_a_figure_of_zero_is_a_figure() -> None:
    terms = MeasuringTerms(
        goal=Decimal(0), baseline=Decimal("3.5000"), baseline_source="Censo", unit_of_measure="km"
    )
    assert terms.stated == [
        ("valor de la meta", "0 km"),
        ("línea de base", "3.5 km"),
        ("fuente de la línea de base", "Censo"),
    ]


def test_what_nobody_stated_is_left_out() -> None:
    assert MeasuringTerms().stated == []
