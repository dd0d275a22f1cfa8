"""Witnesses cosign heads: only what their key and ours signed is kept, and what contradicts us."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Municipality
from tests.tracking.transparency.trees import enter
from tests.verifier.program import vigia_verify
from tracking.models import Cosignature, HeadConflict, Witness
from tracking.public.views import witnesses as sent_by_witnesses
from tracking.transparency import witnesses
from tracking.transparency.checkpoints import Checkpoint, checkpoint_of
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head, root_at
from tracking.transparency.keys import signers
from tracking.transparency.notes import Algorithm, Note, Signer, signed
from tracking.transparency.witnesses import LONGEST_NOTE, end, register

ADDRESS = "/registro/testigos/"
OVERSEER = Signer.new("testigo.example.pe/v1", Algorithm.COSIGNATURE)
NEIGHBOUR = Signer.new("otro.example.pe/v1", Algorithm.COSIGNATURE)
NOW = timezone.now()


@pytest.fixture
def witness(puno: Municipality) -> Witness:
    """One that is registered, and a log of three leaves and then of five."""
    for count in (3, 2):
        enter(puno, count)
        grow(at=NOW)
    return register("Colegio de Contadores", str(OVERSEER.verifier))


@pytest.fixture(autouse=True)
def _asked_as_often_as_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sent_by_witnesses.RATES, "from_address", "1000/h/key")


def checkpoint() -> str:
    head = newest_head()
    assert head
    return head.note


def cosigned(note: str, *by: Signer, at: datetime = NOW) -> str:
    body = Note.parse(note).body
    return note + "".join(each.cosignature(body, int(at.timestamp())) for each in by)


def send(content: str | bytes) -> Any:
    return Client(enforce_csrf_checks=True).post(ADDRESS, content, content_type="text/plain")


def refused(content: str | bytes) -> tuple[int, str]:
    """The status and the sentence with which CONTENT is refused: nothing of it is kept."""
    before = Cosignature.objects.count()
    answer = send(content)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert Cosignature.objects.count() == before
    return answer.status_code, answer.content.decode()


def test_a_cosigned_head_is_kept_once(witness: Witness) -> None:
    answer = send(cosigned(checkpoint(), OVERSEER))
    assert (answer.status_code, answer.content.decode()) == (
        200,
        "Refrendo guardado: Colegio de Contadores.\n",
    )
    kept = witness.cosignatures.get()
    head = newest_head()
    assert head
    assert (kept.size, kept.root) == (5, head.root)
    assert kept.signed_at == NOW.replace(microsecond=0)
    again = Note.parse(f"{checkpoint()}{kept.line}\n")
    assert again.cosigned_by(OVERSEER.verifier) == (int(NOW.timestamp()), kept.line)
    answer = send(cosigned(checkpoint(), OVERSEER))
    assert (answer.status_code, "no cambió nada" in answer.content.decode()) == (200, True)
    assert witness.cosignatures.count() == 1


def test_a_head_of_any_size_that_the_log_had_is_taken(witness: Witness) -> None:
    assert send(cosigned(checkpoint_of(2, root_at(2)), OVERSEER)).status_code == 200
    assert send(cosigned(checkpoint(), OVERSEER)).status_code == 200
    assert list(witness.cosignatures.values_list("size", flat=True)) == [2, 5]


def test_several_witnesses_of_one_note_are_each_kept(witness: Witness) -> None:
    register("Universidad", str(NEIGHBOUR.verifier))
    unknown = Signer.new("nadie.example.pe", Algorithm.COSIGNATURE)
    answer = send(cosigned(checkpoint(), OVERSEER, unknown, NEIGHBOUR))
    assert "Refrendos guardados: Colegio de Contadores, Universidad." in answer.content.decode()
    assert Cosignature.objects.count() == 2


def test_the_checkpoint_carries_what_witnesses_signed_of_it_last(
    witness: Witness, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ended = register("Universidad", str(NEIGHBOUR.verifier))
    older, newer = NOW - timedelta(days=2), NOW - timedelta(days=1)
    send(cosigned(checkpoint_of(3, root_at(3)), OVERSEER, at=older))
    for at in (older, newer):
        send(cosigned(checkpoint(), OVERSEER, NEIGHBOUR, at=at))
    end(ended)
    with django_assert_num_queries(2):
        served = Client().get("/registro/checkpoint").content
    assert served.decode() == cosigned(checkpoint(), OVERSEER, at=newer)
    read = vigia_verify.Checkpoint.parse(served)
    assert read.cosigned_by(vigia_verify.Key.parse(witness.key)) == int(newer.timestamp())


def test_no_more_lines_are_served_than_every_reader_takes(
    witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("Universidad", str(NEIGHBOUR.verifier))
    send(cosigned(checkpoint(), OVERSEER, at=NOW - timedelta(hours=1)))
    send(cosigned(checkpoint(), NEIGHBOUR))
    monkeypatch.setattr(witnesses, "MOST_LINES", 2)
    served = Client().get("/registro/checkpoint").content.decode()
    assert served == cosigned(checkpoint(), NEIGHBOUR)


def test_who_sends_on_what_another_signed_is_not_refused_for_it(
    witness: Witness, puno: Municipality
) -> None:
    register("Universidad", str(NEIGHBOUR.verifier))
    taken_home = cosigned(checkpoint(), OVERSEER, at=NOW - timedelta(hours=1))
    send(taken_home)
    enter(puno, 1)
    grow(at=NOW)
    send(cosigned(checkpoint(), OVERSEER))
    answer = send(cosigned(taken_home, NEIGHBOUR))
    assert answer.content.decode() == "Refrendo guardado: Universidad.\n"


def test_what_is_no_cosignature_of_a_witness_is_not_believed(witness: Witness) -> None:
    note = checkpoint()
    assert refused(cosigned(note, NEIGHBOUR)) == (
        403,
        "Ninguna línea es de un testigo registrado aquí. Para ser testigo, envíe su clave pública "
        "a quien opera el portal.\n",
    )
    assert refused(note)[0] == 403
    other = cosigned(checkpoint_of(2, root_at(2)), OVERSEER).splitlines()[-1]
    status, sentence = refused(f"{note}{other}\n")
    assert (status, "no lo firmó la clave de Colegio de Contadores" in sentence) == (403, True)
    end(witness)
    assert refused(cosigned(note, OVERSEER))[0] == 403


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        ("", 400, "No es una nota firmada"),
        ("hola", 400, "No es una nota firmada"),
        (b"\xff\xfe", 400, "No es texto UTF-8"),
        ("x" * (LONGEST_NOTE + 1), 413, "demasiado largo"),
        ("uno\n\n", 400, "no lleva una cabeza"),
        ("localhost/registro\n05\n\n", 400, "no lleva una cabeza"),
    ],
    ids=lambda each: str(each)[:12],
)
def test_what_is_no_head_is_said(
    witness: Witness, content: str | bytes, status: int, sentence: str
) -> None:
    answered, said = refused(content)
    assert (answered, sentence in said) == (status, True)


def test_of_another_log_or_not_signed_by_us_is_said(witness: Witness, settings: Settings) -> None:
    root = root_at(5)
    theirs = signed(str(Checkpoint("otro.example.pe/registro", 5, root)), signers())
    assert refused(cosigned(theirs, OVERSEER)) == (
        404,
        "Es la cabeza de «otro.example.pe/registro»; este registro es «localhost/registro».\n",
    )
    body = str(Checkpoint(settings.LOG_ORIGIN, 5, bytes(32)))
    forged = signed(body, [Signer.new(settings.LOG_ORIGIN)])
    assert refused(cosigned(forged, OVERSEER))[0] == 403
    settings.LOG_PUBLIC_KEYS = []
    assert "todavía no firma" in refused(cosigned(checkpoint(), OVERSEER))[1]
    assert not HeadConflict.objects.exists()


def test_a_former_key_still_counts(witness: Witness, settings: Settings) -> None:
    note = checkpoint()
    settings.LOG_FORMER_KEYS = settings.LOG_PUBLIC_KEYS
    settings.LOG_PUBLIC_KEYS = [str(Signer.new(settings.LOG_ORIGIN).verifier)]
    assert send(cosigned(note, OVERSEER)).status_code == 200


def test_two_histories_that_we_signed_are_evidence(
    witness: Witness, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever shows it needs to be no witness: our signature is what counts."""
    note = checkpoint_of(3, bytes(32))
    with caplog.at_level(logging.ERROR):
        status, sentence = refused(note)
    assert (status, "firmó dos historias" in sentence) == (409, True)
    assert HeadConflict.objects.get().note == note
    assert [record.levelname for record in caplog.records if "signed" in record.message] == [
        "ERROR"
    ]
    assert refused(cosigned(note, OVERSEER))[0] == 409
    assert HeadConflict.objects.count() == 1
    page = Client().get("/registro/").content.decode()
    assert "Este registro se contradice" in page
    assert note.splitlines()[2] in page


