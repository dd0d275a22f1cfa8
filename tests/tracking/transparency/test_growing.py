"""Each entry becomes a leaf of the portal's log, in its chain's order, and the tree only grows."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Municipality
from tests.tracking.transparency.trees import enter, hashes, is_consistent, is_included, root_of
from tracking.ledger.chain import sealed_text
from tracking.models import LedgerEntry, LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.transparency.checkpoints import Checkpoint
from tracking.transparency.growing import BATCH, grow
from tracking.transparency.heads import newest_head, root_at
from tracking.transparency.merkle import (
    EMPTY,
    consistency,
    inclusion,
    leaf_hash,
)
from tracking.transparency.notes import Note, Signer
from tracking.transparency.tiles import Frontier, hashes_of

NOW = timezone.now()


def leaves() -> list[bytes]:
    """The hashes of the log's leaves, from its entries."""
    rows = LogLeaf.objects.select_related("entry").order_by("position")
    return [leaf_hash(sealed_text(each.entry).encode()) for each in rows]


def head() -> LogHead:
    newest = newest_head()
    assert newest
    return newest


@given(st.integers(0, 1000), st.integers(0, 600))
def test_a_frontier_has_the_root_however_it_was_reached(before: int, more: int) -> None:
    known = hashes(before + more)
    tree = Frontier()
    for leaf in known[:before]:
        tree.add(leaf)
    again = Frontier((level, number, b"".join(row)) for level, (number, row) in tree.rows.items())
    for leaf in known[before:]:
        again.add(leaf)
    assert again.size == before + more
    assert again.root() == root_of(known)


def test_a_tree_of_three_levels_of_tiles_has_the_root(puno: Municipality) -> None:
    known = hashes(256 * 256 + 300)
    tree = Frontier()
    for leaf in known:
        tree.add(leaf)
    LogTile.objects.bulk_create(
        LogTile(level=level, number=number, hashes=b"".join(row))
        for (level, number), row in tree.changed.items()
    )
    size = len(known)
    assert tree.root() == root_of(known) == root_at(size)
    for index in (0, 255, 256, 65535, 65536, size - 1):
        proof = hashes_of(inclusion(index, size))
        assert is_included(known[index], index, size, proof, tree.root())
    for first in (1, 256, 1000, 65536, 65537):
        proof = hashes_of(consistency(first, size))
        assert is_consistent(first, size, proof, root_of(known[:first]), tree.root())


def test_what_is_entered_waits_and_then_has_a_place(
    puno: Municipality, lamas: Municipality
) -> None:
    enter(puno, 2)
    enter(lamas, 1)
    enter(puno, 1)
    assert PendingLeaf.objects.count() == 4
    assert grow(at=NOW) == 4
    placed = LogLeaf.objects.order_by("position").values_list(
        "position", "entry__inei", "entry__number"
    )
    assert list(placed) == [(0, "210101", 1), (1, "210101", 2), (2, "220501", 1), (3, "210101", 3)]
    assert not PendingLeaf.objects.exists()
    assert (head().size, head().root, head().at) == (4, root_of(leaves()).hex(), NOW)


def test_the_tree_goes_on_from_what_it_was(puno: Municipality, lamas: Municipality) -> None:
    enter(puno, 255)
    grow(at=NOW)
    before = head()
    enter(lamas, 300)
    grow(at=NOW)
    after = head()
    assert after.size == 555
    assert after.root == root_of(leaves()).hex()
    assert root_at(before.size).hex() == before.root == root_of(leaves()[:255]).hex()
    proof = hashes_of(consistency(255, 555))
    old, new = bytes.fromhex(before.root), bytes.fromhex(after.root)
    assert is_consistent(255, 555, proof, old, new)


def test_a_head_is_a_checkpoint_signed_by_each_key(puno: Municipality, settings: Settings) -> None:
    settings.LOG_ORIGIN = "vigia.pe/registro"
    old, new = (Signer.new("vigia.pe/registro") for _ in range(2))
    settings.LOG_KEYS = [str(old), str(new)]
    enter(puno, 3)
    grow(at=NOW)
    note = Note.parse(head().note)
    assert note.is_signed_by(old.verifier)
    assert note.is_signed_by(new.verifier)
    checkpoint = Checkpoint.parse(note.body)
    assert checkpoint == ("vigia.pe/registro", 3, root_of(leaves()))


def test_a_portal_without_a_key_gives_out_heads_that_nobody_signed(
    puno: Municipality, settings: Settings
) -> None:
    settings.LOG_KEYS = []
    enter(puno, 1)
    grow(at=NOW)
    assert not Note.parse(head().note).signatures


def test_the_newest_head_is_signed_again_when_the_key_is_another(
    puno: Municipality, settings: Settings
) -> None:
    enter(puno, 1)
    grow(at=NOW)
    grow(at=NOW)
    assert LogHead.objects.count() == 1
    key = Signer.new(settings.LOG_ORIGIN)
    settings.LOG_KEYS = [str(key)]
    later = NOW + dt.timedelta(1)
    assert grow(at=later) == 0
    assert LogHead.objects.count() == 2
    assert (head().size, head().at) == (1, later)
    assert Note.parse(head().note).is_signed_by(key.verifier)


def test_an_empty_log_has_no_head(db: None) -> None:
    assert grow(at=NOW) == 0
    assert newest_head() is None
    assert root_at(0) == EMPTY


def test_more_than_a_batch_is_added_in_several(puno: Municipality) -> None:
    enter(puno, BATCH + 1)
    assert grow(at=NOW) == BATCH + 1
    assert [each.size for each in LogHead.objects.all()] == [BATCH, BATCH + 1]


def test_whoever_is_told_to_end_leaves_the_rest_waiting(puno: Municipality) -> None:
    enter(puno, 3)
    assert grow(at=NOW, is_over=lambda: True) == 0
    assert PendingLeaf.objects.count() == 3


def test_two_hundred_entries_cost_as_many_queries_as_one(
    puno: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(puno, 1)
    grow(at=NOW)
    enter(puno, 200)
    with django_assert_num_queries(9):  # seven, and the two of a savepoint
        grow(at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO tracking_logleaf (position, entry_id) VALUES (7, 0)",
        "UPDATE tracking_logleaf SET position = 8 WHERE position = 1",
        "DELETE FROM tracking_logleaf",
        "DELETE FROM tracking_loghead",
        "UPDATE tracking_loghead SET size = 9",
        "DELETE FROM tracking_logtile",
        r"UPDATE tracking_logtile SET hashes = '\x00'::bytea",
        "UPDATE tracking_logtile SET number = 5",
    ],
)
def test_what_is_in_the_log_neither_changes_nor_goes_nor_leaves_a_gap(
    puno: Municipality, wrong: str
) -> None:
    enter(puno, 2)
    grow(at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(wrong)


def test_no_head_is_smaller_than_the_last(puno: Municipality) -> None:
    enter(puno, 2)
    grow(at=NOW)
    with pytest.raises(IntegrityError, match="no es menor"), transaction.atomic():
        LogHead.objects.create(size=1, root=root_at(1).hex(), at=NOW, note="")


def test_an_entry_waits_by_whatever_hand_it_came(puno: Municipality) -> None:
    (entry,) = enter(puno, 1)
    assert PendingLeaf.objects.get().entry == entry
    assert LedgerEntry.objects.count() == 1
