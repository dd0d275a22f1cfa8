"""While a release takes the place of another, the code before lives with the tables after.

What that asks of a migration is in docs/deploy.md; the linter reads it from the SQL.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.apps import apps
from django.db import connection
from django_migration_linter import MigrationLinter
from pytest_django.plugin import DjangoDbBlocker

FIRST: Final = {"accounts": 14, "plans": 18, "tracking": 28}
"""The first migration of each app that is held to it: where older ones ran, the portal stood."""

LOCKING: Final = ("CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX", "REINDEX")

MEANT: Final[dict[str, tuple[str, ...]]] = {
    "accounts.0019_authority_once": ("ADD_UNIQUE",),  # all that it refuses is a second tap's row
}
"""By app and name ("plans.0031_…"), the rules that a migration breaks on purpose, and why."""


@pytest.fixture(autouse=True)
def _outside_a_transaction(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The SQL of an index that is built beside the writers is told nowhere else; nothing is run."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def faults(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the linter says of the migration NAME; empty where code of before lives with it."""
    app, _, migration = name.partition(".")
    linter = MigrationLinter(
        no_cache=True,
        exclude_migration_tests=MEANT.get(name, ()),
        warnings_as_errors_tests=LOCKING,
    )
    linter.lint_all_migrations(app, migration)
    assert linter.nb_total == 1
    return capsys.readouterr().out if linter.has_errors else ""


def held() -> list[str]:
    found = []
    for app, first in FIRST.items():
        for path in sorted(Path(apps.get_app_config(app).path, "migrations").glob("[0-9]*.py")):
            if int(path.stem[:4]) >= first:
                found.append(f"{app}.{path.stem}")
    return found


def test_code_of_the_release_before_lives_with_each_migration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert {name: said for name in held() if (said := faults(name, capsys))} == {}


def test_what_would_stop_it_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    said = faults("plans.0012_documents", capsys)
    assert "NOT NULL constraint on columns" in said
    assert "CREATE INDEX locks table" in said
    assert faults("tracking.0027_indexes_for_a_country", capsys) == ""
