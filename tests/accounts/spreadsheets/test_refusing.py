"""What is no spreadsheet, or would cost too much to read, is refused with a sentence."""

import zipfile
from io import BytesIO

import pytest

from accounts.spreadsheets import limits
from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.reading import read_workbook
from tests.accounts.spreadsheets.files import (
    changed,
    compound,
    number_record,
    ods,
    rows_of,
    shared_record,
    xls,
    xlsx,
    zipped,
)

SMALL = xlsx({(0, 0): "Meta"})
FAR_ROWS = (
    '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="{}" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row>"
)


def refusal(content: bytes, name: str = "plan.xlsx") -> str:
    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "«plan.xlsx»: está vacío."),
        (b" \n", "está vacío"),
        (b"PK\x03\x04 no es un zip", "está dañado o incompleto"),
        (SMALL[: len(SMALL) // 2], "está dañado o incompleto"),
        (b"%PDF-1.7\n", "es un PDF, no una hoja de cálculo"),
        (b"\xef\xbb\xbf<html><table>", "es una página web guardada"),
        (zipped(word__document=b"", **{"word/document.xml": b"<w/>"}), "es un documento de Word"),
        (zipped(**{"foto.jpg": b"x"}), "no tiene una hoja de cálculo"),
        (changed(SMALL, {"xl/vbaProject.bin": b"x"}), "tiene macros"),
        (changed(SMALL, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), "es un XLSB"),
        (changed(SMALL, {"xl/worksheets/sheet1.xml": None}), "está dañado o incompleto"),
        (changed(SMALL, {"xl/worksheets/sheet1.xml": b"<worksheet><row>"}), "está dañado"),
        (
            changed(SMALL, {"xl/worksheets/sheet1.xml": b'<?xml version="1.0" encoding="x"?><w/>'}),
            "está dañado",
        ),
        (compound(EncryptedPackage=b"x"), "tiene contraseña"),
        (compound(WordDocument=b"x"), "no es una hoja de cálculo"),
        (compound(Workbook=b"x", _VBA_PROJECT_CUR=b"x"), "tiene macros"),
        (xls(locked=True), "tiene contraseña"),
        (xls(number_record(0, 0, 1))[:2_000], "está dañado o incompleto"),
        (b"\x89\x00\x01\x02\x03", "no se reconoce su contenido"),
        (b'a,b\n"c,d\n', "fila 2: unas comillas no se cierran"),
        ("a,b\nc,\u202ed".encode(), "fila 2, columna B: tiene un carácter que no se ve: U+202E"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused_by_name(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_a_cell_at_the_far_end_costs_no_memory() -> None:
    far = xlsx({(0, 0): "Meta", (1_048_575, 16_383): "x"})
    assert "la hoja «Social» tiene algo escrito en la fila 1048576" in refusal(far)
    assert "columna número 16384" in refusal(xlsx({(0, 16_383): "x"}))
    assert "fila 65536" in refusal(xls(number_record(65_535, 0, 1)), "plan.xls")


def test_what_an_open_document_repeats_without_end_is_refused() -> None:
    assert "fila 1048576" in refusal(ods(FAR_ROWS.format(1)), "plan.ods")


def test_a_zip_that_expands_without_end_is_refused_unopened() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/media/image.bin", "w") as member:
            for _ in range(limits.MAX_EXPANDED // 10_000_000 + 1):
                member.write(bytes(10_000_000))
    assert "se expande a más de 200 MB" in refusal(bomb.getvalue())


def test_a_zip_of_too_many_members_is_refused() -> None:
    many = {f"{number}.xml": b"" for number in range(limits.MAX_MEMBERS + 1)}
    assert "se expande" in refusal(zipped(**many))


def test_entities_of_a_files_own_are_refused() -> None:
    part = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "declara entidades XML" in refusal(changed(SMALL, {"xl/worksheets/sheet1.xml": part}))


def test_a_file_that_weighs_too_much_is_refused_unread() -> None:
    assert "pesa más de 20 MB" in refusal(b"x" * (limits.MAX_BYTES + 1), "plan.csv")


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    content = xlsx({(0, 255): "x", (limits.MAX_CELLS // 256, 0): "x"})
    assert "abarca más celdas" in refusal(content)


def test_one_text_in_every_cell_costs_no_memory() -> None:
    text = "x" * limits.MAX_CHARACTERS
    many = limits.MAX_TEXT // limits.MAX_CHARACTERS + 1
    assert "tiene demasiado texto" in refusal(xlsx({(row, 0): text for row in range(many)}))
    repeated = FAR_ROWS.replace("1048576", "1000").format(1).replace(">x<", f">{text}<")
    assert "tiene demasiado texto" in refusal(ods(repeated), "plan.ods")
    cells = [shared_record(row, 0, 1) for row in range(many)]
    assert "tiene demasiado texto" in refusal(xls(*cells, shared=["Meta", text]), "plan.xls")


def test_a_text_of_too_many_rows_is_refused() -> None:
    assert "fila 50001" in refusal(b"a\n" * (limits.MAX_ROWS + 1), "plan.csv")


def test_what_turns_a_text_around_is_named_by_its_cell() -> None:
    content = xlsx(rows_of(["Meta"], ["Obras \u202e05"]))
    assert "hoja «Social», fila 2, columna A: tiene un carácter" in refusal(content)


def test_a_file_cut_anywhere_is_refused_and_nothing_else() -> None:
    for length in range(4, len(SMALL), 97):
        assert refusal(SMALL[:length])
