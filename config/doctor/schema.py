"""Whether the database is as this release expects it."""

from collections.abc import Iterator
from typing import Final

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.doctor.findings import Finding, fine, watch, wrong
from config.limits import LIMITS

OLDEST: Final = 150000  # as PostgreSQL numbers itself


def check() -> Iterator[Finding]:
    """Its version, its migrations, and what bounds queries behind a pooler."""
    yield _version()
    yield _migrations()
    yield from _limits()


def _version() -> Finding:
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    said = _("PostgreSQL %s.") % version
    if connection.pg_version < OLDEST:  # type: ignore[attr-defined]
        return wrong(_("%s Vigía necesita el 15 o posterior.") % said)
    return fine(said)


def migrations_apart() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Those that the database lacks, and those that this code does not know: app and name."""
    loader = MigrationLoader(connections["default"])
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    return known - applied, applied - known


def _migrations() -> Finding:
    missing, unknown = migrations_apart()
    if missing:
        said = ngettext(
            "Falta %s migración: ejecute «manage.py migrate».",
            "Faltan %s migraciones: ejecute «manage.py migrate».",
            len(missing),
        )
        return wrong(said % len(missing))
    if unknown:
        return watch(
            _(
                "La base de datos tiene migraciones que este código no conoce (%s): es de una "
                "versión posterior. Actualice el código."
            )
            % ", ".join(sorted(f"{app}.{name}" for app, name in unknown))
        )
    return fine(_("Todas las migraciones están aplicadas."))


def _limits() -> Iterator[Finding]:
    """Behind a pooler the limits are the role's: the connection does not bring them."""
    connection = connections["default"]
    if not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return
    with connection.cursor() as cursor:
        for name, value in LIMITS["page"].items():
            cursor.execute("SELECT setting::bigint FROM pg_settings WHERE name = %s", [name])
            if cursor.fetchone()[0] == 0:
                yield wrong(
                    _(
                        "Detrás de un agrupador de conexiones nada limita %(name)s: ejecute como "
                        "dueña ALTER ROLE %(role)s SET %(name)s = '%(value)s'."
                    )
                    % {"name": name, "value": value, "role": connection.settings_dict["USER"]}
                )
