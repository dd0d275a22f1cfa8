"""What comes back as a number is one that the database can be asked for, or none."""

import pytest

from accounts.sent_numbers import number_in


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", None, "-1", "+1", " 1", "1.0", "1_0", "²", "٣", "9" * 19])
def test_nothing_else_is(text: str | None) -> None:
    assert number_in(text) is None


def test_nor_what_python_itself_would_not_read() -> None:
    assert number_in("9" * 5000) is None
