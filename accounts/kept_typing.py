"""What somebody was typing when their session ended: kept, and offered again to the same person.

The form itself tells whose it is, in a signed field. So what a colleague left on the same computer
is neither shown to the next person nor saved in their name.
"""

import time
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, QueryDict

OFFICE: Final = "/gestion/"
SESSION_KEY: Final = "kept"
READER_FIELD: Final = "lector"
NEVER_KEPT: Final = ("csrfmiddlewaretoken", READER_FIELD, "code")
"""What the page itself gives, and a second factor's code: good once, and for this moment."""
MOST_PLACES: Final = 5
LONGEST: Final = 1_000_000  # bytes: a page of the sheet with long texts
KEPT_FOR: Final = 3600  # seconds


def keep(request: Any, place: str) -> bool:
    """Keep what a POST brought, to be offered at PLACE; whether it could be kept.

    Fields only: files must be chosen again. Nothing is kept of a form whose reader is unknown, or
    is not the person who has signed in since, nor of one longer than LONGEST.
    """
    reader = _reader(request)
    typed = request.POST.copy()
    for name in NEVER_KEPT:
        typed.pop(name, None)
    fields = typed.urlencode()
    if reader is None or len(fields) > LONGEST:
        return False
    if request.user.is_authenticated and request.user.pk != reader:
        return False
    others = [(at, row) for at, row in _fresh(request.session).items() if at != place]
    row = {"who": reader, "at": time.time(), "fields": fields, "files": bool(request.FILES)}
    request.session[SESSION_KEY] = dict([*others, (place, row)][-MOST_PLACES:])
    return True


def recall(request: Any, place: str) -> QueryDict | None:
    """What this person was typing at PLACE; what somebody else typed is dropped for good."""
    if SESSION_KEY not in request.session:
        return None
    fresh = _fresh(request.session)
    mine = {at: row for at, row in fresh.items() if row["who"] == request.user.pk}
    if mine != request.session[SESSION_KEY]:
        request.session[SESSION_KEY] = mine
    if place not in mine:
        return None
    request.kept_files = mine[place]["files"]
    return QueryDict(mine[place]["fields"])


def forget(session: SessionBase, place: str) -> bool:
    """Drop what was kept for PLACE; whether there was anything."""
    kept = session.get(SESSION_KEY, {})
    if place not in kept:
        return False
    session[SESSION_KEY] = {at: row for at, row in kept.items() if at != place}
    return True


def signed_reader(person: int) -> str:
    """The value of READER_FIELD in a form that is drawn for the PERSON of that id."""
    return signing.dumps(person, salt=READER_FIELD)


def _fresh(session: SessionBase) -> dict[str, dict[str, Any]]:
    oldest = time.time() - KEPT_FOR
    return {at: row for at, row in session.get(SESSION_KEY, {}).items() if row["at"] >= oldest}


def _reader(request: HttpRequest) -> int | None:
    """The id of the person for whom the form of this POST was drawn; None where nothing says so."""
    try:
        return int(signing.loads(request.POST.get(READER_FIELD, ""), salt=READER_FIELD))
    except signing.BadSignature:
        return None
