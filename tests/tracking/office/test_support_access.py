"""Who sees the supports of a report, and who may add or take them away."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from tests.conftest import SignIn
from tests.files import PDF
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sustained import added, bytes_of, published
from tracking.choices import Act
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft
from tracking.services.review import start_correction

pytestmark = pytest.mark.django_db


def test_a_support_has_the_address_of_its_own_report_only(
    report: ProgressReport, target: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    support = added(report, reporter)
    client = signed_in(reporter)
    wrong = f"/gestion/semestre/puno/2019-I/S.1.1.2/sustentos/{support.pk}/"
    assert client.get(wrong).status_code == HTTPStatus.NOT_FOUND


def test_who_adds_one_wrote_in_the_report(
    report: ProgressReport, reporter: User, planner: User
) -> None:
    added(report, planner)
    steps = ProgressReport.objects.get().review_steps.all()
    assert [(step.act, step.by) for step in steps] == [
        (Act.WRITTEN, reporter),
        (Act.WRITTEN, planner),
    ]


def test_the_public_gets_it_once_it_is_published_and_not_before(
    report: ProgressReport, puno: Municipality, reporter: User, planner: User, client: Client
) -> None:
    support = added(report, reporter)
    address = f"/m/puno/2019-2022/S.1.1.1/sustento/{support.pk}/"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    published(report, puno, planner)
    answer = client.get(address)
    assert bytes_of(answer) == PDF
    assert {
        name: answer[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Content-Disposition",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Cache-Control",
            "ETag",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": 'attachment; filename="acta.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "ETag": f'"{support.sha256}"',
    }
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert bytes_of(packed) == PDF
    known = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert known.status_code == HTTPStatus.NOT_MODIFIED
    for wrong in ("/m/puno/2019-2022/S.1.1.2/", "/m/lamas/2019-2022/S.1.1.1/"):
        assert client.get(f"{wrong}sustento/{support.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_what_a_correction_adds_is_not_public_before_it(
    report: ProgressReport, puno: Municipality, reporter: User, planner: User, client: Client
) -> None:
    public = published(report, puno, planner)
    correction = start_correction(public, "Falta el acta.", by=reporter)
    support = added(correction, reporter)
    address = f"/m/puno/2019-2022/S.1.1.1/sustento/{support.pk}/"
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_simulated_one_is_not_indexed(
    plan: Plan,
    activity: PlanElement,
    puno: Municipality,
    reporter: User,
    planner: User,
    client: Client,
) -> None:
    Plan.objects.filter(pk=plan.pk).update(simulated=True)
    activity.plan.refresh_from_db()
    values = {
        "step": 2,
        "narrative": "Sí.",
        "as_of": timezone.localdate().replace(year=2019, month=6, day=1),
    }
    report = save_draft(activity, SEMESTER, values, by=reporter, edit=0)
    support = added(report, reporter)
    published(report, puno, planner)
    answer = client.get(f"/m/puno/2019-2022/S.1.1.1/sustento/{support.pk}/")
    assert answer["X-Robots-Tag"] == "noindex"
