"""What kind of file was really uploaded, and the sentence for each that is not taken."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import (
    SimpleUploadedFile,
    TemporaryUploadedFile,
    UploadedFile,
)
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from tests.files import PDF, jpeg, multi_picture, notes, office_file, pdf, png, zipped
from tracking.files import papers
from tracking.files.kinds import FileType
from tracking.files.opened import OPENER
from tracking.files.photographs import read_photograph
from tracking.files.uploads import LARGEST_FILE, LONGEST_NAME, clean_name, receive

SCRIPT = "lleva un programa, que se ejecuta al abrirlo"
EXE = b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run in DOS mode."
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
DOCUMENT = office_file("wordprocessingml.document")


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def names(*values: Any) -> Dictionary:
    """A name tree of VALUES."""
    return Dictionary(
        Names=Array([each for n, value in enumerate(values) for each in (String(str(n)), value)])
    )


def attachment() -> Dictionary:
    """A file within a file, without its bytes."""
    return Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=Dictionary()))


def locked(content: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="otra", user="clave"))
    return written.getvalue()


def uploaded(content: bytes, name: str = "acta.pdf", media_type: str = "") -> UploadedFile:
    return SimpleUploadedFile(name, content, media_type or "application/pdf")


def refusal(content: bytes, name: str = "acta.pdf") -> str:
    with pytest.raises(ValidationError) as refused:
        receive(uploaded(content, name))
    (sentence,) = refused.value.messages
    return sentence


@pytest.fixture
def on_disk() -> Iterator[TemporaryUploadedFile]:
    """A photograph too large to wait in memory."""
    upload = TemporaryUploadedFile("IMG_2031.JPG", "image/jpeg", 0, None)
    taken = jpeg()
    upload.write(taken)
    upload.size = len(taken)
    yield upload
    upload.close()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "acta.pdf", FileType.PDF),
        (jpeg(), "obra.jpg", FileType.JPEG),
        (multi_picture(), "obra.jpeg", FileType.JPEG),
        (png(), "plano.png", FileType.PNG),
        (office_file(), "metrados.xlsx", FileType.XLSX),
        (DOCUMENT, "informe.docx", FileType.DOCX),
    ],
)
def test_each_kind_is_told_by_its_content(content: bytes, name: str, kind: FileType) -> None:
    received = receive(uploaded(content, name, "text/html"))
    kept = received.content.read()
    assert (received.kind, received.name) == (kind, name)
    assert (received.size, received.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())


def test_what_needs_no_cleaning_is_kept_byte_for_byte() -> None:
    for content in (PDF, office_file(), DOCUMENT):
        assert receive(uploaded(content)).content.read() == content


def test_a_photograph_is_cleaned_wherever_it_waits(on_disk: TemporaryUploadedFile) -> None:
    received = receive(on_disk)
    kept = received.content.read()
    assert (received.name, received.keeps_position) == ("IMG_2031.jpg", False)
    assert read_photograph(kept).position == {}


@pytest.mark.parametrize("content", [jpeg(), png()])
def test_a_position_is_kept_on_purpose_only(content: bytes) -> None:
    received = receive(uploaded(content), keeps_position=True)
    assert received.keeps_position
    assert read_photograph(received.content.read()).position


def test_nothing_is_said_to_keep_a_position_that_it_does_not_have() -> None:
    bare = receive(uploaded(jpeg(exif=notes(position=False))), keeps_position=True)
    document = receive(uploaded(PDF), keeps_position=True)
    assert (bare.keeps_position, document.keeps_position) == (False, False)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "El archivo está vacío"),
        (EXE, "es un programa, aunque su nombre diga otra cosa"),
        (b"\x7fELF\x02\x01", "es un programa"),
        (b"#!/bin/sh\nrm", "es un programa"),
        (SVG, "Un SVG o una página web puede llevar código"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><script>", "Un SVG o una página web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un Office antiguo, o tiene contraseña"),
        (b"\x00\x00\x00\x18ftypheic", "está en formato HEIC, que muchos no pueden abrir"),
        (b"\x00\x00\x00\x18ftypavif", "Esa imagen no es JPEG ni PNG"),
        (b"GIF89a", "no es JPEG ni PNG"),
        (b"Acta del mes de mayo", "Se aceptan PDF, JPEG, PNG, XLSX y DOCX"),
        (b"%PDF-1.4\n1 0 obj", "El PDF está incompleto"),
        (b"%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF\n", "dañado y no se abre"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", "dañado y no se abre"),
        (pdf(OpenAction=action("JavaScript", JS=String("app.alert(1)"))), SCRIPT),
        (pdf(OpenAction=action("Launch", F=String("calc.exe"))), SCRIPT),
        (pdf(Names=Dictionary(JavaScript=names(action("JavaScript", JS=String("1"))))), SCRIPT),
        (pdf(AA=Dictionary(WC=action("Rendition", JS=String("1")))), SCRIPT),
        (pdf(AcroForm=Dictionary(Fields=[], XFA=String("<xdp/>"))), SCRIPT),
        (pdf(OpenAction=Dictionary(S=Name("/J#61vaScript"), JS=String("1"))), SCRIPT),
        (pdf(Names=Dictionary(EmbeddedFiles=names(attachment()))), "otros archivos dentro"),
        (pdf(AF=Array([attachment()])), "otros archivos dentro"),
        (PDF + zipped({"a.class": b"x"}), "otros archivos dentro"),
        (PDF + zipped({"a.class": b"x"}) + b"\n%%EOF\n", "otros archivos dentro"),
        (locked(PDF), "pide una contraseña para abrirse"),
        (jpeg()[:-200], "La imagen está dañada o incompleta"),
        (zipped({"acta.pdf": PDF}), "suba cada documento por separado"),
        (office_file()[:-30], "El archivo está dañado o incompleto"),
        (office_file("presentationml.presentation"), "Se aceptan PDF"),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


@pytest.mark.usefixtures("infected")
def test_what_the_antivirus_knows_is_refused() -> None:
    assert "programa dañino (Eicar)" in refusal(PDF)


def test_what_only_speaks_of_a_script_is_taken() -> None:
    """A link, where to open it, and words."""
    plain = pdf(
        OpenAction=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])),
        URI=Dictionary(S=Name.URI, URI=String("https://puno.example/?a=/JavaScript")),
        Lang=String("/Launch /JS (1) /EF"),
    )
    assert receive(uploaded(plain)).content.read() == plain


def test_who_only_may_not_change_it_may_read_it() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="otra"))
    assert receive(uploaded(written.getvalue())).kind == FileType.PDF


def test_while_others_are_looked_at_it_is_said_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(papers, "PATIENCE", 0)
    with OPENER.turn:
        assert "espere unos segundos" in refusal(PDF)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PATIENCE", 0.001)
    assert "demasiado complejo" in refusal(PDF)


def test_more_than_20_mb_is_refused_with_its_weight() -> None:
    upload = uploaded(PDF)
    upload.size = LARGEST_FILE + 1024 * 1024
    with pytest.raises(ValidationError) as refused:
        receive(upload)
    assert refused.value.messages == ["El archivo pesa 21.0\xa0MB y el máximo son 20 MB."]


@pytest.mark.parametrize(
    ("given_name", "kind", "kept"),
    [
        ("acta.pdf", FileType.PDF, "acta.pdf"),
        ("ACTA.PDF", FileType.PDF, "ACTA.pdf"),
        ("acta.exe", FileType.PDF, "acta.exe.pdf"),
        ("../../etc/passwd", FileType.PDF, "passwd.pdf"),
        ("C:\\Users\\Rosa\\acta.pdf", FileType.PDF, "acta.pdf"),
        ("Informe\u202efdp.exe", FileType.PDF, "Informefdp.exe.pdf"),
        ('a"b<c>\r\nX: y.pdf', FileType.PDF, "abcX y.pdf"),
        ("peri\u0301metro.png", FileType.PNG, "per\u00edmetro.png"),
        ("foto.jpeg", FileType.JPEG, "foto.jpeg"),
        ("foto.png", FileType.JPEG, "foto.png.jpg"),
        ("", FileType.XLSX, "archivo.xlsx"),
        ("...", FileType.PDF, "archivo.pdf"),
        (".pdf", FileType.PDF, "archivo.pdf"),
        ("..perfil .pdf", FileType.PDF, "perfil.pdf"),
    ],
)
def test_a_name_is_safe_and_says_what_the_file_is(
    given_name: str, kind: FileType, kept: str
) -> None:
    assert clean_name(given_name, kind) == kept


@given(st.text(max_size=400), st.sampled_from(FileType))
def test_any_name_becomes_one_that_fits(given_name: str, kind: FileType) -> None:
    name = clean_name(given_name, kind)
    assert len(name) <= LONGEST_NAME
    assert name.lower().endswith(kind.extensions)
    assert not set(name) & set('/\\<>:"|?*\r\n\0')
    assert clean_name(name, kind) == name


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"]))
def test_any_bytes_are_received_or_refused(content: bytes, start: bytes) -> None:
    with suppress(ValidationError):
        assert receive(uploaded(start + content)).content.read()
