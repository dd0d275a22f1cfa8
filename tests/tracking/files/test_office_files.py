"""What a workbook or a document may hold: what is read, and nothing that acts."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files import PDF, office_file, zipped
from tracking.files.kinds import FileType
from tracking.files.uploads import receive

DOCX = "wordprocessingml.document"
RELS = "word/_rels/settings.xml.rels"
FIGURES = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
MACRO = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
TYPES = '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/'


def kind_of(content: bytes) -> FileType:
    return receive(SimpleUploadedFile("informe.docx", content)).kind


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        kind_of(content)
    (sentence,) = refused.value.messages
    return sentence


def linking(kind: str, target: str) -> bytes:
    """A document with a relationship of that kind, to what is not in it."""
    said = f'<Relationship Id="r" Target="{target}" Type={TYPES}{kind}" TargetMode="External"/>'
    return office_file(DOCX, {RELS: f"<Relationships>{said}</Relationships>".encode()})


@pytest.mark.parametrize(
    "content",
    [
        office_file(parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        office_file(parts={"XL/VBAPROJECT.BIN": b"\xd0\xcf\x11\xe0"}),
        office_file(parts={"xl/macrosheets/sheet1.xml": b"<a/>"}),
        zipped(
            {
                "[Content_Types].xml": b'<Override PartName="/xl/b.bin" '
                b'ContentType="application/vnd.ms-office.vbaProject"/>'
            }
        ),
        zipped(
            {
                "[Content_Types].xml": b'<Override PartName="/xl/workbook.xml" ContentType='
                b'"application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
            }
        ),
    ],
)
def test_a_workbook_with_macros_is_refused(content: bytes) -> None:
    assert "lleva macros" in refusal(content)


@pytest.mark.parametrize("coded", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, 64 * 1024 - 4])
def test_what_grows_or_looks_elsewhere_by_an_entity_is_damaged(coded: str, before: int) -> None:
    said = " " * before + '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    part = said.encode(coded)
    assert "dañado o incompleto" in refusal(office_file(parts={"xl/styles.xml": part}))
    assert kind_of(office_file(parts={"xl/media/a.svg": part})) == FileType.XLSX


def test_what_a_workbook_declares_cannot_be_hidden_behind_an_entity() -> None:
    types = zipped(
        {
            "[Content_Types].xml": b'<Override ContentType="spreadsheetml.sheet.main+xml"/>'
            b'<Override ContentType="application/vnd.ms-office.vba&#80;roject"/>'
        }
    )
    assert "Se aceptan PDF" in refusal(types)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = office_file(parts={"xl/media/a.bin": b"\0" * (101 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert "ocupa más de 100 MB" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_damaged() -> None:
    honest = office_file(parts={"xl/media/a.bin": b"\0" * 1_000_000})
    lying = honest.replace(struct.pack("<I", 1_000_000), struct.pack("<I", 1000))
    assert "dañado" in refusal(lying)


def test_a_zip_with_a_giant_list_of_parts_is_refused() -> None:
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for n in range(20_000):
            packed.writestr(f"xl/{n:040}", b"")
    assert "ocupa más de 100 MB" in refusal(many.getvalue())


def test_a_part_that_is_there_twice_is_damaged() -> None:
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as packed:
        packed.writestr("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")
        packed.writestr("[content_types].XML", b"spreadsheetml.sheet.main+xml")
    assert "dañado" in refusal(twice.getvalue())


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://otro.example/a.dotm"),
        ("attachedTemplate", "&#104;ttp://otro.example/a.dotm"),
        ("attachedTemplate", r"\\\\otro.example\\a.dotm"),
        ("attachedTemplate", "file://otro.example/a.dotm"),
        ("oleObject", "http://otro.example/a.rtf"),
        ("frame", "https://otro.example/"),
    ],
)
def test_what_fetches_a_part_of_itself_elsewhere_is_refused(kind: str, target: str) -> None:
    assert "busca una parte suya en otro sitio" in refusal(linking(kind, target))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://puno.example/?a=1&amp;b=2"),
        ("attachedTemplate", "file:///C:/Users/Rosa/Normal.dotm"),
    ],
)
def test_a_link_and_the_template_of_its_author_are_no_harm(kind: str, target: str) -> None:
    assert kind_of(linking(kind, target)) == FileType.DOCX


@pytest.mark.parametrize("content", ['<!DOCTYPE a [<!ENTITY b "http">]>', "<\0R\0"])
def test_relationships_that_cannot_be_read_are_damaged(content: str) -> None:
    assert "dañado" in refusal(office_file(DOCX, {RELS: content.encode()}))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"},
        {"word/embeddings/acta.zip": zipped({"a": b"b"})},
        {"word/embeddings/informe.docx": office_file(DOCX)},
        {"word/activeX/activeX1.xml": b"<a/>"},
        {FIGURES: office_file(parts={"xl/embeddings/Sheet1.xlsx": office_file()})},
    ],
)
def test_what_has_other_files_in_it_is_refused(parts: dict[str, bytes]) -> None:
    assert "lleva otros dentro" in refusal(office_file(DOCX, parts))


def test_the_figures_of_a_chart_are_a_workbook_that_is_looked_at_too() -> None:
    assert kind_of(office_file(DOCX, {FIGURES: office_file()})) == FileType.DOCX
    assert "lleva macros" in refusal(office_file(DOCX, {FIGURES: office_file(parts=MACRO)}))
    assert "dañado" in refusal(office_file(DOCX, {FIGURES: office_file()[:-9]}))


def test_what_is_a_pdf_as_well_is_neither() -> None:
    both = io.BytesIO()
    with zipfile.ZipFile(both, "w") as packed:
        packed.writestr("a", PDF)
        packed.writestr("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")
    assert "Se aceptan PDF" in refusal(both.getvalue())
