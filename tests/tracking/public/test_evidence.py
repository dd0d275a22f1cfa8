"""What an overseer downloads: each entry, what it has the digest of, and the program."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_municipality
from tests.tracking.issued import Accounted
from tests.tracking.taken import content, fill, lines
from tests.tracking.transparency.trees import enter
from tracking.models import LedgerEntry
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head
from tracking.transparency.proofs import inclusion_proof

pytestmark = pytest.mark.django_db


def _lines(address: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content(address).splitlines()]


@pytest.fixture
def filled(accounted: Accounted) -> Accounted:
    """A ledger with nearly every act."""
    fill(accounted)
    return accounted


def test_every_content_gives_the_digest_of_its_entry(filled: Accounted) -> None:
    entries = LedgerEntry.objects.order_by("pk")
    read = _lines("/datos/contents.jsonl")
    assert len({entry.act for entry in entries}) > 7
    assert [(line["id"], line["inei"], line["number"]) for line in read] == [
        (entry.pk, entry.inei, entry.number) for entry in entries
    ]
    assert [sha256(line["content"].encode()).hexdigest() for line in read] == [
        entry.digest for entry in entries
    ]


def test_a_municipality_has_its_own_files_in_the_same_order(filled: Accounted) -> None:
    assert _lines("/m/puno/registro/contents.jsonl") == _lines("/datos/contents.jsonl")
    assert _lines("/m/puno/registro/ledger.jsonl") == lines("ledger")
    assert Client().get("/m/nada/registro/contents.jsonl").status_code == 404
    assert Client().get("/m/nada/registro/proofs.jsonl?size=0").status_code == 404
    assert Client().get("/m/nada/registro/ledger.jsonl").status_code == 404


def test_what_is_no_longer_published_is_null(filled: Accounted) -> None:
    filled.plan.__class__.objects.update(version=0)
    assert {line["content"] for line in _lines("/datos/contents.jsonl")} >= {None}


def test_an_entry_says_its_place_in_the_log_once_it_has_one(filled: Accounted) -> None:
    etag = Client().head("/datos/ledger.jsonl")["ETag"]
    assert {line["leaf"] for line in lines("ledger")} == {None}
    grow(at=timezone.now())
    assert [line["leaf"] for line in lines("ledger")] == list(range(LedgerEntry.objects.count()))
    for address in ("/datos/ledger.jsonl", "/m/puno/registro/ledger.jsonl"):
        answer: Any = Client().get(address, headers={"If-None-Match": etag})
        assert answer.status_code == 200  # nothing was published since, and it says more
        b"".join(answer.streaming_content)


def test_each_entry_of_a_municipality_comes_with_its_proof(
    filled: Accounted, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(make_municipality("Lamas", "220501"), 3)
    grow(at=timezone.now())
    head = newest_head()
    assert head
    monkeypatch.setattr("tracking.public.opendata.proofs.AT_ONCE", 2)
    proofs = _lines(f"/m/lamas/registro/proofs.jsonl?size={head.size}")
    assert proofs == [
        {key: value for key, value in inclusion_proof(index, head.size).items() if key != "root"}
        for index in range(head.size - 3, head.size)
    ]
    fewer = _lines(f"/m/lamas/registro/proofs.jsonl?size={head.size - 1}")
    assert [proof["index"] for proof in fewer] == [head.size - 3, head.size - 2]
    for size in ("", "x", "-1", str(head.size + 1), "9" * 30):
        assert Client().get(f"/m/lamas/registro/proofs.jsonl?size={size}").status_code == 404


def test_contents_are_read_by_kind_however_many_there_are(
    filled: Accounted,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(26):
        whole = content("/datos/contents.jsonl")
    monkeypatch.setattr("tracking.public.opendata.contents.AT_ONCE", 2)
    assert content("/datos/contents.jsonl") == whole


def test_the_program_is_the_one_of_the_repository(client: Client) -> None:
    answer: Any = client.get("/registro/vigia-verify.py")
    repository = Path(settings.BASE_DIR) / "bin" / "vigia-verify"
    assert b"".join(answer.streaming_content) == repository.read_bytes()
    assert 'filename="vigia-verify.py"' in answer["Content-Disposition"]
