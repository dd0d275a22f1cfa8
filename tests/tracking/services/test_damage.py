"""What the portal keeps and is no longer what it took: nobody is given it, and it is told."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.services.sending import send_queued
from plans.models import SourceDocument
from tests.conftest import MakeOnce, SignIn
from tests.factories import make_person
from tests.pages import unescaped
from tests.tracking.issued import Accounted, issued_and_printed
from tests.tracking.tampering import tampered
from tracking.models import Support

pytestmark = pytest.mark.django_db

PLAN = "/m/puno/2019-2022"
ALTERED = "Lo que guarda el portal ya no es el archivo que recibió"
GONE = "El portal ya no tiene este archivo, o no puede leerlo."


@pytest.fixture(scope="module")
def accounted(make_once: MakeOnce) -> Accounted:
    return make_once(issued_and_printed)


@pytest.fixture
def support(db: None, accounted: Accounted) -> Iterator[Support]:
    """A published one, whose bytes are its title."""
    found = Support.objects.get()
    default_storage.save(found.storage_name, ContentFile(found.title.encode()))
    yield found
    default_storage.delete(found.storage_name)


def doors(support: Support, accounted: Accounted, signed_in: SignIn) -> list[tuple[Client, str]]:
    """Where its bytes can be asked for: by anybody, and by officers."""
    office = f"/gestion/semestre/puno/2019-I/S.1.1.1/sustentos/{support.pk}/"
    public = f"{PLAN}/S.1.1.1/sustento/{support.pk}/"
    return [(Client(), public), (signed_in(accounted.planner), office)]


def altered(support: Support) -> None:
    default_storage.delete(support.storage_name)
    default_storage.save(support.storage_name, ContentFile(b"otra cosa"))


def test_a_support_is_served_while_it_is_what_was_taken(
    support: Support, accounted: Accounted, signed_in: SignIn
) -> None:
    for client, address in doors(support, accounted, signed_in):
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == support.title.encode()  # type: ignore[attr-defined]


def test_an_altered_support_is_served_nowhere(
    support: Support, accounted: Accounted, signed_in: SignIn
) -> None:
    altered(support)
    for client, address in doors(support, accounted, signed_in):
        answer = client.get(address)
        assert answer.status_code == 503
        assert ALTERED in unescaped(answer)
        assert support.sha256 in unescaped(answer)
        assert f'href="{PLAN}/S.1.1.1/#2019-I"' in unescaped(answer)
        assert "no-store" in answer["Cache-Control"]


def test_a_support_whose_file_is_gone_is_answered_with_a_page(
    support: Support, accounted: Accounted, signed_in: SignIn
) -> None:
    default_storage.delete(support.storage_name)
    for client, address in doors(support, accounted, signed_in):
        answer = client.get(address)
        assert answer.status_code == 503
        assert GONE in unescaped(answer)


def test_the_operator_is_told_by_log_each_time_and_by_mail_once_a_day(
    client: Client, support: Support, caplog: pytest.LogCaptureFixture
) -> None:
    make_person("operador@vigia.pe", Role.OPERATOR)
    cache.clear()
    altered(support)
    address = f"{PLAN}/S.1.1.1/sustento/{support.pk}/"
    for _time in range(2):
        client.get(address)
    told = [each for each in caplog.records if each.name == "tracking.services.damage"]
    assert [each.levelname for each in told] == ["ERROR", "ERROR"]
    assert support.sha256 in told[0].getMessage()
    send_queued(at=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == ["operador@vigia.pe"]
    assert f"http://testserver{address}" in letter.body
    assert support.sha256 in letter.body


def test_a_document_that_was_altered_in_the_database_is_held_to_the_same(
    client: Client, accounted: Accounted
) -> None:
    """Of editions and their files the database itself holds that they give their digests."""
    address = f"{PLAN}/documento/?formato=texto"
    assert client.get(address).status_code == 200
    caches["pages"].clear()
    tampered(SourceDocument, "UPDATE {table} SET text = text || ' '")
    answer = client.get(address)
    assert answer.status_code == 503
    assert ALTERED in unescaped(answer)
