"""The log as programs read it: checkpoint, tiles, bundles and proofs, as C2SP has them."""

import hashlib
from base64 import b64decode

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from tests.tracking.transparency.trees import enter, is_consistent, is_included, root_of
from tracking.ledger.chain import sealed_text
from tracking.models import LedgerEntry, LogLeaf
from tracking.transparency.checkpoints import Checkpoint
from tracking.transparency.growing import grow
from tracking.transparency.merkle import leaf_hash
from tracking.transparency.notes import Note

NOW = timezone.now()


@pytest.fixture
def grown(puno: Municipality, lamas: Municipality) -> list[bytes]:
    """The hashes of the 300 leaves of a log: the first 3 of Lamas."""
    enter(lamas, 3)
    enter(puno, 297)
    grow(at=NOW)
    rows = LogLeaf.objects.select_related("entry").order_by("position")
    return [leaf_hash(sealed_text(each.entry).encode()) for each in rows]


def read(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return bytes(answer.content)


def test_the_checkpoint_is_the_newest_head(client: Client, grown: list[bytes]) -> None:
    answer = client.get("/registro/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    head = Checkpoint.parse(Note.parse(answer.content.decode()).body)
    assert (head.size, head.root) == (300, root_of(grown))


def test_tiles_have_the_hashes_of_the_leaves_and_of_what_is_above(
    client: Client, grown: list[bytes]
) -> None:
    assert read(client, "/registro/tile/0/000") == b"".join(grown[:256])
    assert read(client, "/registro/tile/0/001.p/44") == b"".join(grown[256:])
    assert read(client, "/registro/tile/0/001.p/7") == b"".join(grown[256:263])
    assert read(client, "/registro/tile/1/000.p/1") == root_of(grown[:256])
    answer = client.get("/registro/tile/0/000")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "immutable" in answer["Cache-Control"]


def test_bundles_have_the_data_of_the_leaves(client: Client, grown: list[bytes]) -> None:
    rest, found = read(client, "/registro/tile/entries/001.p/44"), []
    while rest:
        length = int.from_bytes(rest[:2], "big")
        found.append(rest[2 : 2 + length])
        rest = rest[2 + length :]
    assert [leaf_hash(each) for each in found] == grown[256:]
    newest = LedgerEntry.objects.order_by("-pk")[:1].get()
    assert hashlib.sha256(found[-1]).hexdigest() == newest.chain


def test_an_entry_is_proved_by_what_one_address_says(
    client: Client, grown: list[bytes], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        answer = client.get("/m/lamas/registro/2/prueba.json")
    proved = answer.json()
    leaf = leaf_hash(proved["leaf"].encode())
    assert leaf == grown[1]
    head = Checkpoint.parse(Note.parse(proved["checkpoint"]).body)
    assert (proved["index"], proved["size"], b64decode(proved["root"])) == (1, 300, head.root)
    assert is_included(leaf, 1, 300, [b64decode(each) for each in proved["proof"]], head.root)


def test_a_leaf_is_proved_to_be_in_the_log_of_any_size(
    client: Client, grown: list[bytes], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        proved = client.get("/registro/inclusion/299-300.json").json()
    proof = [b64decode(each) for each in proved["proof"]]
    assert is_included(grown[299], 299, 300, proof, root_of(grown))
    proved = client.get("/registro/inclusion/5-17.json").json()
    assert b64decode(proved["root"]) == root_of(grown[:17])


def test_the_log_is_proved_to_go_on_from_a_former_size(client: Client, grown: list[bytes]) -> None:
    proved = client.get("/registro/consistencia/100-300.json").json()
    proof = [b64decode(each) for each in proved["proof"]]
    assert (proved["first"], proved["size"]) == (100, 300)
    assert is_consistent(100, 300, proof, root_of(grown[:100]), root_of(grown))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/registro/inclusion/299-301.json", 404),
        ("/registro/inclusion/300-300.json", 400),
        ("/registro/inclusion/0-0.json", 400),
        (f"/registro/inclusion/0-{10**40}.json", 404),
        ("/registro/consistencia/300-301.json", 404),
        ("/registro/consistencia/0-300.json", 400),
        ("/registro/consistencia/300-299.json", 400),
        ("/registro/tile/0/001", 404),
        ("/registro/tile/0/001.p/45", 404),
        ("/registro/tile/0/001.p/0", 404),
        ("/registro/tile/0/001.p/256", 404),
        ("/registro/tile/0/1", 404),
        ("/registro/tile/0/x000/001.p/4", 404),
        ("/registro/tile/0/x999/x999/x999/x999/999", 404),
        (f"/registro/tile/{10**40}/000", 404),
        ("/registro/tile/entries/001", 404),
        ("/registro/tile/entries/002.p/1", 404),
        ("/m/lamas/registro/4/prueba.json", 404),
        ("/m/nadie/registro/1/prueba.json", 404),
    ],
)
def test_what_is_not_there_is_said(
    client: Client, grown: list[bytes], address: str, status: int
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "max-age=31536000" not in answer.get("Cache-Control", "")


def test_an_entry_that_waits_says_so(
    client: Client, grown: list[bytes], lamas: Municipality
) -> None:
    enter(lamas, 1)
    answer = client.get("/m/lamas/registro/4/prueba.json")
    assert answer.status_code == 404
    assert "aún espera" in answer.json()["detail"]


@pytest.mark.parametrize(
    "address", ["/registro/checkpoint", "/registro/tile/0/000", "/registro/inclusion/0-1.json"]
)
def test_an_empty_log_has_nothing(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_is_written_there(client: Client, grown: list[bytes]) -> None:
    assert client.post("/registro/checkpoint").status_code == 405
