"""The databases of made-up countries, beside the portal's own, which they never touch."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from benchmarks.country.loading import PER_SESSION
from config.settings import STORAGES

WHOLE: Final = 1_891
"""As many plans as there are municipalities."""


def name_of(count: int) -> str:
    return f"vigia_country_{count}"


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Everything in this process, and in those that it starts, is done in the database NAME.

    Files lie where the portal's do: they are the demonstration's few, each under its digest.
    """
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    storages = settings.STORAGES | {"default": STORAGES["default"]}
    try:
        with override_settings(STORAGES=storages):
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def make(name: str) -> None:
    """Make the database NAME anew: empty, migrated, with Peru's municipalities."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    with connected(name):
        for_many_rows()
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        call_command("load_municipalities", stdout=io.StringIO())


def is_there(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def for_many_rows() -> None:
    """This connection may take long, and need not wait for the disk at each commit."""
    with connection.cursor() as cursor:
        for statement in PER_SESSION:
            cursor.execute(statement)


def address_of(name: str, role: str) -> str:
    """What DATABASE_URL is to be for ROLE to serve the database NAME."""
    known = connection.settings_dict
    if str(known["HOST"]).startswith("/"):
        return f"postgres://{role}@/{known['HOST']}/{name}"
    return f"postgres://{quote(role)}@{known['HOST']}:{known['PORT']}/{name}"
