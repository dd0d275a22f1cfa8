"""What is said of the log: what waits for it, and who signs its heads."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Municipality
from config.doctor.findings import Grade
from config.doctor.log import check
from tests.tracking.tampering import tampered
from tests.tracking.transparency.authority import keep_stamp
from tests.tracking.transparency.trees import enter
from tracking.models import HeadConflict, LedgerEntry
from tracking.transparency.checkpoints import checkpoint_of
from tracking.transparency.growing import grow
from tracking.transparency.heads import root_at
from tracking.transparency.notes import Algorithm, Note, Signer
from tracking.transparency.witnesses import end, register, take

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
        "new_log_key» y ponga cada mitad donde dice docs/deploy.md."
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


def test_a_head_that_contradicts_the_log_is_wrong_until_it_has_another_name(
    settings: Settings,
) -> None:
    note = checkpoint_of(3, bytes(32))
    HeadConflict.objects.create(size=3, root="00" * 32, note=note)
    (said,) = found()
    assert said.startswith(
        "El portal firmó 1 cabeza que su registro no tiene (está en /registro/): se restauró una "
        "copia anterior, o alguien rehízo la base o tiene la clave."
    )
    settings.LOG_ORIGIN += "/2"
    assert found() == []


def test_a_log_without_a_witness_is_to_be_watched_where_it_has_a_key(settings: Settings) -> None:
    assert found(Grade.WATCH) == [
        "Ningún testigo guarda las cabezas del registro del portal: proponga a alguien de fuera "
        "que lo haga, y regístrelo con «manage.py witness add»."
    ]
    settings.LOG_KEYS = settings.LOG_PUBLIC_KEYS = []
    assert found(Grade.WATCH) == []


def test_a_witness_that_lacks_what_the_log_had_a_week_ago_is_named(puno: Municipality) -> None:
    now = timezone.now()
    key = Signer.new("testigo.example.pe", Algorithm.COSIGNATURE)
    witness = register("Colegio de Contadores", str(key.verifier))
    enter(puno, 2)
    grow(at=now - dt.timedelta(days=8))
    assert found(Grade.WATCH) == []  # it is not there for a week yet
    witness.registered_at = now - dt.timedelta(days=9)
    witness.save()
    (said,) = found(Grade.WATCH)
    assert said.startswith(
        "Hace más de 7 días que no refrendan lo nuevo del registro del portal: Colegio de "
        "Contadores. Pregúnteles qué pasó"
    )
    note = checkpoint_of(2, root_at(2))
    moment = int((now - dt.timedelta(days=8)).timestamp())
    take(note + key.cosignature(Note.parse(note).body, moment), at=now)
    enter(puno, 1)
    grow(at=now)
    assert found(Grade.WATCH) == []  # what is new waits for a week
    assert "1 testigo refrenda el registro del portal." in found(Grade.FINE)
    end(witness)
    (said,) = found(Grade.WATCH)
    assert said.startswith("Ningún testigo")


def stamped(*, days: float) -> None:
    keep_stamp(timezone.now() - dt.timedelta(days=days))


def test_an_authority_that_stamps_no_more_is_wrong(settings: Settings, puno: Municipality) -> None:
    settings.TSA_URL = "http://tsa.example.pe/"
    assert found() == []  # there is nothing to be stamped yet
    enter(puno, 1)
    grow(at=timezone.now())
    why = (
        ": vea en la bitácora de «manage.py work» (vigia-work) por qué no llega («The time-stamp "
        "…») y corrija TSA_URL o TSA_ROOTS."
    )
    assert found() == [
        f"El registro del portal no tiene ningún sello de tiempo, y TSA_URL lo pide{why}"
    ]
    stamped(days=10)
    assert found() == [
        f"El último sello de tiempo del registro del portal es de hace 1\xa0semana, 3\xa0días{why}"
    ]
    stamped(days=1)
    assert found() == []
    assert "El último sello de tiempo es de Autoridad." in found(Grade.FINE)


def test_without_an_authority_nothing_is_said_of_stamps(puno: Municipality) -> None:
    enter(puno, 1)
    grow(at=timezone.now())
    stamped(days=99)
    assert found() == []
    assert not any("sello" in each for each in found(Grade.FINE))


def test_a_real_portal_says_who_answers_for_it(settings: Settings) -> None:
    settings.LOG_KEYS = settings.LOG_PUBLIC_KEYS = []
    settings.REAL = True
    assert found(Grade.WATCH) == [
        "La página /registro/ no dice quién responde por el portal: ponga en OPERATOR el nombre de "
        "la institución."
    ]
    settings.OPERATOR = "Universidad de Ejemplo"
    assert found(Grade.WATCH) == []
