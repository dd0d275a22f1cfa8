"""Asked twice under one name, it is done once."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.tracking.office.acting import SAID, System
from tracking.models import GivenAnswer, ProgressReport, ReviewStep
from tracking.services.answers import forget_answers

pytestmark = pytest.mark.django_db


BEGIN = {"semester": "2019-I", "ref": "S.1.1.1", **SAID}


def test_the_same_answer_is_given_again(system: System, activity: PlanElement) -> None:
    first = system.ask("POST", "drafts/", BEGIN, key="a-1")
    where = system.headers["Location"]
    assert first[0] == 201
    begun = first[1]["id"]
    system.ask("PATCH", f"drafts/{begun}/", {"edit": 1, "step": 3})
    again = system.ask("POST", "drafts/", dict(reversed(BEGIN.items())), key="a-1")
    assert again == first
    assert (system.headers["Location"], system.headers["Idempotency-Replayed"]) == (where, "true")
    assert ProgressReport.objects.get().step == 3


def test_a_change_and_a_sending_are_done_once(system: System, activity: PlanElement) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    change = ("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 3})
    assert system.ask(*change, key="b") == system.ask(*change, key="b")
    sending = ("POST", f"drafts/{begun['id']}/submit/", {"edit": 2})
    assert system.ask(*sending, key="c") == system.ask(*sending, key="c")
    assert ProgressReport.objects.get().edit == 3
    assert ReviewStep.objects.count() == 2


def test_a_name_serves_for_one_thing(system: System, activity: PlanElement) -> None:
    system.ask("POST", "drafts/", BEGIN, key="a")
    status, told = system.ask("POST", "drafts/", {**BEGIN, "step": 3}, key="a")
    assert (status, "ya se usó para otra cosa" in told["detail"]) == (422, True)
    assert ProgressReport.objects.get().step == 2


def test_what_was_refused_leaves_the_name_free(system: System, activity: PlanElement) -> None:
    assert system.ask("POST", "drafts/", {**BEGIN, "step": 9}, key="a")[0] == 422
    assert not GivenAnswer.objects.exists()
    assert system.ask("POST", "drafts/", BEGIN, key="a")[0] == 201


def test_a_name_is_one_token_s_own(
    system: System, activity: PlanElement, planner: User, puno: Municipality
) -> None:
    system.ask("POST", "drafts/", BEGIN, key="a")
    status, told = System(planner, puno).ask(
        "POST", "drafts/", {"semester": "2019-I", "ref": "L", "narrative": "Hay."}, key="a"
    )
    assert (status, told["ref"]) == (201, "L")


def test_after_a_week_the_name_is_forgotten(system: System, activity: PlanElement) -> None:
    system.ask("POST", "drafts/", BEGIN, key="a")
    GivenAnswer.objects.update(at=timezone.now() - dt.timedelta(days=8))
    assert system.ask("POST", "drafts/", {**BEGIN, "step": 3}, key="a")[0] == 409
    assert system.ask("POST", "drafts/", BEGIN, key="a")[0] == 200
    assert "Idempotency-Replayed" not in system.headers
    assert GivenAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["a" * 256, "con espacio", "ñ"])
def test_a_name_that_is_none_is_refused(system: System, activity: PlanElement, key: str) -> None:
    status, told = system.ask("POST", "drafts/", BEGIN, key=key)
    assert (status, "Idempotency-Key" in told["detail"]) == (400, True)
    assert not ProgressReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_waits_for_the_answer_of_the_first(
    system: System, activity: PlanElement
) -> None:
    answers: list[Any] = []

    def ask() -> None:
        answers.append(system.ask("POST", "drafts/", BEGIN, key="a"))

    other = Meanwhile(ask)
    with transaction.atomic():
        ask()
        other.start()
        wait_for_a_lock()
    other.join(PATIENCE)
    assert [status for status, _told in answers] == [201, 201]
    assert answers[0] == answers[1]
    assert ProgressReport.objects.count() == 1


def test_what_was_undone_left_no_name(system: System, activity: PlanElement) -> None:
    with transaction.atomic():
        assert system.ask("POST", "drafts/", BEGIN, key="a")[0] == 201
        transaction.set_rollback(True)
    assert not GivenAnswer.objects.exists()
    assert system.ask("POST", "drafts/", BEGIN, key="a")[0] == 201


def test_what_is_older_than_a_week_is_deleted_whoever_asked(
    system: System, activity: PlanElement
) -> None:
    system.ask("POST", "drafts/", BEGIN, key="a")
    now = timezone.now()
    assert forget_answers(at=now + dt.timedelta(days=6, hours=23)) == 0
    GivenAnswer.objects.update(at=now - dt.timedelta(days=8))
    call_command("work", "--once", stdout=StringIO())
    assert not GivenAnswer.objects.exists()
