"""What several hosts share: a replica and Redis. Without them the portal serves, only slower."""

from collections.abc import Iterator
from typing import Final

from django.core.cache import caches
from django.db import Error, connections
from django.utils.translation import gettext as _

from accounts.replica import PRIMARY, REPLICA
from config.doctor.findings import Finding, fine, watch, wrong

BEHIND: Final = 60  # seconds
STANDS: Final = """
    SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text,
        coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)::float8
"""


def check() -> Iterator[Finding]:
    """Only what the settings name; nothing on a single host."""
    if REPLICA in connections.settings:
        yield _replica()
    is_there = getattr(caches["pages"], "is_there", None)
    if is_there:
        yield _redis(is_there())


def said_of_replica(*, is_replica: bool, seconds: float) -> Finding:
    """What is said of a replica that is SECONDS behind, if it is one."""
    if not is_replica:
        return wrong(
            _("DATABASE_REPLICA_URL no lleva a una réplica sino a una base que recibe escrituras.")
        )
    if seconds > BEHIND:
        return watch(
            _("La réplica va %s segundos atrás: la base principal responde por ella. Vea su red.")
            % round(seconds)
        )
    return fine(_("La réplica sigue a la base principal."))


def _replica() -> Finding:
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(STANDS)
            is_replica, replayed, seconds = cursor.fetchone()
    except Error:
        return watch(
            _("La réplica no responde: la principal responde por ella. Enciéndala o quítela.")
        )
    if is_replica and not _has_gone_on(replayed):
        seconds = 0  # nothing was written since
    return said_of_replica(is_replica=is_replica, seconds=seconds)


def _has_gone_on(replayed: str) -> bool:
    """Whether the primary wrote beyond what was REPLAYED: one that lost its stream cannot know."""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn() > %s::pg_lsn", [replayed])
        [has_gone_on] = cursor.fetchone()
    return bool(has_gone_on)


def _redis(is_there: bool) -> Finding:
    if is_there:
        return fine(_("Redis responde."))
    return watch(
        _("Redis no responde: cada máquina guarda y cuenta por su lado. Revise CACHE_URL.")
    )
