"""Sign somebody out wherever they are signed in."""

from accounts.models import Session, User
from accounts.security import note


def end_sessions(person: User, *, but: str | None = None) -> int:
    """End every session of PERSON, except the one whose key is BUT; how many there were."""
    rows = Session.objects.filter(person=person).exclude(session_key=but)
    ended, __ = rows.delete()
    if ended:
        note("sessions.ended", person.pk, count=ended)
    return ended


def end_session(person: User, key: str) -> bool:
    """End that session of PERSON; whether there was one."""
    ended, __ = Session.objects.filter(person=person, session_key=key).delete()
    if ended:
        note("session.ended", person.pk)
    return bool(ended)
