"""Whoever looks from inside finds where the log and the ledgers, or the log and itself, differ."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Municipality
from tests.tracking.signed import root, somebody
from tests.tracking.tampering import tampered, unguarded
from tests.tracking.transparency.authority import stamp_head
from tests.tracking.transparency.trees import NOON, enter
from tracking.ledger.chain import chain_value
from tracking.models import HeadStamp, LedgerEntry, LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.transparency.growing import grow
from tracking.transparency.notes import Signer
from tracking.transparency.verifying import backdated, faults_of_log

NOW = timezone.now()


@pytest.fixture
def grown(puno: Municipality, lamas: Municipality) -> None:
    """Three heads: of 2, of 300 and of 301 leaves; one entry waits."""
    enter(lamas, 2)
    grow(at=NOW)
    enter(puno, 298)
    grow(at=NOW)
    enter(lamas, 1)
    grow(at=NOW)
    enter(lamas, 1)


def test_a_log_that_is_its_ledgers_has_no_fault(grown: None) -> None:
    assert not list(faults_of_log())


def test_a_portal_without_entries_has_no_fault(db: None) -> None:
    assert not list(faults_of_log())


@pytest.mark.parametrize(
    ("model", "sql", "fault"),
    [
        (LedgerEntry, "UPDATE {table} SET digest = repeat('0', 64) WHERE number = 7", "tesela 0/0"),
        (LedgerEntry, "UPDATE {table} SET unit = 'Otra' WHERE number = 3", "tesela 0/1"),
        (PendingLeaf, "DELETE FROM {table}", "ni lo espera"),
        (LogLeaf, "DELETE FROM {table} WHERE position = 300", "ni lo espera"),
        (LogLeaf, "DELETE FROM {table} WHERE position = 7", "falta la hoja 7"),
        (LogLeaf, "DELETE FROM {table} WHERE position = 300", "las últimas hojas"),
        (
            LogLeaf,
            "UPDATE {table} SET position = 700 - position WHERE position IN (340, 299, 298, 300)",
            "falta la hoja",
        ),
        (LogTile, "DELETE FROM {table} WHERE level = 1", "tesela 1/0"),
        (LogTile, "UPDATE {table} SET hashes = hashes || hashes WHERE number = 1", "tesela 0/1"),
        (
            LogTile,
            "INSERT INTO {table} (level, number, hashes) VALUES (0, 9, decode('00', 'hex'))",
            "1 teselas no son",
        ),
        (LogHead, "UPDATE {table} SET root = repeat('0', 64) WHERE size = 2", "no es la raíz"),
        (LogHead, "UPDATE {table} SET size = 7 WHERE size = 2", "no es la raíz"),
        (LogHead, "UPDATE {table} SET note = 'x' WHERE size = 2", "no se puede leer"),
        (LogHead, "DELETE FROM {table} WHERE size = 301", "ninguna cabeza"),
    ],
)
def test_what_somebody_with_every_right_changed_is_found(
    grown: None, model: type, sql: str, fault: str
) -> None:
    tampered(model, sql)
    assert any(fault in each for each in faults_of_log())


def test_what_waits_for_an_entry_that_is_gone_is_found(grown: None) -> None:
    with unguarded(PendingLeaf), connection.cursor() as cursor:
        cursor.execute("UPDATE tracking_pendingleaf SET entry_id = entry_id + 1000")
    assert any("espera un asiento que ya no está" in each for each in faults_of_log())


def test_two_entries_exchanged_in_the_log_are_found(grown: None) -> None:
    tampered(LogLeaf, "UPDATE {table} SET position = position + 1000 WHERE position < 2")
    tampered(LogLeaf, "UPDATE {table} SET position = 1001 - position WHERE position >= 1000")
    assert any("va antes que la del anterior" in each for each in faults_of_log())


def test_an_entry_that_was_given_a_date_of_before_is_told(puno: Municipality) -> None:
    """Before it was in the log: every head goes on from every other, and nothing is at fault."""
    enter(puno, 1)
    grow(at=NOW)
    (late,) = enter(puno, 1)
    for days, is_found in ((1, False), (3, True)):
        late.at = NOON - timedelta(days)
        late.chain = chain_value(late)
        tampered(
            LedgerEntry,
            "UPDATE {table} SET at = %s, chain = %s WHERE id = %s",
            *(late.at, late.chain, late.pk),
        )
        with transaction.atomic():
            grow(at=NOW)
            said, faults = list(backdated()), list(faults_of_log())
            transaction.set_rollback(True)
        assert [each.startswith("Aviso: ") for each in said] == [True] * is_found
        assert not faults


def test_a_head_that_another_key_signed_is_found(puno: Municipality, settings: Settings) -> None:
    settings.LOG_KEYS = [str(Signer.new(settings.LOG_ORIGIN))]
    enter(puno, 1)
    grow(at=NOW)
    assert any("no lleva firma" in each for each in faults_of_log())


def test_a_head_that_a_former_key_signed_stands(puno: Municipality, settings: Settings) -> None:
    former = Signer.new(settings.LOG_ORIGIN)
    settings.LOG_KEYS = [str(former)]
    enter(puno, 1)
    grow(at=NOW)
    settings.LOG_KEYS, settings.LOG_FORMER_KEYS = [], [str(former.verifier)]
    assert not list(faults_of_log())


@pytest.fixture
def stamp(grown: None, settings: Settings) -> HeadStamp:
    """One of the newest head."""
    settings.TSA_ROOTS = [root().certificate]
    return stamp_head()


def test_a_stamp_that_is_what_it_says_is_no_fault(stamp: HeadStamp, settings: Settings) -> None:
    assert not list(faults_of_log())
    settings.TSA_ROOTS = []  # nobody can say whose it is
    assert not list(faults_of_log())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("head_id = (SELECT id FROM tracking_loghead WHERE size = 2)", "no es de su cabeza"),
        (r"response = '\x3000'", "no es de su cabeza"),
        ("stamped_at = stamped_at - interval '1 year'", "dice otra hora u otra autoridad"),
        ("authority = 'Una más conocida'", "dice otra hora u otra autoridad"),
    ],
)
def test_a_stamp_that_somebody_changed_is_found(stamp: HeadStamp, change: str, fault: str) -> None:
    tampered(HeadStamp, f"UPDATE {{table}} SET {change}")
    assert any(f"sello de tiempo {stamp.week} {fault}" in each for each in faults_of_log())


def test_a_stamp_that_the_operator_made_alone_is_found(
    stamp: HeadStamp, settings: Settings
) -> None:
    settings.TSA_ROOTS = [somebody("Otra raíz", vouches=True).certificate]
    assert any("o de ninguna autoridad de TSA_ROOTS" in each for each in faults_of_log())
