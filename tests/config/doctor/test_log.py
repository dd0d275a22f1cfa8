"""What is said of the log: what waits for it, and who signs its heads."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Municipality
from config.doctor.findings import Grade
from config.doctor.log import check
from tests.tracking.tampering import tampered
from tests.tracking.transparency.trees import enter
from tracking.models import LedgerEntry
from tracking.transparency.growing import grow
from tracking.transparency.notes import Signer

pytestmark = pytest.mark.django_db


def found(grade: Grade = Grade.WRONG) -> list[str]:
    return [each.sentence for each in check() if each.grade is grade]


def test_a_log_that_has_all_and_is_signed_is_well(puno: Municipality) -> None:
    enter(puno, 2)
    grow(at=timezone.now())
    assert found() == []
    assert found(Grade.FINE)[:2] == [
        "El registro del portal tiene 2 asientos.",
        "La última cabeza del registro del portal lleva todas sus firmas.",
    ]


def test_what_waits_longer_than_a_worker_takes_is_wrong(puno: Municipality) -> None:
    enter(puno, 1)
    tampered(LedgerEntry, "UPDATE {table} SET at = %s", timezone.now() - dt.timedelta(minutes=9))
    assert found() == []
    tampered(LedgerEntry, "UPDATE {table} SET at = %s", timezone.now() - dt.timedelta(minutes=11))
    assert found() == [
        "Hay asientos que esperan entrar al registro del portal hace 11\xa0minutos: encienda "
        "«manage.py work» (vigia-work) o ejecute «manage.py work --once»."
    ]


def test_heads_without_a_signature_are_wrong_where_it_is_real(settings: Settings) -> None:
    settings.LOG_KEYS = settings.LOG_PUBLIC_KEYS = []
    assert found() == []
    settings.REAL = True
    assert found() == [
        "Las cabezas del registro del portal salen sin firma: haga una clave con «manage.py "
        "new_log_key» y póngala en LOG_KEYS."
    ]


def test_a_key_that_is_told_and_does_not_sign_is_wrong(
    settings: Settings, puno: Municipality
) -> None:
    enter(puno, 1)
    grow(at=timezone.now())
    other = str(Signer.new(settings.LOG_ORIGIN).verifier)
    settings.LOG_PUBLIC_KEYS = [*settings.LOG_PUBLIC_KEYS, other]
    (said,) = found()
    assert said.startswith(f"La última cabeza del registro del portal no lleva la firma de {other}")
