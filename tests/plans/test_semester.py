"""A semester as a value."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.semester import Semester
from plans.term import Term

semesters = st.builds(
    Semester, st.integers(min_value=1981, max_value=2199), st.sampled_from([1, 2])
)


@given(semesters)
def test_it_reads_what_it_writes(semester: Semester) -> None:
    assert Semester.parse(str(semester)) == semester


@given(semesters, semesters)
def test_its_text_sorts_as_time_does(one: Semester, other: Semester) -> None:
    assert (str(one) < str(other)) == (one < other) == (one.first_day < other.first_day)


@given(semesters)
def test_semesters_follow_each_other_without_a_gap(semester: Semester) -> None:
    assert semester.next.previous == semester
    assert semester.last_day + dt.timedelta(days=1) == semester.next.first_day


@given(st.dates(min_value=dt.date(1981, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_a_day_lies_in_its_semester(day: dt.date) -> None:
    found = Semester.of(day)
    assert found.first_day <= day <= found.last_day


def test_a_term_has_two_for_each_year() -> None:
    found = [str(each) for each in Semester.all_of(Term(2019, 2020))]
    assert found == ["2019-I", "2019-II", "2020-I", "2020-II"]


@pytest.mark.parametrize("text", ["", "2019", "2019-III", "2019-1", "19-I", "1899-I", "2019-I "])
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="Un semestre se escribe"):
        Semester.parse(text)
