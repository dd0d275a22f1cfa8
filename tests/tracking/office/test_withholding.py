"""Retiro: what should not have been published stops being served, and its tombstone stays."""

import datetime as dt
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import Municipality, User
from plans.models import PlanElement
from plans.services.editing import withdraw_elements
from tests.conftest import SignIn
from tests.files import PDF
from tests.pages import text
from tests.tracking.archived import STILL_THERE, serve_archive
from tests.tracking.office.sent import SEMESTER
from tracking.files.uploads import receive
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, Support, Withholding
from tracking.services.drafts import save_draft, submit
from tracking.services.review import publish_reports, start_correction
from tracking.services.supports import About, add_file, withhold

pytestmark = pytest.mark.django_db
PAGE = "/gestion/semestre/puno/2019-I/S.1.1.1/"
REASON = "La lista lleva números de DNI."
ABOUT = About("Lista de beneficiarios", dt.date(2019, 5, 14))


def publish(report: ProgressReport, municipality: Municipality, by: User) -> None:
    sent = submit(report, Entry.STEP, by=report.author)
    assert publish_reports({sent.pk: sent.edit}, municipality, by=by).published


@pytest.fixture
def support(activity: PlanElement, puno: Municipality, reporter: User, planner: User) -> Support:
    """A list of people, published by mistake."""
    values = {"step": 2, "narrative": "Se repartió.", "as_of": dt.date(2019, 6, 30)}
    report = save_draft(activity, SEMESTER, values, by=reporter, edit=0)
    received = receive(SimpleUploadedFile("lista.pdf", PDF))
    add_file(report, received, ABOUT, by=reporter)
    publish(report, puno, planner)
    found: Support = Support.objects.select_related("report").get()
    return found


def withholding_page(support: Support) -> str:
    return f"{PAGE}sustentos/{support.pk}/retirar/"


def public_page(support: Support) -> str:
    return f"/m/puno/2019-2022/S.1.1.1/sustento/{support.pk}/"


def test_planning_withholds_it_for_a_reason_and_it_stops_at_once(
    support: Support, planner: User, signed_in: SignIn, client: Client
) -> None:
    known = client.get(public_page(support))["ETag"]
    office = signed_in(planner)
    assert withholding_page(support) in text(office.get(PAGE))
    done = office.post(withholding_page(support), {"reason": REASON}, follow=True)
    assert done.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    row = Withholding.objects.get()
    assert (row.reason, row.sha256, row.by) == (REASON, support.sha256, planner)
    for answer in (
        client.get(public_page(support)),
        client.get(public_page(support), headers={"If-None-Match": known}),
        office.get(f"{PAGE}sustentos/{support.pk}/"),
    ):
        assert answer.status_code == HTTPStatus.GONE
        assert REASON in text(answer)
        assert support.sha256 in text(answer)
        assert "Lista de beneficiarios" not in text(answer)


def test_who_withholds_is_told_of_an_archive_that_is_served_and_may_have_it_still(
    support: Support, planner: User, signed_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    office = signed_in(planner)
    assert STILL_THERE not in text(office.get(withholding_page(support)))
    serve_archive(settings, tmp_path)
    assert STILL_THERE in text(office.get(withholding_page(support)))


def test_it_is_withheld_in_every_revision(
    support: Support, puno: Municipality, reporter: User, planner: User, client: Client
) -> None:
    correction = start_correction(support.report, "Faltaba una cifra.", by=reporter)
    publish(correction, puno, planner)
    copy = Support.objects.exclude(pk=support.pk).get()
    withhold(copy, REASON, by=planner)
    for each in (support, copy):
        assert client.get(public_page(each)).status_code == HTTPStatus.GONE


def test_the_public_pages_learn_of_it(support: Support, puno: Municipality, planner: User) -> None:
    before = Municipality.objects.get(pk=puno.pk).revision
    withhold(support, REASON, by=planner)
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1


def test_it_takes_a_reason(support: Support, planner: User, signed_in: SignIn) -> None:
    office = signed_in(planner)
    refused = office.post(withholding_page(support), {"reason": "  "})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Diga el motivo: es público." in text(refused)
    assert not Withholding.objects.exists()


def test_twice_is_told_and_the_first_reason_stays(
    support: Support, planner: User, signed_in: SignIn
) -> None:
    withhold(support, REASON, by=planner)
    again = signed_in(planner).post(withholding_page(support), {"reason": "Otra vez."})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ese sustento ya se retiró." in text(again)
    assert Withholding.objects.get().reason == REASON


def test_it_is_withheld_also_where_the_promise_was_withdrawn(
    support: Support, planner: User, signed_in: SignIn, client: Client
) -> None:
    withdraw_elements([support.report.element], by=planner)
    office = signed_in(planner)
    assert withholding_page(support) in text(office.get(PAGE))
    assert (
        office.post(withholding_page(support), {"reason": REASON}).status_code == HTTPStatus.FOUND
    )
    assert client.get(public_page(support)).status_code == HTTPStatus.GONE


def test_what_is_not_public_yet_is_taken_away_instead(
    support: Support, reporter: User, planner: User
) -> None:
    correction = start_correction(support.report, "Faltaba una cifra.", by=reporter)
    copy = Support.objects.select_related("report").get(report=correction)
    with pytest.raises(ValidationError, match="quítelo de su informe"):
        withhold(copy, REASON, by=planner)
    assert not Withholding.objects.exists()


def test_what_was_withheld_is_not_added_again(
    support: Support, reporter: User, planner: User
) -> None:
    correction = start_correction(support.report, "Faltaba una cifra.", by=reporter)
    correction.supports.all().delete()
    withhold(support, REASON, by=planner)
    received = receive(SimpleUploadedFile("otra.pdf", PDF))
    with pytest.raises(ValidationError, match="se retiró por los datos que lleva"):
        add_file(correction, received, ABOUT, by=reporter)
