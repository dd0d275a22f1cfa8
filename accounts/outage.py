"""When the database is what failed: it is away, or somebody else keeps it busy.

Told apart by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). What is
neither is a fault of ours.
"""

from enum import Enum

from django.db import Error, InterfaceError, OperationalError


class Outage(Enum):
    """Why nothing can be read or stored; the value is how long to wait, in seconds."""

    AWAY = 30
    BUSY = 5


BUSY = frozenset(["55P03", "57014", "40P01", "40001"])
"""A lock that was not had, a query that lasted too long, a deadlock, a clash of transactions."""

AWAY = ("08", "53", "57P0", "58", "25P03")
"""Connection, resources, an administrator or a crash, the system, a session that was ended."""


def outage_of(error: BaseException | None) -> Outage | None:
    """What kind of outage ERROR tells of; None where the database is not what failed."""
    if not isinstance(error, Error):
        return None
    code = getattr(error.__cause__, "pgcode", None)
    if code in BUSY:
        return Outage.BUSY
    unreachable = code is None and isinstance(error, OperationalError | InterfaceError)
    return Outage.AWAY if unreachable or (code or "").startswith(AWAY) else None


def reason(error: BaseException) -> str:
    """What the database said, in one line; which query it was is not the reason."""
    return str(error).strip().partition("\n")[0]
