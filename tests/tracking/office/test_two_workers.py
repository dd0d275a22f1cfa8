"""Two workers, on whatever machines: while one is at a letter, the other passes it over."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.choices import LetterKind
from accounts.models import User
from accounts.services.letter_queue import queue_letter
from accounts.services.letters import Round
from accounts.services.sending import send_queued
from plans.models import PlanElement
from tests.meanwhile import PATIENCE, Meanwhile
from tests.tracking.office.sent import send
from tracking.choices import NoticeKind, Telling
from tracking.office.letters import send_notices
from tracking.services.notices import choose_tellings
from tracking.services.talk import say

Work = Callable[[], Round]


def queued() -> Round:
    return send_queued(at=timezone.now())


def by_two(work: Work) -> tuple[Round, list[Round]]:
    """What a worker did, and another one while the mail server had the first letter of that."""
    others: list[Round] = []
    with pytest.MonkeyPatch.context() as patched:
        hand_over = EmailBackend.send_messages

        def taking_long(backend: EmailBackend, messages: list[EmailMessage]) -> int:
            patched.undo()
            other = Meanwhile(lambda: others.append(work()))
            other.start()
            other.join(PATIENCE)
            return hand_over(backend, messages)

        patched.setattr(EmailBackend, "send_messages", taking_long)
        return work(), others


@pytest.mark.django_db(transaction=True)
def test_each_letter_leaves_once(activity: PlanElement, reporter: User, planner: User) -> None:
    for person in (reporter, planner):
        facts = {"address": "192.0.2.7", "knows_password": False}
        queue_letter(LetterKind.ATTEMPTS, person.email, **facts)
    assert by_two(queued) == (Round(sent=1), [Round(sent=1)])
    choose_tellings({NoticeKind.QUESTION: Telling.AT_ONCE}, by=reporter)
    say(send(activity, reporter), "¿Cuántos?", by=planner)
    assert by_two(send_notices) == (Round(sent=1), [Round()])
    assert sorted(each.to[0] for each in mail.outbox) == [
        planner.email,
        *2 * [reporter.email],
    ]
