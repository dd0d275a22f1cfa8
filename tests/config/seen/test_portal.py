"""What whoever watches reads of the portal: its figures, and whether it is ready."""

import datetime as dt
import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import LetterKind
from accounts.models import Municipality
from accounts.services.letter_queue import queue_letter
from config.seen import ready
from config.seen.portal import Portal
from config.seen.serving import registry_of, serve
from tests.tracking.transparency.authority import keep_stamp
from tests.tracking.transparency.trees import enter
from tracking.models import HeadConflict
from tracking.services.heartbeat import beat
from tracking.transparency.checkpoints import checkpoint_of
from tracking.transparency.growing import grow


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path))
    # A test's connection goes on; that of who serves figures is closed after each reading.
    monkeypatch.setattr(connection, "close", lambda: None)
    return tmp_path / "last.json"


def figures() -> dict[str, float]:
    return {each.name: each.samples[0].value for each in Portal().collect()}


def test_queues_ages_and_copies_are_told(db: None, copies: Path) -> None:
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    beat(at=hour_ago)
    queue_letter(next(iter(LetterKind)), "rosa@puno.pe")
    copies.write_text(json.dumps({"database_at": hour_ago.isoformat(), "label": "F"}))
    told = figures()
    assert told["vigia_database_up"] == 1
    assert told["vigia_letters_waiting"] == 1
    assert told["vigia_files_waiting"] == 0
    for name in ("background", "copy_database"):
        assert 3600 <= told[f"vigia_{name}_age_seconds"] < 3700


def test_what_the_log_of_the_portal_has_and_what_waits_for_it_is_told(
    copies: Path, puno: Municipality
) -> None:
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    enter(puno, 2)
    grow(at=hour_ago)
    enter(puno, 1)
    told = figures()
    assert (told["vigia_tree_size"], told["vigia_tree_waiting"]) == (2, 1)
    assert 3600 <= told["vigia_tree_head_age_seconds"] < 3700
    assert told["vigia_tree_oldest_seconds"] > 3600  # it says to be of long ago
    assert told["vigia_tree_contradictions"] == 0
    HeadConflict.objects.create(size=2, root="00" * 32, note=checkpoint_of(2, bytes(32)))
    assert figures()["vigia_tree_contradictions"] == 1


def test_how_old_the_last_stamp_is_is_told_where_there_is_an_authority(
    copies: Path, puno: Municipality, settings: Settings
) -> None:
    enter(puno, 1)
    grow(at=timezone.now() - dt.timedelta(hours=2))
    name = "vigia_tree_stamp_age_seconds"
    assert name not in figures()
    settings.TSA_URL = "http://tsa.example.pe/"
    assert 7200 <= figures()[name] < 7300  # none came since there is a head
    for age in (dt.timedelta(weeks=1), dt.timedelta(hours=1)):
        keep_stamp(timezone.now() - age)
    assert 3600 <= figures()[name] < 3700


def test_what_is_not_known_is_absent(db: None, copies: Path) -> None:
    copies.write_text("{")
    names = ("background", "ledger_head", "tree_head", "copy_files")
    assert not {f"vigia_{each}_age_seconds" for each in names} & figures().keys()


def test_a_database_that_is_away_is_told(db: None, copies: Path) -> None:
    with patch("config.seen.portal.Heartbeat.objects.first", side_effect=DatabaseError):
        assert figures() == {"vigia_database_up": 0}


def test_they_are_served_to_this_machine_alone(db: None, tmp_path: Path) -> None:
    with patch.object(Portal, "collect", return_value=iter(())):
        server = serve(0, tmp_path)
        try:
            host, port = server.server_address[:2]
            assert host == "127.0.0.1"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                assert answer.status == 200
        finally:
            server.shutdown()
            server.server_close()


COUNT_ONE: Final = "from prometheus_client import Counter; Counter('asked', 'Asked').inc()"


def test_what_is_counted_later_is_told_too(tmp_path: Path) -> None:
    """Whoever serves figures may be there before the server, whose folder a new version is."""
    folder = tmp_path / "metrics"
    with patch.object(Portal, "collect", side_effect=lambda: iter(())):
        registry = registry_of(folder)
        assert list(registry.collect()) == []
        folder.mkdir()
        variables = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
        subprocess.run([sys.executable, "-c", COUNT_ONE], env=variables, check=True)
        assert registry.get_sample_value("asked_total") == 1


def test_who_asks_half_a_question_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.seen.serving.PATIENCE", 0.01)
    server = serve(0, tmp_path)
    try:
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as line:
            line.sendall(b"GET /met")
            assert line.recv(100) == b""
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "archivos"
    monkeypatch.setattr(ready, "default_storage", FileSystemStorage(folder))
    return folder


def asked(client: Client) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.content.decode()


def test_it_is_ready_where_all_is_there(client: Client, db: None, stored: Path) -> None:
    assert asked(client) == (200, "ready\n")


def test_each_part_that_is_missing_is_named_and_no_more(
    client: Client, db: None, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: Any) -> bool:
        raise OSError("/srv/secreto: Permission denied")

    for part in ready.PARTS:
        with monkeypatch.context() as patched:
            patched.setitem(ready.PARTS, part, away)
            assert asked(client) == (503, f"not ready: {part}\n")
    with monkeypatch.context() as patched:
        patched.setattr("os.access", lambda *_arguments: False)
        assert asked(client) == (503, "not ready: storage\n")


def test_it_is_not_ready_before_its_tables_are(client: Client, db: None, stored: Path) -> None:
    with (
        patch.dict(ready._known, clear=True),
        patch("config.seen.ready.migrations_apart", return_value=({("plans", "0099")}, set())),
    ):
        assert asked(client) == (503, "not ready: migrations\n")
