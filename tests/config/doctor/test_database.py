"""What is said of the schema, of the roles' rights and of what keeps published rows as they are."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config import cluster
from config.doctor import rights, schema
from config.doctor.findings import Check, Grade

pytestmark = pytest.mark.django_db

Run = Callable[[str], None]


@pytest.fixture
def run() -> Run:
    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return execute


@pytest.fixture
def as_application(run: Run) -> Iterator[None]:
    """The tests' role is the owner's; the portal's is not."""
    run(f"SET ROLE {cluster.ROLES['app']}")
    yield
    run("RESET ROLE")


def faults(check: Check) -> str:
    return " ".join(each.sentence for each in check() if each.grade is not Grade.FINE)


@pytest.mark.usefixtures("as_application")
def test_the_roles_that_the_migrations_made_are_right() -> None:
    assert faults(rights.check) == ""


def test_the_triggers_that_are_looked_for_are_those_that_the_migrations_made() -> None:
    assert {row[0] for row in rights._rows(rights.ENABLED)} == rights.TRIGGERS


def test_serving_as_the_owner_is_a_fault_where_it_is_real(settings: Any) -> None:
    settings.SECURE = False
    assert next(rights.check()).grade is Grade.WATCH
    settings.SECURE = True
    assert next(rights.check()).grade is Grade.WRONG


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("GRANT TRUNCATE ON cache TO vigia_app", "REVOKE TRUNCATE ON cache FROM vigia_app"),
        ("REVOKE INSERT ON plans_plan FROM vigia_app", "GRANT SELECT, INSERT ON plans_plan"),
        ("GRANT UPDATE ON plans_planversion TO vigia_app", "UPDATE, DELETE ON plans_planversion"),
        ("GRANT CREATE ON SCHEMA public TO vigia_app", "REVOKE CREATE ON SCHEMA public"),
    ],
)
def test_a_right_too_many_or_too_few_is_named(run: Run, statement: str, said: str) -> None:
    run(statement)
    run("SET LOCAL ROLE vigia_app")
    assert said in faults(rights.check)
    run("RESET ROLE")


def test_a_trigger_that_is_switched_off_is_named(run: Run) -> None:
    run("ALTER TABLE tracking_ledgerentry DISABLE TRIGGER append_only")
    assert "tracking_ledgerentry.append_only" in faults(rights.check)


def test_migrations_that_lack_or_that_nobody_knows_are_told() -> None:
    assert faults(schema.check) == ""
    done = MigrationRecorder(connection)
    done.record_applied("plans", "9999_of_tomorrow")
    assert "no conoce (plans.9999_of_tomorrow)" in faults(schema.check)
    done.record_unapplied("tracking", "0026_signed_withholding")
    assert "manage.py migrate" in faults(schema.check)


def test_behind_a_pooler_the_role_has_to_bring_the_limits(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    for each in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        run(f"SET LOCAL {each} = '1s'")
    assert faults(schema.check) == ""
    run("SET LOCAL statement_timeout = 0")
    assert "SET statement_timeout = '10s'" in faults(schema.check)
