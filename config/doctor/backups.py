"""When the last copy was made, and whether the database's log is copied as it grows."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import cluster
from config.doctor.findings import Finding, fine, watch, wrong

STAMP: Final = "last.json"
"""What ``bin/backup`` writes anew in the folder of the copies: when each kind last ended well."""


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
    folder = Path(os.environ.get("BACKUP_DIR") or cluster.state_directory() / "copias")
    try:
        stamped = json.loads((folder / STAMP).read_text())
    except FileNotFoundError:
        said = wrong if settings.REAL else watch
        yield said(
            _("No se sabe de ninguna copia en %s: haga la primera, como dice docs/deploy.md.")
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
        if kind.key in stamped:
            yield aged(kind, dt.datetime.fromisoformat(stamped[kind.key]), at=now)
    drilled = stamped.get("drill_at")
    if drilled is None or now - dt.datetime.fromisoformat(drilled) > DRILL:
        yield watch(
            _("Hace más de %s días que nadie prueba restaurar una copia: «bin/restore --drill».")
            % DRILL.days
        )


def _archive() -> Iterator[Finding]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT last_archived_time, last_failed_time FROM pg_stat_archiver")
        done, failed = cursor.fetchone()
    if failed and (done is None or failed > done):
        yield wrong(
            _(
                "La base de datos no puede copiar su registro desde %s: revise el disco de las "
                "copias. Lo que se escriba desde entonces se perdería con esta máquina."
            )
            % failed.strftime("%Y-%m-%d %H:%M UTC")
        )
