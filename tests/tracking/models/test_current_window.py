"""Which semester an officer lands in."""

import datetime as dt

import pytest

from accounts.models import Municipality
from plans.semester import Semester
from tests.tracking.published import open_window

pytestmark = pytest.mark.django_db
FIRST, SECOND = Semester(2019, 1), Semester(2019, 2)


@pytest.mark.parametrize(
    ("day", "semester"),
    [
        (dt.date(2019, 3, 1), FIRST),  # nothing has begun: the first to come
        (dt.date(2019, 7, 15), FIRST),
        (dt.date(2019, 12, 1), FIRST),  # due, and the next is not open yet
        (dt.date(2020, 1, 15), SECOND),  # nobody closed the first
        (dt.date(2023, 1, 1), SECOND),  # both are due
    ],
)
def test_one_that_nobody_closes_does_not_stand_in_the_way(
    puno: Municipality, day: dt.date, semester: Semester
) -> None:
    for each in (FIRST, SECOND):
        open_window(puno, each)
    window = puno.windows.current(at=day)
    assert window
    assert window.semester == semester


def test_without_windows_there_is_none(puno: Municipality) -> None:
    assert puno.windows.current(at=dt.date(2019, 7, 15)) is None
