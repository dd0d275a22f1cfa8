"""The reader that a file is given to, by what is in it."""

import io
import zipfile

import pytest

from plans.importers import formats
from plans.importers.faults import FileRefused
from plans.importers.formats import Format, format_of


def zipped(*members: str, **written: str) -> bytes:
    """An archive of MEMBERS that hold a letter, and of others by what is WRITTEN in them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for member, text in {**dict.fromkeys(members, "x"), **written}.items():
            archive.writestr(member, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (b"%PDF-1.7\n", "plan.pdf", Format.DOCUMENT),
        (b"\n%PDF-1.4\n", "plan.xlsx", Format.DOCUMENT),
        (zipped("word/document.xml"), "plan.docx", Format.DOCUMENT),
        (zipped("xl/workbook.xml"), "plan.docx", Format.SHEET),
        (zipped("mimetype", "content.xml"), "plan.ods", Format.SHEET),
        (zipped("a/1.json", "a/2.json"), "planes.zip", Format.JNE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls", Format.SHEET),
        (b'\xef\xbb\xbf {"dimensiones": []}', "plan.txt", Format.JNE),
        (b"problema;objetivo\n", "plan.csv", Format.SHEET),
        (b"formato: 1\n", "plan.yaml", Format.PLAN_FILE),
        (b"# Plan\n", "plan.md", Format.DOCUMENT),
        (b"[1] Plan de gobierno", "plan", Format.DOCUMENT),
        (b"{ Plan }", "plan.txt", Format.DOCUMENT),
        (b' [\n {"dimensiones": []}]', "plan.txt", Format.JNE),
    ],
)
def test_the_content_says_which(content: bytes, name: str, wanted: Format) -> None:
    assert format_of(content, name) == wanted


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "plan.pdf", "está vacío"),
        (b" \n\t", "plan.txt", "está vacío"),
        (b"PK\x03\x04 cortado", "plan.xlsx", "cortado o dañado"),
        (zipped("foto.png"), "plan.zip", "sin nada que se pueda leer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.doc", "guárdelo como DOCX o PDF"),
        (b"{\\rtf1 Plan}", "plan.rtf", "guárdelo como DOCX o PDF"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "x"}),
            "plan.odt",
            "guárdelo como DOCX o PDF",
        ),
        (zipped("ppt/presentation.xml"), "plan.pptx", "es una presentación: guárdela como PDF"),
        (b"<!DOCTYPE html><p>Plan", "plan.html", "es una página web: .*pegue su texto"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "plan.png", "no es un documento"),
    ],
)
def test_what_no_reader_reads_is_refused_with_a_sentence(
    content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(FileRefused, match=reason):
        format_of(content, name)


def test_an_archive_that_unpacks_into_too_much_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formats, "MOST_EXPANDED", 1)
    with pytest.raises(FileRefused, match="se desempaqueta en más de"):
        format_of(zipped("1.json", "2.json"), "planes.zip")
