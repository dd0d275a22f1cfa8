"""A publication, a new support and another publication at the same moment."""

import pytest
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.factories import make_person
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.tracking.office.sent import add_link, draft, send_again
from tracking.choices import Act
from tracking.models import ProgressReport, ReviewStep
from tracking.services.review import publish_reports


@pytest.fixture
def sent(activity: PlanElement, reporter: User) -> ProgressReport:
    return send_again(draft(activity, reporter), reporter)


@pytest.mark.django_db(transaction=True)
def test_a_support_that_comes_during_a_publication_is_refused(
    sent: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> None:
    adding = Meanwhile(lambda: add_link(sent, reporter))
    with transaction.atomic():
        publish_reports({sent.pk: sent.edit}, puno, by=planner)
        adding.start()
        wait_for_a_lock()
    adding.join(PATIENCE)
    assert isinstance(adding.refused, IntegrityError)
    assert ProgressReport.objects.published().get().supports.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_publication_waits_for_a_support_that_is_being_added(
    sent: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> None:
    publishing = Meanwhile(lambda: publish_reports({sent.pk: sent.edit}, puno, by=planner))
    with transaction.atomic():
        support = add_link(sent, reporter)
        publishing.start()
        wait_for_a_lock()
        assert not ProgressReport.objects.published().exists()
    publishing.join(PATIENCE)
    assert publishing.refused is None
    assert list(ProgressReport.objects.published().get().supports.all()) == [support]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_it_once(
    sent: ProgressReport, puno: Municipality, planner: User
) -> None:
    second = make_person("second@puno.pe", Role.PLANNING, puno)
    other = Meanwhile(lambda: publish_reports({sent.pk: sent.edit}, puno, by=second))
    with transaction.atomic():
        publish_reports({sent.pk: sent.edit}, puno, by=planner)
        other.start()
        wait_for_a_lock()
    other.join(PATIENCE)
    assert other.refused is None
    assert ProgressReport.objects.published().get().published_by == planner
    assert ReviewStep.objects.filter(act=Act.PUBLISHED).count() == 1
