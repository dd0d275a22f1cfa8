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


def test_a_schedule_is_read_in_order_of_time_and_in_its_unit() -> None:
    """The database keeps "2020-I" before "2019-II": by length first."""
    planned = {"2020-I": "3", "2019-II": "1"}
    delivery = MeasuringTerms(kind="entrega", schedule=planned)
    assert delivery.stated[1:] == [("cronograma", "2019-II: paso 1, 2020-I: paso 3")]
    by_part = MeasuringTerms(kind="entrega", parts=["a"], schedule=planned)
    assert dict(by_part.stated)["cronograma"] == "2019-II: 1 %, 2020-I: 3 %"


def test_milestones_are_read_in_order_of_time() -> None:
    terms = MeasuringTerms(milestones={"2020-I": "1500.5", "2019-II": "10"})
    assert terms.stated == [("hitos por semestre", "2019-II: 10, 2020-I: 1500.5")]


def test_a_unit_without_a_figure_is_told() -> None:
    assert MeasuringTerms(unit_of_measure="km").stated == [("unidad de medida", "km")]
