"""When the last copy was made, and whether the database's log is copied as it grows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.copies import copies_folder, stamped
from config.doctor.findings import Finding, fine, watch, wrong


@dataclass(frozen=True)
class Kind:
    """What is copied, under its ``key`` in the stamp, and how old the newest may be."""

    key: str
    oldest: dt.timedelta
    done: str | Promise
    overdue: str | Promise


KINDS: Final = (
    Kind(
        "database_at",
        dt.timedelta(hours=26),  # each night; one that takes long or begins late is no fault
        gettext_lazy("La última copia de la base de datos terminó hace %s."),
        gettext_lazy(
            "La última copia de la base de datos terminó hace %s: ejecute «bin/backup» y vea en "
            "«journalctl -u vigia-backup» por qué no corrió."
        ),
    ),
    Kind(
        "files_at",
        dt.timedelta(hours=1),
        gettext_lazy("La última copia de los archivos terminó hace %s."),
        gettext_lazy(
            "La última copia de los archivos terminó hace %s: ejecute «bin/backup files» y vea en "
            "«journalctl -u vigia-backup-files» por qué no corrió."
        ),
    ),
)
DRILL: Final = dt.timedelta(days=40)


def check() -> Iterator[Finding]:
    """The age of the last copies and of the last drill; whether the log is copied as it grows."""
    yield from _copies()
    yield from _archive()


def aged(kind: Kind, last: dt.datetime, *, at: dt.datetime) -> Finding:
    """What is said AT an instant of a copy of KIND that ended at LAST."""
    age = timesince(last, at)
    if at - last <= kind.oldest:
        return fine(str(kind.done) % age)
    return wrong(str(kind.overdue) % age)


def _copies() -> Iterator[Finding]:
    folder = copies_folder()
    try:
        told = stamped(folder)
    except FileNotFoundError:
        said = wrong if settings.REAL else watch
        yield said(
            _("No se sabe de ninguna copia en %s: haga la primera, como dice docs/backups.md.")
            % folder
        )
        return
    except (OSError, ValueError) as error:
        yield watch(
            _("No se puede ver cuándo fue la última copia (%s): revise BACKUP_DIR.") % error
        )
        return
    now = timezone.now()
    for kind in KINDS:
        if kind.key in told:
            yield aged(kind, dt.datetime.fromisoformat(told[kind.key]), at=now)
    drilled = told.get("drill_at")
    if drilled is None or now - dt.datetime.fromisoformat(drilled) > DRILL:
        yield watch(
            _("Hace más de %s días que nadie prueba restaurar una copia: «bin/restore --drill».")
            % DRILL.days
        )


class Archiving(NamedTuple):
    """When a piece of the database's log was last copied; since when it fails, None if it does not.

    As the server tells it (pg_stat_archiver).
    """

    last: dt.datetime | None
    failing_since: dt.datetime | None


def archiving() -> Archiving:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT last_archived_time, last_failed_time FROM pg_stat_archiver")
        done, failed = cursor.fetchone()
    fails = failed is not None and (done is None or failed > done)
    return Archiving(done, failed if fails else None)


def _archive() -> Iterator[Finding]:
    if failed := archiving().failing_since:
        yield wrong(
            _(
                "La base de datos no puede copiar su registro desde %s: revise el disco de las "
                "copias. Lo que se escriba desde entonces se perdería con esta máquina."
            )
            % failed.strftime("%Y-%m-%d %H:%M UTC")
        )
