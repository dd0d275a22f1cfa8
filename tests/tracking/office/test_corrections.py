"""Correct what is published: a new revision with its reason, while the first stays public."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.pages import text
from tests.tracking.office.sent import SEMESTER
from tracking.choices import ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft, submit
from tracking.services.review import publish_reports
from tracking.services.supports import About, add_link

pytestmark = pytest.mark.django_db
PAGE = "/gestion/semestre/puno/2019-I/S.1.1.1/"
CORRECT = f"{PAGE}corregir/"
REASON = "Se contó un comedor de más."


@pytest.fixture
def published(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> ProgressReport:
    values = {"step": 3, "narrative": "Tres comedores atienden.", "as_of": dt.date(2019, 6, 30)}
    report = save_draft(activity, SEMESTER, values, by=reporter, edit=0)
    about = About("Acta", dt.date(2019, 5, 14))
    add_link(report, "https://puno.example/acta", about, by=reporter)
    sent = submit(report, Entry.STEP, by=reporter)
    publish_reports({sent.pk: sent.edit}, puno, by=planner)
    return ProgressReport.objects.get()


def test_the_owner_gives_a_reason_and_gets_a_copy_to_change(
    published: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    read = text(client.get(PAGE))
    assert CORRECT in read
    assert 'name="narrative"' not in read
    page = client.post(CORRECT, {"reason": REASON}, follow=True)
    assert page.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    assert "Tres comedores atienden." in text(page)
    assert REASON in text(page)
    correction = ProgressReport.objects.get(revision=2)
    assert (correction.state, correction.correction_reason) == (ReportState.DRAFT, REASON)
    assert [each.title for each in correction.supports.all()] == ["Acta"]
    typed = {"step": "3", "narrative": "Dos comedores atienden.", "as_of": "2019-06-30"}
    saved = client.post(PAGE, {**typed, "edit": str(correction.edit), "entry": "paso"})
    assert saved.status_code == HTTPStatus.FOUND
    assert [each.narrative for each in ProgressReport.objects.order_by("revision")] == [
        "Tres comedores atienden.",
        "Dos comedores atienden.",
    ]


def test_the_public_sees_the_first_until_the_second_is_published(
    published: ProgressReport, reporter: User, signed_in: SignIn, client: Client
) -> None:
    signed_in(reporter).post(CORRECT, {"reason": REASON})
    page = text(client.get("/m/puno/2019-2022/S.1.1.1/"))
    assert "Tres comedores atienden." in page
    assert REASON not in page


def test_a_second_correction_at_once_is_told_and_keeps_its_reason(
    published: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    client.post(CORRECT, {"reason": REASON})
    again = client.post(CORRECT, {"reason": "Otra."})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ya hay una corrección de este informe en preparación." in text(again)
    assert "Otra." in text(again)
    assert ProgressReport.objects.count() == 2


def test_who_asks_for_a_correction_that_is_under_way_is_led_to_it(
    published: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    client.post(CORRECT, {"reason": REASON})
    answer = client.get(CORRECT, follow=True)
    assert answer.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    assert "Esta corrección ya está en preparación." in text(answer)


def test_what_is_not_published_is_not_corrected(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    save_draft(activity, SEMESTER, {"narrative": "Sí."}, by=reporter, edit=0)
    assert signed_in(reporter).get(CORRECT).status_code == HTTPStatus.NOT_FOUND


def test_a_late_form_does_not_write_over_what_is_published(
    published: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    typed = {"step": "4", "narrative": "Otra cosa.", "as_of": "2019-06-30", "entry": "paso"}
    client = signed_in(reporter)
    for edit in ("", "1", str(published.edit)):
        refused = client.post(PAGE, {**typed, "edit": edit})
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Otra cosa." in text(refused)
    assert ProgressReport.objects.get().narrative == "Tres comedores atienden."
