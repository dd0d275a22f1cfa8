"""Whether two units are the same."""

import pytest

from plans.units import is_same_unit


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Informe", "informes", True),
        ("TALLER", "Talleres", True),
        ("inspección", "Inspecciones", True),
        ("Persona atendida", "personas atendidas", True),
        ("%", "%", True),
        ("m2", "m3", False),
        ("informe", "taller", False),
        ("", "", False),
    ],
)
def test_a_unit_is_the_same_in_the_plural_and_in_capitals(
    one: str, other: str, is_same: bool
) -> None:
    assert is_same_unit(one, other) is is_same
