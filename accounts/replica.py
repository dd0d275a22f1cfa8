"""Which database is read: the primary, which is written to, or a replica that follows it.

Everything asks the primary, but what says otherwise: what the public reads and can be told to be as
new as it must be (`read_where`). Without a replica in the settings there is nothing to choose.

The replica's address leads to one server: within a request a connection stays with its server, and
a server never goes back to what was before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, connections

from accounts.absence import Absence
from accounts.outage import Outage, outage_of

Read = TypeVar("Read")

PRIMARY: Final = DEFAULT_DB_ALIAS
REPLICA: Final = "replica"
OVERTAKEN: Final = frozenset(["40001", "40P01"])
"""What the primary did meanwhile could not wait any longer for whoever read the replica."""

absence = Absence("The replica", "the primary answers for it")
absence_of_primary = Absence("The primary", "the replica answers whoever only reads")
_read: ContextVar[str] = ContextVar("read", default=PRIMARY)


class Router:
    """Reads go where `reading` says, and writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _read.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # both hold the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


@contextmanager
def reading(database: str) -> Iterator[None]:
    token = _read.set(database)
    try:
        yield
    finally:
        _read.reset(token)


def database_where(has_come: Callable[[], bool]) -> str:
    """The replica, where HAS_COME, asked there, finds what must be there; else the primary."""
    if REPLICA not in connections.settings or not absence.is_over():
        return PRIMARY
    try:
        with reading(REPLICA):
            is_there = has_come()
    except Error as error:
        if not _is_excused(error):
            raise
        return PRIMARY
    absence.end()
    return REPLICA if is_there else PRIMARY


def read_where(has_come: Callable[[], bool], read: Callable[[], Read]) -> Read:
    """What READ gives, from the replica where HAS_COME; from the primary otherwise.

    READ writes nothing: where the replica goes away in its midst, it is begun anew.
    """
    database = database_where(has_come)
    try:
        with reading(database):
            return read()
    except Error as error:
        if database == PRIMARY or not _is_excused(error):
            raise
    return read()


def newest(read: Callable[[], Read]) -> tuple[Read, str]:
    """What READ gives as of now, and who gave it: the primary, or the replica while that is away.

    Only for who may be shown what was so a moment ago, and then read the rest where this was read.
    """
    if REPLICA not in connections.settings:
        return read(), PRIMARY
    if absence_of_primary.is_over():
        try:
            found = read()
        except Error as error:
            if outage_of(error) is not Outage.AWAY:
                raise
            absence_of_primary.begin(error)
        else:
            absence_of_primary.end()
            return found, PRIMARY
    try:
        with reading(REPLICA):
            return read(), REPLICA
    except Error:
        return read(), PRIMARY  # it may be there again


def _is_excused(error: Error) -> bool:
    """Whether the primary does for the replica, which failed with ERROR."""
    if outage_of(error) is Outage.AWAY:
        absence.begin(error)
        return True
    return getattr(error.__cause__, "pgcode", None) in OVERTAKEN
