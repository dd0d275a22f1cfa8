"""Whether what somebody holds is what was issued."""

import io
import re
import zlib
from copy import deepcopy
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.choices import Role
from accounts.limited.program import MEBIBYTE
from accounts.models import Unit, User
from plans.models import Plan
from tests.conftest import MakeOnce
from tests.factories import make_person
from tests.pages import unescaped
from tests.tracking.issued import Accounted, closed_semester, issued_and_printed
from tracking.accountability.edition import Edition
from tracking.files import attached
from tracking.files.opened import OPENER
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


@pytest.fixture
def corrected(db: None, issued: Accounted, report: AccountabilityReport) -> Edition:
    """The second edition, with another figure."""
    accounted = deepcopy(issued)
    accounted.correct()
    return Edition.of(accounted.issue(2, "Se corrigió."))


def address_of(report: AccountabilityReport | Edition) -> str:
    return f"{VERIFY}{report.printed_code}/"


def sent(client: Client, data: bytes, name: str = "informe.pdf") -> str:
    answer = client.post(VERIFY, {"archivo": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return unescaped(answer)


def file_of(report: AccountabilityReport, kind: str) -> bytes:
    return bytes(report.files.get(kind=kind).data or b"")


def test_a_code_tells_who_issued_it_when_and_its_figures(
    client: Client, report: AccountabilityReport
) -> None:
    page = unescaped(client.get(address_of(report)))
    for said in (
        "La emitió la Municipalidad Provincial de Puno el",
        "Es la edición vigente.",
        "De 1 meta: 1 sin informe.",
        "1 promesa sin informe; 1 sustento.",
        report.sha256,
        "Asiento n.º",
    ):
        assert said in page


def test_the_pdf_with_something_appended_is_told_from_one_written_anew(
    client: Client, report: AccountabilityReport
) -> None:
    page = sent(client, file_of(report, "pdf") + b"% una firma, o una nota")
    assert "con algo agregado al final que Vigía no ha juzgado" in page
    assert "empieza, byte por byte, con el PDF de la edición 1." in page
    assert "no publicó ningún PDF firmado" in page


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), " {} ".format])
def test_a_code_is_found_however_it_is_typed(
    client: Client, report: AccountabilityReport, typed: Any
) -> None:
    answer = client.get(VERIFY, {"codigo": typed(report.printed_code)})
    assert (answer.status_code, answer["Location"]) == (302, address_of(report))


def test_the_whole_code_that_paper_prints_is_found_to_its_last_sign(
    client: Client, report: AccountabilityReport
) -> None:
    answer = client.get(VERIFY, {"codigo": f" {report.sha256.upper()} "})
    assert (answer.status_code, answer["Location"]) == (302, address_of(report))
    last = "0" if report.sha256[-1] == "1" else "1"
    answer = client.get(VERIFY, {"codigo": report.sha256[:-1] + last})
    assert answer.status_code == 404
    assert "Ninguna edición tiene ese código" in unescaped(answer)


def test_a_code_of_no_edition_is_told_plainly(client: Client, report: AccountabilityReport) -> None:
    answer = client.get(f"{VERIFY}0000-0000-0000/")
    assert answer.status_code == 404
    assert "Ninguna edición tiene ese código" in unescaped(answer)
    assert "falso" not in unescaped(answer)


@pytest.mark.parametrize("typed", ["x", "7F3A-9C2B", "<script>", "ñ" * 12, "9" * 500, "%00"])
def test_what_is_no_code_is_told_plainly(client: Client, typed: str) -> None:
    answer = client.get(VERIFY, {"codigo": typed})
    assert answer.status_code == 400
    assert "doce letras y cifras" in unescaped(answer)
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
    assert "no es, byte por byte," in page
    assert "falso" not in page


def test_a_file_like_no_other_may_be_a_copy(client: Client, report: AccountabilityReport) -> None:
    page = sent(client, file_of(report, "csv") + b"\n", "informe.csv")
    assert "No coincide" in page
    assert "puede ser una copia vuelta a guardar" in page
    assert "Tampoco lleva adjuntos" not in page


def test_a_code_is_no_proof_of_a_copy_and_the_page_says_so(
    client: Client, report: AccountabilityReport
) -> None:
    page = unescaped(client.get(address_of(report)))
    assert "Una copia alterada puede llevar el mismo código: compare sus cifras" in page
    assert "byte por byte" not in page


def figures(page: str) -> dict[str, str]:
    """What a code's page says of each promise."""
    rows = re.findall(r'<li id="p-([^"]+)">.*?<p>(.*?)</p>', page, re.DOTALL)
    return {ref: " ".join(re.sub("<[^>]*>", " ", said).split()) for ref, said in rows}


