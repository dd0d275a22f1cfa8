"""Small pictures of photographs: made once they are sent, and gone or withheld with them."""

import datetime as dt
import errno
from http import HTTPStatus
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.files import PDF, jpeg, png
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sustained import added, published
from tracking.models import Preview, ProgressReport, Support
from tracking.models.preview import TRIES
from tracking.querysets import BETWEEN_TRIES
from tracking.services.drafts import save_draft
from tracking.services.previews import make_previews
from tracking.services.supports import remove_support, withhold

NOW = dt.datetime(2026, 3, 2, 15, 30, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db
PAGE = "/m/puno/2019-2022/S.1.1.1/"


@pytest.fixture
def report(activity: PlanElement, reporter: User) -> ProgressReport:
    values = {"step": 2, "narrative": "Se repartió.", "as_of": SEMESTER.last_day}
    return save_draft(activity, SEMESTER, values, by=reporter, edit=0)


@pytest.fixture
def photograph(
    report: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> Support:
    """Of a published report."""
    support = added(report, reporter, jpeg())
    published(report, puno, planner)
    return support


def page_of(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_the_page_shows_the_photograph_once_it_is_made_small(
    client: Client, photograph: Support
) -> None:
    assert "vista/" not in page_of(client)
    assert make_previews(at=NOW) == 1
    assert make_previews(at=NOW) == 0
    address = f"{PAGE}sustento/{photograph.pk}/vista/"
    assert f'<img src="{address}" width="32" height="48"' in page_of(client)
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert response.content.startswith(b"\xff\xd8\xff")


def test_it_is_withheld_with_the_photograph(
    client: Client, photograph: Support, planner: User
) -> None:
    make_previews(at=NOW)
    support = Support.objects.select_related("report").get()
    withhold(support, "Se ve a una niña.", by=planner)
    assert "vista/" not in page_of(client)
    response = client.get(f"{PAGE}sustento/{photograph.pk}/vista/")
    assert response.status_code == HTTPStatus.GONE


def test_it_goes_when_the_photograph_does(
    report: ProgressReport, reporter: User, django_capture_on_commit_callbacks: object
) -> None:
    support = added(report, reporter, jpeg())
    make_previews(at=NOW)
    name = Preview.objects.get().storage_name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_support(support, by=reporter)
    assert not default_storage.exists(name)
    assert not Preview.objects.exists()


def test_what_fails_is_tried_again_after_a_while_and_keeps_no_other_from_being_made(
    report: ProgressReport, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (jpeg(), png()):
        added(report, reporter, each)
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(default_storage, "save", Mock(side_effect=[full, None]))
        assert make_previews(at=NOW) == 1
    assert make_previews(at=NOW + BETWEEN_TRIES / 2) == 0
    assert make_previews(at=NOW + BETWEEN_TRIES) == 1
    assert not Preview.objects.given_up().exists()


def test_what_fails_three_times_is_given_up_and_a_link(client: Client, photograph: Support) -> None:
    default_storage.delete(photograph.storage_name)
    for time in range(TRIES):
        assert not Preview.objects.given_up().exists()
        assert make_previews(at=NOW + time * BETWEEN_TRIES) == 0
    assert Preview.objects.given_up().exists()
    assert not Preview.objects.waiting(at=NOW + 9 * BETWEEN_TRIES).exists()
    page = page_of(client)
    assert "vista/" not in page
    assert f"{PAGE}sustento/{photograph.pk}/" in page
    response = client.get(f"{PAGE}sustento/{photograph.pk}/vista/")
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_a_document_waits_for_none(report: ProgressReport, reporter: User) -> None:
    added(report, reporter, PDF)
    assert not Preview.objects.exists()
