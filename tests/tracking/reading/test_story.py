"""What was asked and reported of a promise, semester by semester."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.tracking.reading.chapters import chapter, revision
from tracking.choices import Step


@pytest.mark.parametrize(
    ("sent", "is_late"),
    [
        (dt.datetime(2019, 7, 31, 23, 59), False),
        (dt.datetime(2019, 8, 1, 0, 1), True),
    ],
)
def test_late_is_from_midnight_in_peru(sent: dt.datetime, *, is_late: bool) -> None:
    told = revision(step=Step.RUNNING, submitted_at=timezone.make_aware(sent))
    assert chapter(revisions=(told,)).is_late is is_late


def test_a_correction_does_not_make_a_report_late() -> None:
    first = revision(step=Step.RUNNING)
    second = revision(
        step=Step.RUNNING, revision=2, submitted_at=dt.datetime(2020, 3, 1, 12, tzinfo=dt.UTC)
    )
    assert not chapter(revisions=(second, first)).is_late
