"""The PDF of an edition, signed with means of one's own, beside it."""

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.limited.process import BusyError
from accounts.models import Municipality
from tests.conftest import MakeOnce, SignIn
from tests.pages import unescaped
from tests.tracking.issued import Accounted, accounted_in, issued_and_printed
from tests.tracking.signed import (
    NOW,
    YEAR,
    annotated,
    longer,
    officer,
    rewritten,
    root,
    somebody,
)
from tracking.accountability.rendering import make_files
from tracking.choices import LedgerAct
from tracking.ledger.verifying.rows import changed_rows
from tracking.models import AccountabilityReport, LedgerEntry, SignedFile

pytestmark = pytest.mark.django_db

PAGE = "/gestion/rendicion/puno/2019-I/edicion-1/firmas/"
PUBLIC = "/m/puno/2019-2022/rendicion/2019-I/"


@pytest.fixture(scope="module")
def made(make_once: MakeOnce) -> Accounted:
    """Puno's first edition, with its files."""
    return make_once(issued_and_printed)


@pytest.fixture
def accounted(db: None, made: Accounted) -> Accounted:
    return deepcopy(made)


@pytest.fixture
def report(accounted: Accounted) -> AccountabilityReport:
    found: AccountabilityReport = accounted.plan.accountability_reports.get()
    return found


@pytest.fixture
def pdf(report: AccountabilityReport) -> bytes:
    return bytes(report.files.get(kind="pdf").data or b"")


@pytest.fixture
def planner(signed_in: SignIn, accounted: Accounted) -> Client:
    return signed_in(accounted.planner)


@pytest.fixture(autouse=True)
def roots(settings: Any, tmp_path: Path) -> Path:
    """One root, for which the portal was set up."""
    root().write_to(tmp_path)
    settings.SIGNATURE_ROOTS = str(tmp_path)
    return tmp_path


def send(client: Client, data: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("firmado.pdf", data)})


def refusal(client: Client, data: bytes) -> str:
    answer = send(client, data)
    assert (answer.status_code, SignedFile.objects.count()) == (422, 0)
    page = unescaped(answer)
    assert "Publicar el PDF firmado" in page
    return page


def test_a_signed_edition_stands_beside_it_with_who_signed_and_no_number_of_theirs(
    planner: Client, client: Client, pdf: bytes
) -> None:
    signed = officer().sign(pdf)
    assert send(planner, signed).status_code == 302
    page = unescaped(client.get(PUBLIC))
    assert "QUISPE MAMANI Rosa, Municipalidad Provincial de Puno" in page
    assert "según el reloj de quien firmó" in page
    assert "Su certificado lleva a la raíz «Raíz de prueba»." in page
    assert "No se comprobó si fue revocado." in page
    assert "40404040" not in page
    answer = client.get("/m/puno/2019-2022/rendicion/2019-I/edicion-1.firmado-1.pdf")
    assert answer.content == signed


def test_several_people_may_sign_one_file_and_a_further_file_is_added(
    planner: Client, client: Client, pdf: bytes
) -> None:
    one = officer().sign(pdf)
    two = officer("HUANCA Luis").sign(one)
    assert [send(planner, each).status_code for each in (one, two)] == [302, 302]
    page = unescaped(client.get(PUBLIC))
    assert "PDF firmado 1" in page
    assert "PDF firmado 2" in page
    assert "HUANCA Luis" in page


def test_it_is_entered_in_the_ledger_which_verifies(planner: Client, pdf: bytes) -> None:
    send(planner, officer().sign(pdf))
    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED, revision=1).count() == 1
    assert not list(changed_rows(Municipality.objects.all()))


def test_a_copy_is_recognized_as_the_edition_that_somebody_signed(
    planner: Client, client: Client, pdf: bytes
) -> None:
    signed = officer().sign(pdf)
    send(planner, signed)
    answer = client.post("/verificar/", {"archivo": SimpleUploadedFile("copia.pdf", signed)})
    assert "un PDF firmado de la edición 1, firmada por QUISPE MAMANI Rosa." in unescaped(answer)


def test_without_roots_no_signature_is_said_to_be_good(
    planner: Client, client: Client, pdf: bytes, settings: Any
) -> None:
    settings.SIGNATURE_ROOTS = ""
    send(planner, officer().sign(pdf))
    assert "No se comprobó contra ninguna raíz" in unescaped(client.get(PUBLIC))


