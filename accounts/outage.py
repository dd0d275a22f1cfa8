"""When something around the portal is what failed: the database, or where files are kept.

Failures of the database are told apart by SQLSTATE
(https://www.postgresql.org/docs/current/errcodes-appendix.html). What is none of these is a fault
of ours.
"""

import errno
from enum import Enum

from django.db import DatabaseError, Error, InterfaceError, OperationalError


class Outage(Enum):
    """Why nothing can be read or stored; the value is how long to wait, in seconds."""

    AWAY = 30
    BUSY = 5
    LONG = 20
    FILES = 60
    FULL = 600  # until somebody made room


class FilesAway(ConnectionError):
    """What keeps the files does not answer, or refuses: of none it says that it is gone."""


BUSY = frozenset(["55P03", "40P01", "40001"])
"""A lock that was not had, a deadlock, a clash of transactions."""

LONG = "57014"
"""A query that lasted longer than the limits let it."""

AWAY = ("08", "53", "57P0", "58", "25P03")
"""Connection, resources, an administrator or a crash, the system, a session that was ended."""


NO_ROOM = frozenset([errno.ENOSPC, errno.EDQUOT])


def outage_of(error: BaseException | None) -> Outage | None:
    """What kind of outage ERROR tells of; None where it is a fault of the portal's own."""
    if isinstance(error, FilesAway):
        return Outage.FILES
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return Outage.FULL
    if not isinstance(error, Error):
        return None
    code = getattr(error.__cause__, "pgcode", None)
    if code in BUSY:
        return Outage.BUSY
    if code == LONG:
        return Outage.LONG
    unreachable = code is None and (
        isinstance(error, OperationalError | InterfaceError) or _has_no_kind(error)
    )
    return Outage.AWAY if unreachable or (code or "").startswith(AWAY) else None


def _has_no_kind(error: Error) -> bool:
    """Whether the driver itself knows no more of ERROR: the server died while it was answering."""
    return type(error) is DatabaseError and error.__cause__ is not None


def reason(error: BaseException) -> str:
    """What was said of it, in one line; which query it was is not the reason."""
    return str(error).strip().partition("\n")[0]
