"""A form that is downloaded, filled in and sent back says what was in it."""

import io
import zipfile
from datetime import date
from decimal import Decimal

from accounts.spreadsheets.reading import read_workbook
from accounts.spreadsheets.writing import Column, Form, sheet_name, workbook

UNITS = tuple(f"Gerencia de obras número {number}" for number in range(40))
FORM = Form(
    "Promesas: S/ y más",
    [Column("Promesa", is_protected=True), Column("Unidad", choices=UNITS, help="Elija una.")],
    [["=1+1", UNITS[3]], ["@x", None], ["http://x.pe", ""]],
    spare_rows=5,
)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_what_is_written_reads_back_as_text_and_no_formula() -> None:
    content = workbook([FORM], ["Cómo se llena", "Escriba."])
    form, instructions = read_workbook(content, "formulario.xlsx").sheets
    assert [row.cells for row in form.rows] == [
        ("Promesa", "Unidad"),
        ("=1+1", UNITS[3]),
        ("@x",),
        ("http://x.pe",),
    ]
    assert not form.unread
    assert [row.cells for row in instructions.rows] == [("Cómo se llena",), ("Escriba.",)]
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    assert "<hyperlink" not in part(content, "xl/worksheets/sheet1.xml")


def test_figures_and_days_are_values_that_can_be_reckoned_with() -> None:
    form = Form("Metas", [Column("Meta"), Column("Día")], [[Decimal("12.50"), date(2027, 1, 31)]])
    content = workbook([form])
    assert "<v>12.5</v>" in part(content, "xl/worksheets/sheet1.xml")
    (sheet,) = read_workbook(content, "metas.xlsx").sheets
    assert sheet.rows[1].cells == ("12.5", "2027-01-31")


def test_a_long_list_of_choices_is_a_drop_down_over_every_row_to_fill_in() -> None:
    sheet = part(workbook([FORM]), "xl/worksheets/sheet1.xml")
    assert '<dataValidation type="list"' in sheet
    assert 'sqref="B2:B9"' in sheet
    assert "$A$1:$A$40" in sheet


def test_only_a_protected_column_is_closed() -> None:
    sheet = part(workbook([FORM]), "xl/worksheets/sheet1.xml")
    assert "<sheetProtection" in sheet
    open_form = Form("Plan", [Column("Meta")], [["x"]])
    assert "<sheetProtection" not in part(workbook([open_form]), "xl/worksheets/sheet1.xml")


def test_a_sheet_is_called_what_a_spreadsheet_allows() -> None:
    assert (
        sheet_name("Gerencia [de] obras: 'urbanas'/rurales y más")
        == "Gerencia de obras 'urbanas' rur"
    )