def test_a_head_that_a_restored_backup_lost_is_evidence(witness: Witness) -> None:
    status, sentence = refused(cosigned(checkpoint_of(9, bytes(32)), OVERSEER))
    assert (status, "de 9 asientos, y su registro tiene 5" in sentence) == (409, True)
    assert HeadConflict.objects.get().size == 9


def test_a_time_that_cannot_be_is_refused(witness: Witness) -> None:
    note = checkpoint()
    for at in (NOW + timedelta(days=1), datetime.fromtimestamp(0, UTC)):  # all tests take hours
        status, sentence = refused(cosigned(note, OVERSEER, at=at))
        assert (status, "no dice cuándo" in sentence) == (400, True)
    body = Note.parse(note).body
    assert refused(note + OVERSEER.cosignature(body, 2**64 - 1))[0] == 400


def test_one_older_than_what_is_held_is_refused(witness: Witness) -> None:
    assert send(cosigned(checkpoint(), OVERSEER)).status_code == 200
    older = checkpoint_of(3, root_at(3))
    for note, at in ((checkpoint(), NOW - timedelta(days=1)), (older, NOW)):
        status, sentence = refused(cosigned(note, OVERSEER, at=at))
        assert (status, "ya hay un refrendo más nuevo" in sentence) == (409, True)


