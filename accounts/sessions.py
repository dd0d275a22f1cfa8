"""How long somebody stays signed in: Django's sessions in the database, with an end of ours.

Who reviews, administers or operates is out after an hour without asking for a page, and after
twelve in any case: a desk is left, a browser stays open. Who reports stays for two weeks, on their
own telephone.
"""

import time
from typing import Any, Final, NamedTuple

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import Session, User
from accounts.permissions import second_factor_required
from accounts.security import address_now, agent_now

HOUR: Final = 3600  # seconds, as everything here
STAY: Final = "stay"
"""Under what a session keeps whose it is, since when, from where, and how long it lasts."""

SEEN_EVERY: Final = 60
"""A session in use is written once in so long, and not with every page."""


class Limits(NamedTuple):
    idle: int
    most: int


STRICT: Final = Limits(HOUR, 12 * HOUR)
LONG: Final = Limits(14 * 24 * HOUR, 14 * 24 * HOUR)


class SessionStore(DatabaseStore):
    """Reads nothing of a session whose time is over, whatever its row says."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        data: dict[str, Any] = self.decode(row.session_data) if row else {}
        stay = data.get(STAY)
        if row is None or stay is None:
            return data
        if time.time() >= stay["until"]:
            self._session_key = None
            return {}
        if time.time() - stay["seen"] >= SEEN_EVERY:
            self.modified = True
        return data

    def get_session_cookie_age(self) -> int:
        stay = self.get(STAY)
        if stay is None:
            return int(super().get_session_cookie_age())
        idle: int = stay["idle"]
        return max(0, min(idle, int(stay["until"] - time.time())))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        whose = data.get(SESSION_KEY)
        if whose is None:
            data.pop(STAY, None)
        elif data.get(STAY, {}).get("whose") != whose:
            data[STAY] = _begun(whose)
        else:
            data[STAY]["seen"] = time.time()
        row: Any = super().create_model_instance(data)
        row.person_id = int(whose) if whose else None
        return row


def keep_within(session: SessionBase, person: User) -> None:
    """Shorten the session of PERSON, should they have been given a role since that asks for it."""
    stay = session.get(STAY)
    if stay and stay["idle"] > STRICT.idle and second_factor_required(person):
        until = min(stay["until"], time.time() + STRICT.most)
        session[STAY] = {**stay, "idle": STRICT.idle, "until": until}


def _begun(whose: str) -> dict[str, Any]:
    person = User.objects.filter(pk=whose).first()
    limits = STRICT if person and second_factor_required(person) else LONG
    now = time.time()
    return {
        "whose": whose,
        "since": now,
        "seen": now,
        "until": now + limits.most,
        "idle": limits.idle,
        "address": address_now(),
        "agent": agent_now(),
    }
