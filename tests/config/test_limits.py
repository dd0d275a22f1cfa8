"""How long the database lets each program make the others wait."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

import manage
from config import cluster
from config.limits import LIMITS, bound

SERVED = """
import config.wsgi
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SHOW lock_timeout")
    print(cursor.fetchone()[0])
"""


LOADED = """
import sys
import config.wsgi
from django.conf import settings
from django.test import Client
uncollected = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = uncollected
before = set(sys.modules)
status = Client().get("/no-hay-tal-pagina/", SERVER_NAME="localhost").status_code
ours = ("accounts", "config", "plans", "tracking")
print(status, sorted(each for each in set(sys.modules) - before if each.split(".")[0] in ours))
"""


KEPT = """
import gc
import config.wsgi
print(gc.get_freeze_count() > 10 * len(gc.get_objects()))
"""


def database(**options: Any) -> dict[str, Any]:
    return {"OPTIONS": dict(options)}


def test_the_limits_go_with_the_connection_before_what_its_address_says() -> None:
    own = database(options="-c lock_timeout=9s", sslmode="require")
    bound(own, "page", pooled=False)
    assert own["OPTIONS"]["options"] == (
        "-c statement_timeout=10s -c lock_timeout=2s "
        "-c idle_in_transaction_session_timeout=30s -c lock_timeout=9s"
    )
    assert own["OPTIONS"]["sslmode"] == "require"


def test_nobody_waits_long_for_a_database_that_does_not_answer() -> None:
    own = database()
    bound(own, "", pooled=False)
    assert own == {"OPTIONS": {"connect_timeout": 3}}


def test_behind_a_pooler_the_limits_are_the_roles_and_no_cursor_outlives_its_transaction() -> None:
    own = database()
    bound(own, "page", pooled=True)
    assert "options" not in own["OPTIONS"]
    assert own["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.parametrize("program", LIMITS)
@pytest.mark.django_db
def test_the_database_knows_each_limit(program: str) -> None:
    with connection.cursor() as cursor:
        for name, value in LIMITS[program].items():
            cursor.execute(f"SET LOCAL {name} = %s", [value])


def served(program: str) -> str:
    """What PROGRAM prints, connected as the application."""
    database, socket = connection.settings_dict["NAME"], cluster.socket_directory()
    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{cluster.ROLES['app']}@/{socket}/{database}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout


@pytest.mark.django_db
def test_what_is_served_has_the_limits_of_a_page() -> None:
    assert served(SERVED) == "2s\n"


@pytest.mark.django_db
def test_nothing_of_the_portal_is_loaded_while_the_first_reader_waits() -> None:
    """On a busy machine it took longer than the wait for a lock, in each process of the server."""
    assert served(LOADED) == "404 []\n"


def test_no_process_looks_for_garbage_in_what_was_loaded() -> None:
    assert served(KEPT) == "True\n"


@pytest.mark.parametrize(
    ("verb", "limits"), [("work", "work"), ("migrate", ""), ("simulate_progress", "")]
)
def test_a_command_has_its_own_limits_whoever_started_it(
    verb: str, limits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_LIMITS", "page")
    monkeypatch.setenv("DATABASE_ROLE", "app")
    monkeypatch.setattr(sys, "argv", ["manage.py", verb])
    monkeypatch.setattr(manage, "execute_from_command_line", lambda _argv: None)
    manage.main()
    assert os.environ["DATABASE_LIMITS"] == limits
