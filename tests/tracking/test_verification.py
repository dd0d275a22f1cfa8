"""Whether what somebody holds is what was issued."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Unit, User
from plans.models import Plan
from tests.conftest import MakeOnce
from tests.tracking.issued import Accounted, closed_semester, issued_and_printed
from tracking.models import AccountabilityReport

pytestmark = pytest.mark.django_db

VERIFY = "/verificar/"


@pytest.fixture(scope="module")
def issued(make_once: MakeOnce) -> Accounted:
    return make_once(issued_and_printed)


@pytest.fixture
def report(db: None, issued: Accounted) -> AccountabilityReport:
    found: AccountabilityReport = issued.plan.accountability_reports.get()
    return found


def address_of(report: AccountabilityReport) -> str:
    return f"{VERIFY}{report.printed_code}/"


def text(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def sent(client: Client, data: bytes, name: str = "informe.pdf") -> str:
    answer = client.post(VERIFY, {"archivo": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return text(answer)


def file_of(report: AccountabilityReport, kind: str) -> bytes:
    return bytes(report.files.get(kind=kind).data or b"")


def test_a_code_tells_who_issued_it_when_and_its_figures(
    client: Client, report: AccountabilityReport
) -> None:
    page = text(client.get(address_of(report)))
    for said in (
        "La emitió la Municipalidad Provincial de Puno el",
        "Es la edición vigente.",
        "De 1 meta: 1 sin informe.",
        "1 promesa sin informe; 1 sustento.",
        report.sha256,
        "Asiento n.º",
    ):
        assert said in page


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), " {} ".format])
def test_a_code_is_found_however_it_is_typed(
    client: Client, report: AccountabilityReport, typed: Any
) -> None:
    answer = client.get(VERIFY, {"codigo": typed(report.printed_code)})
    assert (answer.status_code, answer["Location"]) == (302, address_of(report))


def test_a_code_of_no_edition_is_told_plainly(client: Client, report: AccountabilityReport) -> None:
    answer = client.get(f"{VERIFY}0000-0000-0000/")
    assert answer.status_code == 404
    assert "Ninguna edición tiene ese código" in text(answer)
    assert "falso" not in text(answer)


@pytest.mark.parametrize("typed", ["x", "7F3A-9C2B", "<script>", "ñ" * 12, "9" * 500, "%00"])
def test_what_is_no_code_is_told_plainly(client: Client, typed: str) -> None:
    answer = client.get(VERIFY, {"codigo": typed})
    assert answer.status_code == 400
    assert "doce letras y cifras" in text(answer)
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "said"), [("pdf", "el PDF publicado"), ("csv", "el CSV publicado")]
)
def test_a_file_is_the_one_that_was_made(
    client: Client, report: AccountabilityReport, kind: str, said: str
) -> None:
    page = sent(client, file_of(report, kind), f"copia.{kind}")
    assert f"El archivo «copia.{kind}» es, byte por byte, {said} de la edición 1." in page
    assert report.printed_code in page


def test_the_frozen_content_is_known_too(client: Client, report: AccountabilityReport) -> None:
    assert "el JSON publicado" in sent(client, report.content.encode(), "x.json")


@pytest.mark.parametrize("place", [0, 1000, -1])
def test_one_changed_byte_is_noticed(
    client: Client, report: AccountabilityReport, place: int
) -> None:
    data = bytearray(file_of(report, "pdf"))
    data[place] ^= 1
    page = sent(client, bytes(data))
    assert "No coincide" in page
    assert "puede ser una copia vuelta a guardar" in page
    assert "falso" not in page


def test_a_superseded_edition_says_so(
    client: Client, issued: Accounted, report: AccountabilityReport
) -> None:
    issued.correct()
    new = issued.issue(2, "Se corrigió.")
    assert "Otra edición posterior la reemplaza." in text(client.get(address_of(report)))
    assert "Es la edición vigente." in text(client.get(address_of(new)))


def test_a_demonstration_was_not_issued_by_anybody(
    client: Client, lamas_plan: Plan, lamas_unit: Unit, outsider: User
) -> None:
    Plan.objects.filter(pk=lamas_plan.pk).update(simulated=True)
    lamas_plan.refresh_from_db()
    report = closed_semester(lamas_plan, lamas_unit, outsider, outsider).issue()
    answer = client.get(address_of(report))
    assert "Demostración, no emitido por la municipalidad." in text(answer)
    assert "La emitió" not in text(answer)
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_nothing_or_an_empty_file_is_told_plainly(client: Client) -> None:
    for answer in (
        client.post(VERIFY, {}),
        client.post(VERIFY, {"archivo": "texto"}),
        client.post(VERIFY, {"archivo": SimpleUploadedFile("vacio.pdf", b"")}),
        client.post(VERIFY, b"\x00\xff", content_type="application/octet-stream"),
        client.post(VERIFY, b"--x", content_type="multipart/form-data; boundary=y"),
    ):
        assert answer.status_code == 400
        assert "Elija el archivo" in text(answer)


def test_a_large_file_is_counted_and_not_kept(
    client: Client, report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    assert "No coincide" in sent(client, b"\x00" * 20_000_000)


def test_one_beyond_the_limit_is_answered_and_thrown_away(client: Client) -> None:
    answer = client.post(
        VERIFY,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )
    assert answer.status_code == 413
    assert "escriba el código que lleva al pie" in text(answer)


def test_no_token_and_no_cookie_are_needed(report: AccountabilityReport) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(VERIFY, {"archivo": SimpleUploadedFile("a.pdf", file_of(report, "pdf"))})
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(VERIFY).status_code == 405


def test_hundreds_of_files_are_no_fault_of_ours(client: Client) -> None:
    files = {f"f{n}": SimpleUploadedFile(f"{n}.pdf", b"x") for n in range(300)}
    assert client.post(VERIFY, files).status_code == 400
