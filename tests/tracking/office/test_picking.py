"""What was sent once sustains a further report: whose it may be, and what it keeps."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import PlanElement, Responsibility
from tests.conftest import SignIn
from tests.factories import make_person
from tests.pages import text
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sustained import added, published, stored_under
from tracking.models import ProgressReport, Support
from tracking.permissions import supports_to_pick
from tracking.services.drafts import save_draft
from tracking.services.supports import remove_support, sustain_again, withhold

pytestmark = pytest.mark.django_db
PICK = "/gestion/semestre/puno/2019-I/S.1.1.2/sustentos/elegir/"


@pytest.fixture
def another(target: PlanElement, reporter: User) -> ProgressReport:
    """The report of another promise of the same unit."""
    return save_draft(target, SEMESTER, {"narrative": "Sí."}, by=reporter, edit=0)


def picked(client: Any, *supports: Support, follow: bool = True) -> Any:
    return client.post(PICK, {"sustento": [each.pk for each in supports]}, follow=follow)


def test_one_file_sustains_another_promise_without_being_sent_again(
    report: ProgressReport, another: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    source = added(report, reporter)
    client = signed_in(reporter)
    offered = text(client.get(PICK))
    assert "Acta de recepción" in offered
    assert "S.1.1.1, 2019-I" in offered
    page = picked(client, source)
    assert "Se agregó 1 sustento." in text(page)
    copy = another.supports.get()
    for name in ("title", "taken_on", "place", "sha256", "size", "media_type", "file_name"):
        assert getattr(copy, name) == getattr(source, name)
    assert (copy.added_by, source.report_id) == (reporter, report.pk)
    assert "Todavía no hay otro sustento" in text(client.get(PICK))


def test_what_is_offered_is_found_by_its_words_without_accents(
    report: ProgressReport, another: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    added(report, reporter)
    client = signed_in(reporter)
    assert "Acta de recepción" in text(client.get(PICK, {"q": "RECEPCION coata"}))
    assert "Ninguno lleva esas palabras." in text(client.get(PICK, {"q": "100%"}))


def test_another_unit_neither_sees_it_nor_takes_it(
    report: ProgressReport,
    another: ProgressReport,
    reporter: User,
    colleague: User,
    target: PlanElement,
    signed_in: SignIn,
) -> None:
    source = added(report, reporter)
    client = signed_in(colleague)
    assert picked(client, source).status_code == HTTPStatus.FORBIDDEN
    unit = colleague.memberships.get().unit
    assert unit is not None
    Responsibility.objects.create(element=target, unit=unit)
    refused = picked(signed_in(colleague), source)
    assert "ya no se puede usar aquí" in text(refused)
    assert not another.supports.exists()


def test_planning_takes_what_any_unit_sent_and_no_outsider_does(
    report: ProgressReport,
    another: ProgressReport,
    reporter: User,
    planner: User,
    lamas: Municipality,
) -> None:
    source = added(report, reporter)
    outsider = make_person("plan@lamas.pe", Role.PLANNING, lamas)
    assert [each.pk for each in supports_to_pick(planner, another)] == [source.pk]
    assert not supports_to_pick(outsider, another).exists()


def test_what_was_withheld_is_neither_offered_nor_taken(
    report: ProgressReport,
    another: ProgressReport,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    source = added(report, reporter)
    published(report, puno, planner)
    withhold(Support.objects.select_related("report").get(), "Lleva DNI.", by=planner)
    assert not supports_to_pick(reporter, another).exists()
    with pytest.raises(ValidationError, match="se retiró por los datos"):
        sustain_again(another, [source], by=reporter)


def test_its_bytes_stay_as_long_as_one_promise_has_them(
    report: ProgressReport,
    another: ProgressReport,
    reporter: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    source = added(report, reporter)
    (copy,) = sustain_again(another, [source], by=reporter)
    with django_capture_on_commit_callbacks(execute=True):
        remove_support(source, by=reporter)
    assert stored_under(copy)


def test_what_is_gone_from_the_storage_is_asked_for_again(
    report: ProgressReport, another: ProgressReport, reporter: User
) -> None:
    source = added(report, reporter)
    default_storage.delete(source.storage_name)
    with pytest.raises(ValidationError, match="súbalo otra vez"):
        sustain_again(another, [source], by=reporter)


def test_what_was_sent_to_review_takes_no_more(
    report: ProgressReport,
    another: ProgressReport,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    source = added(another, reporter)
    public = published(report, puno, planner)
    with pytest.raises(ValidationError, match="ya se envió"):
        sustain_again(public, [source], by=reporter)


def test_nothing_marked_is_said(
    report: ProgressReport, another: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    added(report, reporter)
    refused = picked(signed_in(reporter), follow=False)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Marque al menos uno." in text(refused)
