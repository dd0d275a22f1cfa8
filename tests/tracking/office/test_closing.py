"""Closing a semester: said beforehand, done once, and fixed for good."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Municipality, User
from plans.choices import Standing
from plans.models import Plan, PlanElement
from tests.factories import WRONG_CODE, authenticator_code
from tests.tracking.office.sent import draft, publish, send, send_again
from tracking.choices import Signal
from tracking.models import ClosingLine, ProgressReport, SemesterWindow
from tracking.services.review import publish_reports, start_correction
from tracking.services.semesters import close_semester

pytestmark = pytest.mark.django_db
CLOSE = "/gestion/semestres/puno/2019-I/cerrar/"
BUTTON = "Cerrar el semestre 2019-I"


def text(desk: Client) -> str:
    return " ".join(desk.get(CLOSE).content.decode().split())


def closed(desk: Client, **changed: str) -> Any:
    """The answer to closing what the page shows, with the code of the moment."""
    cache.clear()  # a code serves once, and the test does not wait for the next
    read = desk.get(CLOSE).context["form"].initial.get("read", "")
    return desk.post(CLOSE, {"read": read, "code": authenticator_code(), **changed})


def lines() -> list[tuple[str, str, bool]]:
    rows = ClosingLine.objects.order_by("element__position", "element")
    return [(row.element.ref, row.signal, row.report_id is not None) for row in rows]


def test_the_page_says_what_closing_will_fix(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    publish(activity, reporter, planner)
    draft(target, reporter, step=None)
    page = text(desk)
    assert "<b>1</b> <span>con informe publicado" in page
    assert "<b>1</b> <span>sin informe" in page
    office = page[page.index("<h3>Gerencia de Obras</h3>") :]
    assert "1 con informe (1 sin cronograma)." in office
    silent = office[office.index("Quedará sin informe 1:") :]
    assert ("S.1.1.2" in silent, "Borrador" in silent, "S.1.1.1" in silent) == (True, True, False)
    assert BUTTON in silent  # the last thing on the page, after what it will fix
    assert not ClosingLine.objects.exists()


def test_the_page_names_an_office_without_anybody_until_it_is_closed(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    assert "Oficina sin nadie" not in text(desk)
    held = reporter.memberships.get()
    Membership.objects.filter(pk=held.pk).update(ended_on=dt.date(2019, 7, 1))
    told = f"Oficina sin nadie: {held.unit}. 1 promesa no tiene quien la informe."
    assert told in text(desk)
    closed(desk)
    assert "Oficina sin nadie" not in text(desk)


@pytest.mark.parametrize("code", ["", WRONG_CODE])
def test_without_the_code_of_the_moment_nothing_is_closed(
    activity: PlanElement, desk: Client, code: str
) -> None:
    answer = closed(desk, code=code)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"code"}
    assert not ClosingLine.objects.exists()


def test_what_changed_since_it_was_read_is_not_closed(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    read = desk.get(CLOSE).context["form"].initial["read"]
    publish(activity, reporter, planner)
    answer = closed(desk, read=read)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Algo cambió desde que lo leyó: léalo otra vez antes de cerrar."
    ]
    assert not ClosingLine.objects.exists()
    assert closed(desk).status_code == 302


def test_closing_fixes_signals_and_silences(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    publish(activity, reporter, planner)
    before = Municipality.objects.get(pk=puno.pk).revision
    answer = closed(desk)
    assert (answer.status_code, answer["Location"]) == (302, CLOSE)
    assert lines() == [
        ("S.1.1.1", Signal.NO_SCHEDULE, True),
        ("S.1.1.2", Signal.SILENT, False),
    ]
    window = SemesterWindow.objects.get()
    assert window.closed_by == planner
    assert window.closed_at is not None
    assert timezone.now() - window.closed_at < dt.timedelta(minutes=1)
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1
    page = text(desk)
    assert f"lo cerró {planner}" in page
    assert "Quedó sin informe" in page
    assert BUTTON not in page


def test_what_comes_later_leaves_the_closing_as_it_was(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    first = publish(activity, reporter, planner)
    open_draft = draft(target, reporter, step=None)
    closed(desk)
    found = lines()
    late = send_again(open_draft, reporter)
    correction = send_again(start_correction(first, "Otra cifra.", by=reporter), reporter)
    publish_reports({each.pk: each.edit for each in (late, correction)}, puno, by=planner)
    assert ProgressReport.objects.published().count() == 3
    assert lines() == found
    assert ClosingLine.objects.get(element=activity).report == first
    page = text(desk)
    assert "S.1.1.2" in page[page.index("Quedó sin informe") :]


def test_the_database_adds_nothing_to_a_closing(
    plan: Plan, window: SemesterWindow, desk: Client
) -> None:
    closed(desk)
    found = lines()
    unasked = plan.elements.get(ref="S.1")
    with pytest.raises(IntegrityError, match="ya se cerró"), transaction.atomic():
        ClosingLine.objects.create(window=window, element=unasked, signal=Signal.SILENT)
    assert lines() == found


def test_the_newest_revision_is_what_counts(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, desk: Client
) -> None:
    first = publish(activity, reporter, planner)
    correction = send_again(start_correction(first, "Otra cifra.", by=reporter), reporter)
    publish_reports({correction.pk: correction.edit}, puno, by=planner)
    closed(desk)
    assert ClosingLine.objects.get(element=activity).report == correction


def test_it_is_refused_while_something_is_in_review(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    send(activity, reporter)
    answer = closed(desk)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Queda 1 informe en revisión: publíquelo o devuélvalo antes de cerrar." in page
    assert 'href="/gestion/revision/puno/2019-I/">Ir a la revisión' in page
    assert BUTTON not in page
    assert (lines(), SemesterWindow.objects.get().is_closed) == ([], False)


def test_it_is_refused_before_its_day(plan: Plan, window: SemesterWindow, desk: Client) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    SemesterWindow.objects.update(closes_on=tomorrow)
    answer = closed(desk)
    assert answer.status_code == 422
    assert "Se puede cerrar desde el" in answer.content.decode()
    assert BUTTON not in text(desk)
    SemesterWindow.objects.update(closes_on=timezone.localdate())
    assert closed(desk).status_code == 302


def test_a_plan_that_takes_no_reports_has_no_silences(
    plan: Plan, window: SemesterWindow, desk: Client
) -> None:
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    answer = closed(desk)
    assert answer.status_code == 422
    assert "del plan de una autoridad elegida" in answer.content.decode()
    assert lines() == []


def test_it_is_closed_once(
    activity: PlanElement, window: SemesterWindow, planner: User, desk: Client
) -> None:
    closed(desk)
    found, closed_at = lines(), SemesterWindow.objects.get().closed_at
    assert closed(desk).status_code == 302  # a form that was sent twice is told what it did
    with pytest.raises(ValidationError, match="ya se cerró"):
        close_semester(window, by=planner)
    assert (lines(), SemesterWindow.objects.get().closed_at) == (found, closed_at)


def test_reading_the_page_closes_nothing(activity: PlanElement, desk: Client) -> None:
    desk.get(CLOSE)
    assert not SemesterWindow.objects.get().is_closed
