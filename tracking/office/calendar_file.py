"""The days of the semesters as a calendar file, for the calendar that somebody has already."""

import datetime as dt
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from accounts.models import Municipality
from tracking.models import SemesterWindow

WARNED: Final = dt.timedelta(days=-7)


def calendar_of(
    municipality: Municipality, windows: Iterable[SemesterWindow], *, at: dt.datetime
) -> bytes:
    """An iCalendar file (RFC 5545) with the days of WINDOWS; AT is when it was made.

    An event keeps its UID when its day changes, so that importing the file again moves it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Vigía//Semestres//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Vigía · {municipality}")
    for window in windows:
        for event in _events(window, at):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(window: SemesterWindow, at: dt.datetime) -> Iterable[Event]:
    semester = {"semester": window.semester}
    yield _event(window, "abre", window.opens_on, _("Se informa %(semester)s") % semester, at)
    due = _event(window, "vence", window.due_on, _("Vence el informe %(semester)s") % semester, at)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", due["summary"])
    alarm.add("trigger", WARNED)
    due.add_component(alarm)
    yield due
    summary = _("Puede cerrarse %(semester)s") % semester
    yield _event(window, "cierra", window.closes_on, summary, at)


def _event(window: SemesterWindow, what: str, day: dt.date, summary: str, at: dt.datetime) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    event.add("uid", f"semestre-{window.pk}-{what}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", summary)
    page = reverse("office:semester", args=[window.municipality.slug, window.semester])
    event.add("url", settings.SITE_URL + page)
    event.add("transp", "TRANSPARENT")
    return event
