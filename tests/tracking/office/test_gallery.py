"""The photographs of a report are seen small, with what they show in words."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Municipality, User
from tests.conftest import SignIn
from tests.files import jpeg
from tests.pages import text
from tests.tracking.office.sustained import PAGE, SUPPORTS, TYPED, a_file, added, published
from tracking.files.uploads import receive
from tracking.models import ProgressReport, Support
from tracking.services.previews import make_previews
from tracking.services.supports import About, add_file, describe_support

pytestmark = pytest.mark.django_db
TITLE = "IMG_2034"


@pytest.fixture
def photograph(report: ProgressReport, reporter: User) -> Support:
    """Named by its camera, and shown small."""
    about = About(TITLE, dt.date(2019, 5, 14))
    support = add_file(report, receive(a_file(jpeg(), "IMG_2034.jpg")), about, by=reporter)
    make_previews(at=timezone.now())
    return support


def test_a_photograph_is_shown_and_asks_what_is_seen_until_somebody_says_it(
    photograph: Support, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    describe = f"{SUPPORTS}{photograph.pk}/datos/"
    for page in (SUPPORTS, PAGE):
        shown = text(client.get(page))
        assert f'src="{SUPPORTS}{photograph.pk}/vista/"' in shown
        assert f'alt="{TITLE}"' in shown
        assert "¿Qué se ve en ella?" in shown
    client.post(describe, {**TYPED, "title": "La posta con su techo nuevo"})
    for page in (SUPPORTS, PAGE):
        shown = text(client.get(page))
        assert 'alt="La posta con su techo nuevo"' in shown
        assert "¿Qué se ve en ella?" not in shown


def test_who_only_reads_is_asked_nothing(
    photograph: Support, colleague: User, signed_in: SignIn
) -> None:
    client = signed_in(colleague)
    assert "¿Qué se ve en ella?" not in text(client.get(PAGE))
    answer = client.post(f"{SUPPORTS}{photograph.pk}/datos/", TYPED)
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_what_is_wrong_is_said_and_nothing_changes(
    photograph: Support, reporter: User, signed_in: SignIn
) -> None:
    refused = signed_in(reporter).post(
        f"{SUPPORTS}{photograph.pk}/datos/", {"title": "", "taken_on": "2999-01-01"}
    )
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Diga qué es." in text(refused)
    assert "Ese día todavía no llega." in text(refused)
    assert Support.objects.get().title == TITLE


def test_what_was_published_keeps_its_words(
    report: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> None:
    support = added(report, reporter)
    published(report, puno, planner)
    with pytest.raises(ValidationError, match="ya se envió"):
        describe_support(support, About("Otra cosa", dt.date(2019, 5, 14)), by=reporter)
