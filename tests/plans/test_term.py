"""A municipal term as a value."""

import datetime as dt

import pytest

from plans.term import Term


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (dt.date(2026, 12, 31), "aún no vigente"),
        (dt.date(2027, 1, 1), "periodo en curso"),
        (dt.date(2030, 12, 31), "periodo en curso"),
        (dt.date(2031, 1, 1), "periodo terminado"),
    ],
)
def test_a_term_is_to_come_running_or_over(day: dt.date, status: str) -> None:
    assert Term(2027, 2030).status(at=day) == status


def test_a_term_is_written_and_printed() -> None:
    assert (str(Term(2019, 2022)), Term(2019, 2022).printed) == ("2019-2022", "2019–2022")
    assert Term.parse("2019-2022") == Term(2019, 2022)


@pytest.mark.parametrize("text", ["", "2019", "2019–2022", "2022-2019", "2019-2039", "2019-2022\n"])
def test_what_is_not_a_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="periodo"):
        Term.parse(text)


@pytest.mark.parametrize(
    ("year", "nearest"), [(2017, 2019), (2019, 2019), (2021, 2021), (2022, 2022), (2026, 2022)]
)
def test_the_nearest_year_is_the_year_itself_or_the_end_that_is_next_to_it(
    year: int, nearest: int
) -> None:
    assert Term(2019, 2022).nearest(year) == nearest
