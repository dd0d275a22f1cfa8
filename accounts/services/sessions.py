"""Sign somebody out wherever they are signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User


def end_sessions(person: User, *, but: str | None = None) -> None:
    """End every session of PERSON, except the one whose key is BUT.

    Reads each session that has not expired: for what happens seldom.
    """
    current = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    owner = str(person.pk)
    theirs = [row.pk for row in current.iterator() if row.get_decoded().get(SESSION_KEY) == owner]
    Session.objects.filter(pk__in=theirs).delete()
