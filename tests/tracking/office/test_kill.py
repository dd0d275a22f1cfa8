"""The server is killed with -9 in the middle of publishing: all is published, or nothing."""

import http.client
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality, User
from plans.choices import MeasureKind, Standing
from plans.models import MeasuringTerms, Plan
from tests.conftest import SignIn
from tests.factories import make_plan
from tests.serving import Server
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Act, ReportState, Step
from tracking.models import ProgressReport, ReviewStep, SemesterWindow

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 200
MOMENTS = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


def make_long_plan(municipality: Municipality, planner: User) -> Plan:
    """An elected authority's, with MANY guidelines that planning follows."""
    plan = make_plan(municipality, more=MANY)
    plan.standing, plan.standing_source = Standing.ELECTED, "Acta de proclamación, JNE"
    plan.save()
    MeasuringTerms.objects.bulk_create(
        MeasuringTerms(
            element=element,
            version=1,
            in_force_from=SEMESTER.first_day,
            reason="Se entrega.",
            by=planner,
            kind=MeasureKind.DELIVERY,
        )
        for element in plan.elements.filter(ref__startswith="M.")
    )
    return plan


def send_all(plan: Plan, author: User) -> dict[int, int]:
    """A new revision of a report on each guideline of PLAN, sent to review: {id: edition}."""
    newest = ProgressReport.objects.filter(plan=plan).newest()
    revision_of = {report.element_id: report.revision for report in newest}
    now = timezone.now()
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            plan=plan,
            municipality=plan.municipality,
            simulated=plan.simulated,
            element=element,
            semester=SEMESTER,
            revision=revision_of.get(element.pk, 0) + 1,
            correction_reason="Se corrige." if element.pk in revision_of else "",
            author=author,
            step=Step.RUNNING,
            narrative="Se trabajó.",
            as_of=SEMESTER.last_day,
            state=ReportState.SUBMITTED,
            submitted_at=now,
        )
        for element in plan.elements.filter(ref__startswith="M.")
    )
    ReviewStep.objects.bulk_create(
        ReviewStep(report=report, act=Act.WRITTEN, by=author) for report in reports
    )
    return {report.pk: report.edit for report in reports}


def post(server: Server, browser: Client, path: str, fields: list[tuple[str, str]]) -> None:
    """Send the form as a browser does; a server that dies meanwhile is what this test is about."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookies,
        "Origin": server.address,
    }
    site = urlsplit(server.address)
    connection = http.client.HTTPConnection(site.hostname or "", site.port, timeout=30)
    token = ("csrfmiddlewaretoken", browser.cookies[settings.CSRF_COOKIE_NAME].value)
    try:
        connection.request("POST", path, urlencode([*fields, token]), headers)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()


def test_at_any_moment_all_or_nothing(
    server: Server,
    puno: Municipality,
    window: SemesterWindow,
    planner: User,
    reporter: User,
    signed_in: SignIn,
) -> None:
    plan = make_long_plan(puno, planner)
    browser = signed_in(planner)
    path = reverse("office:review", args=[puno.slug, SEMESTER])
    browser.get(path)
    chance = random.Random(2019)
    waiting = send_all(plan, reporter)
    assert len(waiting) == MANY
    started = time.monotonic()
    publish(server, browser, path, waiting)
    usual = time.monotonic() - started
    assert published(waiting) == MANY
    outcomes = []
    for _ in range(MOMENTS):
        if published(waiting):
            waiting = send_all(plan, reporter)
        before = Municipality.objects.get(pk=puno.pk).revision
        sending = threading.Thread(target=publish, args=(server, browser, path, waiting))
        sending.start()
        time.sleep(chance.uniform(0, usual))
        server.kill()
        sending.join()
        done = published(waiting)
        signed = ReviewStep.objects.filter(report__in=waiting, act=Act.PUBLISHED).count()
        bumped = Municipality.objects.get(pk=puno.pk).revision - before
        assert (done, signed, bumped) in {(0, 0, 0), (MANY, MANY, 1)}
        outcomes.append(done)
        server.start()
    assert 0 in outcomes  # some of the moments were in the middle


def publish(server: Server, browser: Client, path: str, reports: dict[int, int]) -> None:
    post(server, browser, path, [("read", f"{pk}:{edit}:1") for pk, edit in reports.items()])


def published(reports: dict[int, int]) -> int:
    return ProgressReport.objects.published().filter(pk__in=reports).count()
