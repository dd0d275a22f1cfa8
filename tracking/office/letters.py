"""Send each person their letter of the day, and at once what they want to be told at once.

Each letter is one transaction: the rows that claim what it says are written (the day of a person,
the occasions of a reminder, the notices), the letter is handed to the mail server, and only then is
the claim committed.

- Two workers never send it twice: the second insertion waits for the first transaction, and then
  meets its rows (a unique constraint) and leaves the person alone.
- Nothing is lost: what dies before the mail server has taken the letter, or is refused by it, takes
  its claim along, and the next round tries again, for as many days as it takes.
- What remains is a death in the instant between the server's answer and the commit, which sends the
  letter again. It then carries the same Message-ID, by which mail programs know it for the same
  one. To lose it silently instead, by committing first, would be the worse fault.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services.letters import Round, send_each, send_unasked
from tracking.choices import Telling
from tracking.models import DailyLetter, Notice, Reminder
from tracking.office.worklists.day_letters import (
    DayLetter,
    day_letters_for,
    people_to_remind,
    people_to_tell,
)
from tracking.office.worklists.notices import told
from tracking.reading.addresses import of_proofs

BATCH: Final = 200


def send_day_letters(
    *, at: dt.date, until: dt.datetime | None = None, is_over: Callable[[], bool] = lambda: False
) -> Round:
    """Send everybody's letter of the day AT that was not sent, with notices of before UNTIL.

    IS_OVER ends it between two.
    """
    letters = (
        (f"The letter of the day of person {letter.person.pk}", partial(_deliver, letter, at))
        for letter in _day_letters(at, until)
    )
    return send_each(letters, is_over=is_over)


def send_notices(*, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Send what people want to be told at once: one letter for all that waits of each."""
    waiting = Notice.objects.to_mail(Telling.AT_ONCE)
    people = sorted(set(waiting.order_by().values_list("user_id", flat=True)))
    letters = ((f"The notices of person {person}", partial(_tell, person)) for person in people)
    return send_each(letters, is_over=is_over)


def _day_letters(at: dt.date, until: dt.datetime | None) -> Iterator[DayLetter]:
    people = sorted({*people_to_remind(at=at), *people_to_tell(until=until)})
    for start in range(0, len(people), BATCH):
        yield from day_letters_for(people[start : start + BATCH], at=at, until=until)


def _deliver(letter: DayLetter, at: dt.date) -> bool:
    """Claim LETTER and send it; False where another worker has, or its news were read meanwhile."""
    try:
        with transaction.atomic():
            DailyLetter.objects.create(user=letter.person, day=at)
            Reminder.objects.bulk_create(letter.claims)
            news = [each.notice.pk for each in letter.news]
            if _claimed(news) != len(news):
                transaction.set_rollback(True)
                return False
            context = {"day_letter": letter, "at": at, "choices": _choices(), "proofs": of_proofs()}
            message = f"resumen.{letter.person.pk}.{at}"
            send_unasked("day_letter", letter.person.email, context, message=message)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def _tell(pk: int) -> bool:
    """Write to that person of what waits; False where another worker does, or nothing waits."""
    person = User.objects.get(pk=pk)
    waiting = Notice.objects.to_mail(Telling.AT_ONCE).filter(user=person).with_acts()
    rows = waiting.order_by("at", "pk").select_for_update(of=("self",), skip_locked=True)
    notices = list(rows)
    lines = [each for each in told(notices, person.current_memberships) if not each.lost]
    _claimed([each.pk for each in notices])  # what is lost is no longer looked at
    if not lines:
        return False
    context: dict[str, Any] = {"news": lines, "choices": _choices()}
    send_unasked("notices", person.email, context, message=f"aviso.{lines[-1].notice.pk}")
    return True


def _claimed(news: list[int]) -> int:
    """Say of NEWS (ids) that a letter has them; of how many, which nobody read or sent yet."""
    waiting = Notice.objects.unread().filter(pk__in=news, mailed_at=None)
    return waiting.update(mailed_at=timezone.now())


def _choices() -> str:
    """The page on which everybody chooses how they are told."""
    return settings.SITE_URL + reverse("office:notice_choices")
