"""The server is killed with -9 in the middle of publishing: all is published, or nothing."""

import http.client
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality, User
from plans.choices import MeasureKind, Standing
from plans.models import MeasuringTerms, Plan
from tests.conftest import SignIn
from tests.factories import make_plan
from tests.meanwhile import Meanwhile, wait_for_a_lock
from tests.serving import Server
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Act, ReportState, Step
from tracking.models import LedgerEntry, ProgressReport, ReviewStep, SemesterWindow

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


def make_long_plan(municipality: Municipality, planner: User) -> Plan:
    """An elected authority's, with MANY guidelines that planning follows."""
    plan = make_plan(municipality, more=MANY)
    plan.standing, plan.standing_source = (
        Standing.ELECTED,
        "Acta de proclamación, 7 de noviembre de 2018",
    )
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
    """A report on each guideline of PLAN, sent to review: {id: edition}."""
    now = timezone.now()
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            plan=plan,
            municipality=plan.municipality,
            simulated=plan.simulated,
            element=element,
            semester=SEMESTER,
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


def locked(table: str) -> str:
    """What lets everybody read TABLE, and keeps everybody from writing in it."""
    return f'LOCK TABLE "{table}" IN EXCLUSIVE MODE'


def test_at_any_moment_all_or_nothing(
    server: Server,
    puno: Municipality,
    window: SemesterWindow,
    planner: User,
    reporter: User,
    signed_in: SignIn,
) -> None:
    """The server dies where publishing reads first, half-way, and where it writes last."""
    plan = make_long_plan(puno, planner)
    browser = signed_in(planner)
    path = reverse("office:review", args=[puno.slug, SEMESTER])
    browser.get(path)
    waiting = send_all(plan, reporter)
    before = done(waiting)
    for moment in (ProgressReport, ReviewStep, LedgerEntry):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(locked(moment._meta.db_table))
            publishing = Meanwhile(partial(publish, server, browser, path, waiting))
            publishing.start()
            wait_for_a_lock()
            server.kill()
            publishing.join()
        assert done(waiting) == before
        server.start()
    publish(server, browser, path, waiting)
    _published, _signed, revision = before
    assert done(waiting) == (MANY, MANY, revision + 1)


def done(reports: dict[int, int]) -> tuple[int, int, int]:
    """How many of REPORTS are published, how many signed, and the public revision of their place.

    Whoever still writes in them is waited for: a connection outlives the server that held it.
    """
    with transaction.atomic():
        rows = ProgressReport.objects.select_for_update().filter(pk__in=reports)
        published = sum(report.is_published for report in rows)
    signed = ReviewStep.objects.filter(report__in=reports, act=Act.PUBLISHED).count()
    return published, signed, Municipality.objects.get().revision


def publish(server: Server, browser: Client, path: str, reports: dict[int, int]) -> None:
    post(server, browser, path, [("read", f"{pk}:{edit}:1") for pk, edit in reports.items()])
