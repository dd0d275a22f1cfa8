"""What an overseer downloads: each entry, what it has the digest of, and the program."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.tracking.issued import Accounted
from tests.tracking.taken import content, fill, lines
from tracking.models import LedgerEntry

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
    assert Client().get("/m/nada/registro/ledger.jsonl").status_code == 404


def test_what_is_no_longer_published_is_null(filled: Accounted) -> None:
    filled.plan.__class__.objects.update(version=0)
    assert {line["content"] for line in _lines("/datos/contents.jsonl")} >= {None}


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
