"""Whether this machine and its database agree on what time it is."""

import time
from collections.abc import Iterator
from typing import Final

from django.db import connections
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong

NOTICEABLE: Final = 2.0  # seconds
GRAVE: Final = 30.0  # a second factor's code lasts as long


def check() -> Iterator[Finding]:
    """The database's instant, against the middle of the time that asking took."""
    before = time.time()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        there = cursor.fetchone()[0]
    yield compared(there, (before + time.time()) / 2)


def compared(there: float, here: float) -> Finding:
    """What is said of two clocks (seconds since 1970): the database's, and this machine's."""
    gap = abs(there - here)
    if gap < NOTICEABLE:
        return fine(_("Esta máquina y la base de datos dan la misma hora."))
    said = wrong if gap >= GRAVE else watch
    return said(
        _(
            "Esta máquina y la base de datos difieren en %s segundos: instale systemd-timesyncd o "
            "chrony en las dos. Con la hora mal no entran los códigos del segundo factor."
        )
        % round(gap)
    )