def test_who_sends_too_often_waits(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sent_by_witnesses.RATES, "from_address", "2/h/key")
    answers = [send("hola") for _each in range(3)]
    assert [each.status_code for each in answers] == [400, 400, 429]
    assert answers[-1]["Retry-After"] == "3600"


def test_who_reads_the_address_is_led_to_the_page(client: Client) -> None:
    assert client.get(ADDRESS)["Location"] == "/registro/"


def test_what_witnesses_sent_stays(witness: Witness) -> None:
    send(cosigned(checkpoint(), OVERSEER))
    send(checkpoint_of(9, bytes(32)))
    for model in (Cosignature, HeadConflict):
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.update(root="0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.all().delete()


def test_the_command_says_who_is_a_witness(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    key = str(OVERSEER.verifier)
    call_command("witness", "add", "Colegio", key, "--url", "https://testigo.example.pe/")
    call_command("witness", "list")
    assert f"Colegio: {key} https://testigo.example.pe/\n" in capsys.readouterr().out
    call_command("witness", "end", key)
    call_command("witness", "list")
    assert "Colegio (terminó)" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No hay testigo con esa clave"):
        call_command("witness", "end", key)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("clave", "debe ser la pública del testigo"),
        (str(OVERSEER), "debe ser la pública del testigo"),
        (str(Signer.new("a").verifier), "firma textos y no refrendos"),
    ],
    ids=["none", "private", "of a text"],
)
def test_no_other_key_is_a_witness_s(db: None, key: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("witness", "add", "Colegio", key)


def test_a_key_is_of_one_witness(witness: Witness) -> None:
    with pytest.raises(CommandError, match="Ya existe"):
        call_command("witness", "add", "Otro", witness.key)