def test_who_vouches_for_themselves_is_told(planner: Client, client: Client, pdf: bytes) -> None:
    send(planner, somebody().sign(pdf))
    assert "ninguna raíz conocida responde por él" in unescaped(client.get(PUBLIC))


def test_a_certificate_that_had_expired_is_told(
    planner: Client, client: Client, pdf: bytes
) -> None:
    send(planner, somebody(issuer=root(), until=NOW - YEAR).sign(pdf))
    assert "Su certificado no estaba vigente cuando se firmó." in unescaped(client.get(PUBLIC))


def test_what_the_file_itself_says_of_revocation_is_believed(
    planner: Client, client: Client, pdf: bytes
) -> None:
    page = refusal(planner, officer().sign(pdf, embed=True, revoked=True))
    assert "el certificado de QUISPE MAMANI Rosa fue revocado" in page
    send(planner, officer().sign(pdf, embed=True))
    assert "la constancia de que no estaba revocado" in unescaped(client.get(PUBLIC))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pdf: pdf, "sin ninguna firma"),
        (annotated, "no lleva ninguna firma digital"),
        (lambda pdf: officer().sign(annotated(pdf)), "se cambió antes de firmarlo"),
        (lambda pdf: officer().sign(longer(pdf)), "se cambió antes de firmarlo"),
        (lambda pdf: annotated(officer().sign(pdf)), "se cambió después de firmarlo"),
        (lambda pdf: longer(officer().sign(pdf)), "se cambió después de firmarlo"),
        (lambda pdf: officer().sign(rewritten(pdf)), "volvió a escribir el PDF"),
        (
            lambda pdf: rewritten(pdf, encryption=pikepdf.Encryption(owner="a", user="b")),
            "pide una contraseña",
        ),
        (lambda pdf: pdf[:500], "está dañado"),
        (lambda pdf: b"Hola", "no es un PDF"),
        (lambda pdf: b"", "está vacío"),
    ],
)
def test_what_is_not_the_edition_signed_whole_is_refused_in_words(
    planner: Client, pdf: bytes, change: Any, said: str
) -> None:
    assert said in refusal(planner, change(pdf))


def test_a_signature_over_a_part_of_the_document_is_refused(planner: Client, pdf: bytes) -> None:
    signed = bytearray(officer().sign(pdf))
    at = signed.rindex(b"/ByteRange")
    opened = signed.index(b"[", at)
    closed = signed.index(b"]", at)
    numbers = bytes(signed[opened + 1 : closed]).split()
    numbers[3] = str(int(numbers[3]) - 20).encode()
    signed[opened + 1 : closed] = b" ".join(numbers).ljust(closed - opened - 1)
    assert "firma" in refusal(planner, bytes(signed))


def test_a_signed_file_of_another_municipality_is_told_by_its_name(
    planner: Client, pdf: bytes
) -> None:
    other = accounted_in("Lamas", "220501").issue()
    make_files()
    theirs = bytes(other.files.get(kind="pdf").data or b"")
    page = refusal(planner, officer().sign(theirs))
    assert "la del semestre 2019-I, edición 1, de Municipalidad Provincial de Lamas" in page


def test_the_same_bytes_are_taken_once(planner: Client, pdf: bytes) -> None:
    signed = officer().sign(pdf)
    send(planner, signed)
    answer = send(planner, signed)
    assert answer.status_code == 422
    assert "Ese mismo archivo firmado ya está en esta edición." in unescaped(answer)


def test_while_others_are_read_it_is_told_to_come_again(
    planner: Client, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: object) -> None:
        raise BusyError

    monkeypatch.setattr("tracking.accountability.signing.read_signatures", busy)
    answer = send(planner, pdf + b"firma")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "vuelva a subir el suyo en un minuto" in unescaped(answer)


def test_what_is_too_large_is_refused(
    planner: Client, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.accountability.signing.LARGEST_FILE", len(pdf))
    assert "el máximo son 20 MB" in refusal(planner, officer().sign(pdf))


def test_the_database_holds_a_signed_file_to_its_edition(
    accounted: Accounted, report: AccountabilityReport
) -> None:
    data = b"%PDF-1.7 otra cosa"
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedFile.objects.create(
            report=report,
            number=1,
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            signatures=[{}],
            added_by=accounted.planner,
        )
