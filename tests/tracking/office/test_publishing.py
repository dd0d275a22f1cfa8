"""Publishing what was read: all at once, by somebody else than its author, as it was shown."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.models import PlanElement
from tests.pages import told
from tests.tracking.office.sent import QUEUE, SEMESTER, mark, send
from tests.tracking.office.sheets import long_plan
from tracking.choices import ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.drafts import recall, save_draft, submit

pytestmark = pytest.mark.django_db


def publish(desk: Client, *marks: str, at: str = QUEUE, **fields: Any) -> Any:
    return desk.post(at, {"read": marks, **fields})


def states() -> dict[str, str]:
    rows = ProgressReport.objects.values_list("element__ref", "state")
    return dict(rows.order_by("element__ref"))


def test_what_is_marked_is_published_and_the_rest_waits(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    marked, other = send(activity, reporter), send(target, reporter, step=None)
    answer = publish(desk, mark(marked))
    assert (answer.status_code, answer["Location"]) == (302, QUEUE)
    assert told(answer) == ["Se publicó 1 informe."]
    assert states() == {"S.1.1.1": "publicado", "S.1.1.2": "enviado"}
    published = ProgressReport.objects.published().get()
    assert (published.published_by, published.second_review) == (planner, True)
    page = desk.get(QUEUE).content.decode()
    assert mark(other) in page
    assert mark(marked) not in page


def test_nothing_marked_publishes_nothing(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    send(activity, reporter)
    for read in ((), ("x",), ("1",), ("1:1", ":1:0", "-1:1:0", "1:1:0:0", "1:1:\u0661")):
        answer = publish(desk, *read)
        assert answer.status_code == 422
        assert "Marque los informes que ya leyó." in answer.content.decode()
    assert states() == {"S.1.1.1": "enviado"}


def test_what_changed_since_it_was_read_is_left_and_said(
    activity: PlanElement, target: PlanElement, reporter: User, desk: Client
) -> None:
    read, changed = send(activity, reporter), send(target, reporter, step=None)
    taken = recall(changed, by=reporter)
    save_draft(target, SEMESTER, {"narrative": "Otra cosa."}, by=reporter, edit=taken.edit)
    submit(taken, Entry.NARRATIVE, by=reporter)
    answer = publish(desk, mark(read), mark(changed))
    assert told(answer) == [
        "Se publicó 1 informe. 1 no: S.1.1.2 (cambió después de que usted lo leyó: léalo otra vez)."
    ]
    assert states() == {"S.1.1.1": "publicado", "S.1.1.2": "enviado"}


@pytest.mark.parametrize("place", ["queue", "page"])
def test_who_is_alone_confirms_that_there_is_no_second_review(
    activity: PlanElement, planner: User, desk: Client, place: str
) -> None:
    report = send(activity, planner)
    address = QUEUE if place == "queue" else f"{QUEUE}{report.pk}/"
    answer = publish(desk, mark(report), at=address)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Confirme que lo que usted escribió se publica sin segunda revisión." in page
    assert mark(report) in page
    assert states() == {"S.1.1.1": "enviado"}
    assert publish(desk, mark(report), at=address, unreviewed="on").status_code == 302
    assert ProgressReport.objects.published().get().second_review is False


def test_what_was_marked_stays_marked_when_a_confirmation_lacks(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    own, other = send(activity, planner), send(target, reporter, step=None)
    page = " ".join(publish(desk, mark(own), mark(other)).content.decode().split())
    for report in (own, other):
        assert f'form="publicar" value="{mark(report)}" checked>' in page


def test_one_report_that_changed_is_shown_again_on_its_page(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    report = send(activity, reporter)
    answer = publish(desk, f"{report.pk}:1:0", at=f"{QUEUE}{report.pk}/")
    assert answer.status_code == 422
    assert "Cambió después de que usted lo leyó: léalo otra vez." in answer.content.decode()
    assert mark(report) in answer.content.decode()


def test_the_filter_is_kept_and_the_page_is_not(
    activity: PlanElement, puno_unit: Unit, reporter: User, desk: Client
) -> None:
    report = send(activity, reporter)
    answer = publish(desk, mark(report), at=f"{QUEUE}?unidad={puno_unit.pk}&pagina=2")
    assert answer["Location"] == f"{QUEUE}?unidad={puno_unit.pk}"


@pytest.fixture
def sent_guidelines(
    request: pytest.FixtureRequest,
    puno_unit: Unit,
    window: SemesterWindow,
    reporter: User,
    planner: User,
) -> list[ProgressReport]:
    elements = long_plan(puno_unit, planner, more=request.param - 1)
    return [send(element, reporter) for element in elements]


@pytest.mark.parametrize("sent_guidelines", [3, 30], indirect=True)
def test_publishing_costs_the_same_however_many_they_are(
    sent_guidelines: list[ProgressReport],
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desk.get(QUEUE)
    marks = [mark(each) for each in sent_guidelines]
    with django_assert_num_queries(34):
        answer = publish(desk, *marks)
    assert told(answer) == [f"Se publicaron {len(marks)} informes."]
    assert set(states().values()) == {ReportState.PUBLISHED}
