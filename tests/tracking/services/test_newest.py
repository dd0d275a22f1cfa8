"""The newest report of each promise is known, by whatever way a report became published."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from plans.choices import Level
from tests.tracking.published import FIRST, correct, draft, element_of, publish, report_everything
from tests.tracking.services.offices import SECOND, Office
from tracking.choices import Step
from tracking.models import NewestReport, ProgressReport


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def told(office: Office) -> list[tuple[str, int, str]]:
    rows = NewestReport.objects.filter(element__plan=office.plan).order_by("element__ref")
    return [(str(row.semester), row.revision, row.stage) for row in rows]


def test_it_is_that_of_the_newest_semester_in_its_newest_revision(office: Office) -> None:
    element = element_of(office.plan, "S.1.1.1", office.units[0])
    begun = draft(element, SECOND, office.reporter, step=Step.RUNNING)
    assert told(office) == []
    newest = publish(begun, by=office.planner)
    assert told(office) == [("2019-II", 1, "en-ejecucion")]
    publish(draft(element, FIRST, office.reporter, step=Step.PREPARING), by=office.planner)
    assert told(office) == [("2019-II", 1, "en-ejecucion")]
    mended = correct(newest, "Se contó mal", office.reporter, step=Step.PARTLY)
    assert told(office) == [("2019-II", 1, "en-ejecucion")]
    publish(mended, by=office.planner)
    assert told(office) == [("2019-II", 2, "en-parte")]


def test_what_no_service_wrote_is_known_too(office: Office) -> None:
    report_everything(office.plan, office.planner, semesters=[FIRST, SECOND], simulated=False)
    rows = NewestReport.objects.select_related("report").order_by("element__position")
    assert [(row.element.level, row.semester) for row in rows] == [
        (Level.ACTIVITY, SECOND),
        (Level.TARGET, SECOND),
    ]
    for row in rows:
        said = (row.report.element_id, row.report.stage, row.report.signal, row.report.as_of)
        assert said == (row.element_id, row.stage, row.signal, row.as_of)


def test_rows_that_went_wrong_are_found_and_written_anew(office: Office) -> None:
    report_everything(office.plan, office.planner, semesters=[FIRST], simulated=False)
    call_command("rebuild_standings", stdout=StringIO())
    activity, target = NewestReport.objects.order_by("element__position")
    earlier = ProgressReport.objects.get(pk=activity.report_id)
    NewestReport.objects.filter(pk=activity.pk).update(stage="en-parte")
    target.delete()
    with pytest.raises(CommandError, match="2 balances o últimos informes"):
        call_command("rebuild_standings", "--check", stdout=StringIO())
    call_command("rebuild_standings", stdout=StringIO())
    call_command("rebuild_standings", "--check", stdout=StringIO())
    assert NewestReport.objects.get(pk=activity.pk).stage == earlier.stage