def test_a_code_lists_every_promise_with_its_figure(
    client: Client, report: AccountabilityReport, corrected: Edition
) -> None:
    before, after = (figures(unescaped(client.get(address_of(it)))) for it in (report, corrected))
    assert before.keys() == after.keys() == {"S.1.1.1", "S.1.1.2"}
    assert before["S.1.1.1"] == "en ejecución · Sin cronograma · 1 sustento · Al 30/06/2019"
    assert after["S.1.1.1"] == (
        "entregado en parte · Sin cronograma · 1 sustento · Al 30/06/2019 · "
        "revisión 2: Se contó mal."
    )
    assert before["S.1.1.2"] == after["S.1.1.2"] == "Sin informe"


def saved_again(data: bytes, **options: Any) -> bytes:
    """The same PDF as a program writes it that opened it and saved it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(written, **options)
    assert written.getvalue() != data
    return written.getvalue()


PACKED = {
    "plain": {},
    "packed anew": {"recompress_flate": True, "linearize": True},
    "unpacked": {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.all},
    "for whoever has it": {"encryption": pikepdf.Encryption(owner="dueño", user="")},
}


@pytest.mark.parametrize("options", PACKED.values(), ids=PACKED)
def test_a_pdf_that_was_saved_again_still_proves_its_data(
    client: Client, report: AccountabilityReport, options: dict[str, Any]
) -> None:
    page = sent(client, saved_again(file_of(report, "pdf"), **options))
    assert "Los datos adjuntos son los emitidos; las páginas pueden diferir" in page
    assert "Lo que dicen sus páginas no se comprobó" in page
    assert report.printed_code in page
    assert "no es, byte por byte, el PDF publicado" in page


def test_a_pdf_whose_data_were_changed_proves_nothing(
    client: Client, report: AccountabilityReport
) -> None:
    with pikepdf.open(io.BytesIO(file_of(report, "pdf"))) as pdf:
        name = next(each for each in pdf.attachments if each.endswith(".json"))
        changed = pdf.attachments[name].get_file().read_bytes().replace(b"S.1.1.1", b"S.1.1.9")
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, changed)
        written = io.BytesIO()
        pdf.save(written)
    page = sent(client, written.getvalue())
    assert "No coincide" in page
    assert "Tampoco lleva adjuntos los datos de ninguna edición." in page


def test_a_pdf_that_asks_for_a_password_is_told_so(
    client: Client, report: AccountabilityReport
) -> None:
    locked = pikepdf.Encryption(owner="dueño", user="secreto")
    page = sent(client, saved_again(file_of(report, "pdf"), encryption=locked))
    assert "El PDF pide una contraseña" in page


def test_a_pdf_that_is_cut_off_proves_nothing(client: Client, report: AccountabilityReport) -> None:
    data = file_of(report, "pdf")
    assert "No coincide" in sent(client, data[: len(data) // 10])


def bomb() -> bytes:
    """A PDF of a few hundred kilobytes whose attachment fills more memory than it is given."""
    packer = zlib.compressobj()
    mebibyte = packer.compress(bytes(MEBIBYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = mebibyte + (mebibyte[2:] * (2 * OPENER.mebibytes))
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        attached = pikepdf.AttachedFileSpec(pdf, b"", filename="x.json")
        pdf.attachments["x.json"] = attached
        attached.get_file().obj.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.save(written, compress_streams=False)
    return written.getvalue()


def test_what_unpacks_without_end_is_given_up(client: Client) -> None:
    pdf = bomb()
    assert len(pdf) < MEBIBYTE
    assert "No coincide" in sent(client, pdf)


def test_while_others_are_looked_at_it_is_said_when_to_come_back(
    client: Client, report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached, "PATIENCE", 0)
    file = SimpleUploadedFile("a.pdf", saved_again(file_of(report, "pdf")))
    with OPENER.turn:
        answer = client.post(VERIFY, {"archivo": file})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def test_a_superseded_edition_says_so_and_the_other_what_it_changes(
    client: Client, report: AccountabilityReport, corrected: Edition
) -> None:
    assert "Otra edición posterior la reemplaza." in unescaped(client.get(address_of(report)))
    page = unescaped(client.get(address_of(corrected)))
    assert "Es la edición vigente." in page
    assert "Qué cambia esta edición" in page


def test_a_demonstration_was_not_issued_by_anybody(
    client: Client, lamas_plan: Plan, lamas_unit: Unit, outsider: User
) -> None:
    Plan.objects.filter(pk=lamas_plan.pk).update(simulated=True)
    lamas_plan.refresh_from_db()
    reporter = make_person("reporter@lamas.pe", Role.REPORTER, lamas_unit.municipality, lamas_unit)
    report = closed_semester(lamas_plan, lamas_unit, outsider, reporter).issue()
    answer = client.get(address_of(report))
    assert "Demostración, no emitido por la municipalidad." in unescaped(answer)
    assert "La emitió" not in unescaped(answer)
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
        assert "Elija el archivo" in unescaped(answer)


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
    assert "escriba el código que lleva al pie" in unescaped(answer)


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
