"""Remind people of what they have to report, before it is due and after.

Each letter is one transaction: the `Reminder` rows that claim its occasions are inserted, the
letter is handed to the mail server, and only then is the claim committed.

- Two workers never send it twice: the second insertion waits for the first transaction, and then
  meets its rows (a unique constraint) and leaves the person alone.
- Nothing is lost: what dies before the mail server has taken the letter, or is refused by it, takes
  its claim along, and the next round tries again.
- What remains is a death in the instant between the server's answer and the commit, which sends the
  letter again. It then carries the same Message-ID, by which mail programs know it for the same
  one. To lose it silently instead, by committing first, would be the worse fault.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from django.db import IntegrityError, transaction

from accounts.services.letters import Round, send_each, send_unasked
from tracking.models import Reminder
from tracking.office.worklists.digests import Digest, digests_for, people_to_remind

BATCH: Final = 200


def send_reminders(*, at: dt.date, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Send every digest that is due on the day AT and was not sent. IS_OVER ends it between two."""
    letters = (
        (f"The reminder of person {digest.person.pk}", partial(_deliver, digest, at))
        for digest in _digests(at)
    )
    return send_each(letters, is_over=is_over)


def _digests(at: dt.date) -> Iterator[Digest]:
    people = people_to_remind(at=at)
    for start in range(0, len(people), BATCH):
        yield from digests_for(people[start : start + BATCH], at=at)


def _deliver(digest: Digest, at: dt.date) -> bool:
    """Claim DIGEST and send it; False where another worker has."""
    try:
        with transaction.atomic():
            Reminder.objects.bulk_create(digest.claims)
            if _has_another(digest, at):
                transaction.set_rollback(True)
                return False
            context = {"digest": digest, "at": at}
            send_unasked("reminder", digest.person.email, context, message=_message(digest))
    except IntegrityError:
        return False
    return True


def _has_another(digest: Digest, at: dt.date) -> bool:
    """Whether the person got another digest on the day AT, since this one was put together."""
    others = Reminder.objects.filter(user=digest.person, sent_at__date=at)
    return others.exclude(pk__in=[claim.pk for claim in digest.claims]).exists()


def _message(digest: Digest) -> str:
    """The Message-ID of a digest: the same for the same person and occasions."""
    occasions = [f"{claim.window_id}:{claim.days_after_due}" for claim in digest.claims]
    what = f"{digest.person.pk} {' '.join(sorted(occasions))}"
    digest_of_it = hashlib.sha256(what.encode()).hexdigest()[:32]
    return f"recordatorio.{digest_of_it}"
