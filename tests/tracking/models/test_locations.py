"""No location stands in the database that the municipality does not govern, whoever writes it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Municipality, User
from plans.locations import Kept, read
from plans.models import PlanElement
from tests.factories import make_district, state
from tests.tracking.published import publish
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def coata(puno: Municipality, lamas: Municipality) -> Kept:
    make_district(puno, "Coata", "210107")
    (found,) = read("Coata: Sucasco, -15.57, -69.95", puno)
    return found


WRONG: list[Any] = [
    {"a": 1},
    "Coata",
    [None],
    [{"district": "210107"}],
    [{}] * 41,
]
WRONG_PART: list[Kept] = [
    {"district": "220501", "district_name": "Lamas"},
    {"district": ""},
    {"district": "", "district_name": ""},
    {"district": None},
    {"name": "a" * 121},
    {"name": None},
    {"latitude": "-69.95000", "longitude": "-15.57000"},
    {"latitude": "-15.57"},
    {"latitude": "15.57000"},
    {"longitude": None},
    {"latitude": -15.57},
    {"color": "verde"},
]


@pytest.mark.parametrize("part", WRONG_PART)
def test_a_report_is_where_its_municipality_governs(
    part: Kept, coata: Kept, report: ProgressReport
) -> None:
    refused(report, [{**coata, **part}])


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_list_of_locations_is_refused(
    wrong: Any, coata: Kept, report: ProgressReport
) -> None:
    refused(report, wrong)


def refused(report: ProgressReport, locations: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(locations=locations)


def test_what_fits_is_kept_and_frozen_with_its_report(
    coata: Kept, report: ProgressReport, planner: User
) -> None:
    ProgressReport.objects.filter(pk=report.pk).update(locations=[coata])
    report.refresh_from_db()
    publish(report, by=planner)
    refused(report, [])


def test_terms_are_where_their_municipality_governs(
    coata: Kept, activity: PlanElement, planner: User
) -> None:
    elsewhere = {**coata, "district": "220501", "district_name": "Lamas"}
    with pytest.raises(IntegrityError), transaction.atomic():
        state(activity, planner, locations=[elsewhere])
    state(activity, planner, locations=[coata])
    assert activity.terms.get().locations == [coata]


def test_a_district_governs_itself_alone(coata: Kept, puno: Municipality) -> None:
    district = Municipality.objects.get(inei="210107")
    assert [each.code for each in district.districts] == ["210107"]
