"""What is said of the machine: disk, clock, mail, certificate, copies, pages, and who works."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import CacheHandler
from django.db.utils import ConnectionHandler
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from config.caches import caches_of
from config.copies import STAMP
from config.doctor import (
    backups,
    clock,
    content,
    hosts,
    mail,
    pages,
    secrecy,
    site,
    storage,
    worker,
)
from config.doctor.findings import Check, Finding, Grade
from config.doctor.storage import GIGABYTE
from tests.factories import make_municipality, make_person
from tracking.services.heartbeat import beat

PRIMARY = settings.DATABASES["default"]
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


def only(check: Check) -> Finding:
    [finding] = check()
    return finding


@pytest.mark.parametrize(
    ("gap", "grade"), [(1, Grade.FINE), (-3, Grade.WATCH), (45, Grade.WRONG), (-45, Grade.WRONG)]
)
def test_clocks_that_differ_are_told(gap: int, grade: Grade) -> None:
    assert clock.compared(1_000_000 + gap, 1_000_000).grade is grade


@pytest.mark.parametrize(
    ("gigabytes", "grade"), [(5, Grade.FINE), (4.9, Grade.WATCH), (0.9, Grade.WRONG)]
)
def test_a_disk_that_fills_is_told(gigabytes: float, grade: Grade) -> None:
    assert storage.room(Path("/srv"), int(gigabytes * GIGABYTE)).grade is grade


@pytest.mark.parametrize(
    ("days", "grade"),
    [(22, Grade.FINE), (21, Grade.WATCH), (7, Grade.WATCH), (6, Grade.WRONG), (-1, Grade.WRONG)],
)
def test_a_certificate_that_ends_is_told(days: int, grade: Grade) -> None:
    assert site.left(days).grade is grade


@pytest.mark.parametrize(
    ("status", "grade"), [(200, Grade.FINE), (502, Grade.WRONG), (None, Grade.WRONG)]
)
def test_a_portal_that_does_not_answer_is_told(status: int | None, grade: Grade) -> None:
    assert site.answered(status).grade is grade


def test_nobody_asks_for_a_certificate_of_one_s_own_machine(settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"
    assert list(site.check()) == []


def test_a_site_that_is_not_reached_is_told(settings: Any) -> None:
    settings.SITE_URL = "https://localhost:9"
    assert "No se llega a https://localhost:9" in only(site.check).sentence


@pytest.mark.parametrize("kind", backups.KINDS, ids=lambda kind: kind.key)
def test_an_old_copy_is_told(kind: backups.Kind) -> None:
    at_most, older = NOW - kind.oldest, NOW - kind.oldest - dt.timedelta(seconds=1)
    assert backups.aged(kind, at_most, at=NOW).grade is Grade.FINE
    assert backups.aged(kind, older, at=NOW).grade is Grade.WRONG


@pytest.mark.django_db
def test_copies_are_known_by_what_they_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path))
    assert only(backups.check).sentence.startswith("No se sabe de ninguna copia")
    settings.REAL = True
    assert only(backups.check).grade is Grade.WRONG
    stamp = tmp_path / STAMP
    now, long_ago = timezone.now(), timezone.now() - dt.timedelta(days=41)
    stamp.write_text(json.dumps({"database_at": long_ago.isoformat(), "label": "x"}))
    said = [(each.grade, each.sentence) for each in backups.check()]
    assert [grade for grade, _sentence in said] == [Grade.WRONG, Grade.WATCH]
    assert "hace 1\xa0mes" in said[0][1]
    fresh = dict.fromkeys(("database_at", "files_at", "drill_at"), now.isoformat())
    stamp.write_text(json.dumps(fresh))
    assert [each.grade for each in backups.check()] == [Grade.FINE, Grade.FINE]
    stamp.write_text("{")
    assert only(backups.check).grade is Grade.WATCH


def test_pages_of_another_release_are_told(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    assert "No se leen los archivos" in only(pages.check).sentence
    manifest = tmp_path / "staticfiles.json"
    manifest.write_text(json.dumps({"paths": {}}))
    assert "son de otra versión" in only(pages.check).sentence
    manifest.write_text(json.dumps({"release": settings.RELEASE}))
    assert only(pages.check).grade is Grade.FINE


@pytest.mark.parametrize(
    ("is_replica", "seconds", "grade"),
    [(True, 60, Grade.FINE), (True, 61, Grade.WATCH), (False, 0, Grade.WRONG)],
)
def test_a_replica_that_is_none_or_behind_is_told(
    is_replica: bool, seconds: float, grade: Grade
) -> None:
    assert hosts.said_of_replica(is_replica=is_replica, seconds=seconds).grade is grade


@pytest.mark.django_db
def test_a_replica_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    away = ConnectionHandler({"default": {}, "replica": {**PRIMARY, "HOST": "/nowhere"}})
    monkeypatch.setattr(hosts, "connections", away)
    assert "La réplica no responde" in only(hosts.check).sentence


def test_a_redis_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    away = CacheHandler(caches_of("redis://127.0.0.1:9"))
    monkeypatch.setattr(hosts, "caches", away)
    assert "Redis no responde" in only(hosts.check).sentence


@pytest.mark.django_db
def test_nobody_at_work_is_told() -> None:
    assert "todavía" in only(worker.check).sentence
    beat(at=NOW)
    assert "desde 2026-11-29T12:00:00Z" in only(worker.check).sentence
    beat(at=timezone.now())
    assert only(worker.check).grade is Grade.FINE


def test_letters_that_stay_on_the_machine_are_told() -> None:
    assert only(mail.check).grade is Grade.WATCH


def test_a_key_that_opens_nothing_is_told(operator: User, settings: Any) -> None:
    assert Authenticator.objects.exists()
    assert [each.grade for each in secrecy.check_key()] == [Grade.FINE]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra" * 20
    assert [each.grade for each in secrecy.check_key()] == [Grade.FINE]
    settings.SECRET_KEY_FALLBACKS = []
    assert [each.grade for each in secrecy.check_key()] == [Grade.WRONG]


@pytest.mark.django_db
def test_an_empty_portal_is_told_what_it_lacks() -> None:
    said = [(each.grade, each.sentence) for each in content.check()]
    assert said[0] == (
        Grade.WRONG,
        "No hay municipalidades: ejecute «manage.py load_municipalities».",
    )
    assert said[1][0] is Grade.WATCH
    make_municipality("Puno", "210101")
    assert next(iter(content.check())).grade is Grade.FINE


@pytest.mark.django_db
@pytest.mark.parametrize(("real", "grade"), [(False, Grade.FINE), (True, Grade.WATCH)])
def test_whoever_is_made_up_operates_a_demonstration_and_no_real_portal(
    monkeypatch: pytest.MonkeyPatch, real: bool, grade: Grade
) -> None:
    monkeypatch.setattr(settings, "REAL", real)
    make_person("operador@vigia.example", Role.OPERATOR)
    assert [*content.check()][1].grade is grade
