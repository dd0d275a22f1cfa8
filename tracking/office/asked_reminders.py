"""The letter of a reminder that planning asked for: what it says is looked up when it leaves."""

import datetime as dt

from django.utils import timezone

from accounts.models import Letter, User
from accounts.permissions import kept_out
from accounts.services.letter_texts import Written
from tracking.measuring.reminded import BETWEEN
from tracking.models import Reminder, SemesterWindow
from tracking.office.worklists.day_letters import DayLetter, section_of
from tracking.office.worklists.pending import pending_in


def write_reminder(letter: Letter, at: dt.datetime) -> Written | None:
    """What its person owes in its window by then; None where that is nothing, or they know.

    The `Reminder` is made in the transaction in which the letter leaves: it says who was told.
    """
    today = timezone.localdate(at)
    person = User.objects.filter(pk=letter.about["person"], is_active=True).first()
    windows = SemesterWindow.objects.open(at=today).select_related("municipality")
    window = windows.filter(pk=letter.about["window"]).first()
    if person is None or window is None or kept_out(person):
        return None
    held = person.current_memberships
    sections = [section_of(each, held, today) for each in pending_in([window])]
    owed = [section for section in sections if section and section.items]
    if not owed or Reminder.objects.filter(user=person, sent_at__gt=at - BETWEEN).exists():
        return None
    days = (today - window.due_on).days
    asked_by = User.objects.get(pk=letter.about["by"])
    claim, is_new = Reminder.objects.get_or_create(
        user=person, window=window, days_after_due=days, defaults={"asked_by": asked_by}
    )
    if not is_new:
        return None
    day_letter = DayLetter(person, owed, [claim], heads=[], news=[])
    context = {"day_letter": day_letter, "at": today, "asked_by": asked_by}
    return Written("remind_now", person.email, context, person.pk)
