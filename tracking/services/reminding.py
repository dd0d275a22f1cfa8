"""Remind people of what they have to report, because planning does not want to wait for the day."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.choices import LetterKind
from accounts.models import Municipality, Unit, User
from accounts.services.letter_queue import queue_letter
from plans.semester import Semester
from tracking.measuring.reminded import reporters_of, told_within_a_day
from tracking.models import SemesterWindow
from tracking.permissions import trouble_reminding


@dataclass(frozen=True)
class Asked:
    """Who is written to, and who was not, because they had been reminded within a day."""

    written: list[User]
    left: list[User]


@transaction.atomic
def remind_units(
    municipality: Municipality, semester: Semester, units: Collection[Unit], *, by: User
) -> Asked:
    """Have a letter written to those who report for UNITS of MUNICIPALITY, of what SEMESTER lacks.

    Also to their deputies of the day. Whoever was reminded within a day, or will be shortly, is
    left in peace. Raises ValidationError where nothing can be sent.
    """
    windows = SemesterWindow.objects.select_for_update()
    window = windows.filter(municipality=municipality, semester=semester).first()
    trouble = trouble_reminding(window, at=timezone.localdate())
    if window is None or trouble:
        raise ValidationError(trouble)
    asked = {unit.pk for unit in units}
    roles = reporters_of(municipality, at=timezone.localdate())
    people = list({each.user: None for each in roles if each.unit_id in asked})
    told = told_within_a_day(people, at=timezone.now())
    written = [person for person in people if person.pk not in told]
    for person in written:
        about = {"person": person.pk, "window": window.pk, "by": by.pk}
        queue_letter(LetterKind.REMINDER, person.email, **about)
    return Asked(written, [person for person in people if person.pk in told])
