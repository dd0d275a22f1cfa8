"""The PDF of an edition, signed with means of one's own, beside it."""

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import Mock

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.limited.process import BusyError
from accounts.models import Municipality
from tests.conftest import MakeOnce, SignIn
from tests.files import PDF
from tests.pages import unescaped
from tests.tracking.issued import Accounted, accounted_in, issued_and_printed
from tests.tracking.signed import TOLD, officer, rewritten, root, signed_by_somebody
from tracking.accountability import signing
from tracking.accountability.signing import withhold_signed
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


@pytest.mark.usefixtures("infected")
def test_what_the_antivirus_knows_is_not_kept(planner: Client, pdf: bytes) -> None:
    assert "programa dañino (Eicar)" in refusal(planner, pdf)


class Reads(Protocol):
    """Have the portal read that of whatever comes, or fail so, without a process."""

    def __call__(self, told: dict[str, Any] | Exception) -> None: ...


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    def replaced(told: dict[str, Any] | Exception) -> None:
        reader = Mock(side_effect=[told] * 9)
        monkeypatch.setattr(signing, "read_signatures", reader)

    return replaced


def test_a_signed_edition_stands_beside_it_in_the_ledger_and_is_recognized(
    planner: Client, client: Client, pdf: bytes
) -> None:
    signed = officer().sign(pdf)
    assert send(planner, signed).status_code == 302
    page = unescaped(client.get(PUBLIC))
    assert "QUISPE MAMANI Rosa, Municipalidad Provincial de Puno" in page
    assert "Su certificado lleva a la raíz «Raíz de prueba»." in page
    assert "40404040" not in page
    answer = client.get("/m/puno/2019-2022/rendicion/2019-I/edicion-1.firmado-1.pdf")
    assert answer.content == signed
    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED, revision=1).count() == 1
    assert not list(changed_rows(Municipality.objects.all()))
    copy = client.post("/verificar/", {"archivo": SimpleUploadedFile("copia.pdf", signed)})
    assert "un PDF firmado de la edición 1, firmada por QUISPE MAMANI Rosa." in unescaped(copy)


def test_a_certificate_that_had_expired_is_told_to_everybody(
    client: Client, accounted: Accounted, report: AccountabilityReport
) -> None:
    signed_by_somebody(report, by=accounted.planner, is_expired=True)
    assert "Su certificado no estaba vigente cuando se firmó." in unescaped(client.get(PUBLIC))


def test_several_people_may_sign_the_tagged_pdf_one_after_another(
    planner: Client, pdf: bytes
) -> None:
    both = officer("HUANCA Luis").sign(officer().sign(pdf))
    assert send(planner, both).status_code == 302
    row = SignedFile.objects.get()
    assert [each["name"] for each in row.signatures] == ["QUISPE MAMANI Rosa", "HUANCA Luis"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pdf: pdf, "sin ninguna firma"),
        (lambda pdf: officer().sign(rewritten(pdf)), "volvió a escribir el PDF"),
        (
            lambda pdf: rewritten(PDF, encryption=pikepdf.Encryption(owner="a", user="b")),
            "pide una contraseña",
        ),
        (lambda pdf: pdf[:500], "está dañado"),
        (lambda pdf: officer().sign(PDF), "El archivo no es el PDF de esta edición"),
        (lambda pdf: b"Hola", "no es un PDF"),
        (lambda pdf: b"", "está vacío"),
    ],
)
def test_what_is_not_the_edition_signed_is_refused_in_words(
    planner: Client, pdf: bytes, change: Any, said: str
) -> None:
    assert said in refusal(planner, change(pdf))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"signatures": []}, "no lleva ninguna firma digital"),
        ({"is_edition": False}, "se cambió antes de firmarlo"),
        ({"is_untouched": False}, "se cambió después de firmarlo"),
        ({"is_covering": False}, "cubre solo una parte"),
        ({"is_intact": False}, "no corresponde a lo que firma"),
        ({"revocation": "revoked"}, "el certificado de QUISPE MAMANI Rosa fue revocado"),
    ],
)
def test_what_is_found_wrong_with_a_signature_is_said_and_nothing_is_kept(
    planner: Client, pdf: bytes, reads: Reads, told: dict[str, Any], said: str
) -> None:
    whole = {"is_edition": True, "signatures": [TOLD | told]}
    reads({key: told.get(key, whole[key]) for key in whole})
    assert said in refusal(planner, pdf + b"firma")


def test_while_others_are_read_it_is_told_to_come_again(
    planner: Client, pdf: bytes, reads: Reads
) -> None:
    reads(BusyError())
    answer = send(planner, pdf + b"firma")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "vuelva a subir el suyo en un minuto" in unescaped(answer)


def test_a_signed_file_of_another_municipality_is_told_by_its_name(
    planner: Client, pdf: bytes, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = accounted_in("Lamas", "220501").issue()
    reads({"is_edition": False, "signatures": [TOLD]})
    monkeypatch.setattr(signing, "attached_digests", lambda file: [other.sha256])
    page = refusal(planner, PDF)
    assert "la del semestre 2019-I, edición 1, de Municipalidad Provincial de Lamas" in page


def test_the_same_bytes_are_taken_once_also_after_they_were_withheld(
    planner: Client, pdf: bytes, reads: Reads, accounted: Accounted
) -> None:
    reads({"is_edition": True, "signatures": [TOLD]})
    assert send(planner, pdf + b"firma").status_code == 302
    again = send(planner, pdf + b"firma")
    assert again.status_code == 422
    assert "Ese mismo archivo firmado ya está en esta edición." in unescaped(again)
    withhold_signed(SignedFile.objects.get(), "No firmó quien responde.", by=accounted.planner)
    again = send(planner, pdf + b"firma")
    assert "Ese mismo archivo se retiró: no se publica otra vez." in unescaped(again)


def test_what_is_too_large_is_refused(
    planner: Client, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "LARGEST_FILE", len(pdf))
    assert "el máximo son 20 MB" in refusal(planner, pdf + b"firma")


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
