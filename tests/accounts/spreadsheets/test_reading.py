"""A spreadsheet is read as it is shown, whatever program wrote it."""

import io
from datetime import datetime

import pytest
import xlsxwriter

from accounts.spreadsheets.cells import Row, column_of, letters
from accounts.spreadsheets.reading import read_workbook
from tests.accounts.spreadsheets.files import (
    changed,
    number_record,
    ods,
    row_record,
    rows_of,
    shared_record,
    text_record,
    xls,
    xlsx,
)

LINE = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def rows(content: bytes, name: str = "plan.xlsx") -> list[tuple[int, tuple[str, ...]]]:
    (sheet,) = read_workbook(content, name).sheets
    return [(row.number, row.cells) for row in sheet.rows]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    content = xlsx({(0, 0): "Meta", (4, 1): "x"})
    assert rows(content) == [(1, ("Meta",)), (5, ("", "x"))]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1250.5, "1250.5"),
        (10_000_000, "10000000"),
        (-2, "-2"),
        (True, "VERDADERO"),
        (" con\r\nfin ", "con\nfin"),
    ],
)
def test_a_value_is_written_as_one_would(value: object, text: str) -> None:
    assert rows(xlsx({(0, 0): value})) == [(1, (text,))]


def test_a_percentage_is_the_figure_that_is_seen() -> None:
    content = xlsx(rows_of([0.305, 0.3, 0.305]), percents=[(0, 0), (0, 1)])
    assert rows(content) == [(1, ("30.5 %", "30 %", "0.305"))]


def test_a_day_is_written_year_first() -> None:
    assert "2027-01-31" in rows(_dated(datetime(2027, 1, 31)))[0][1]
    assert "2027-01-31 08:30:00" in rows(_dated(datetime(2027, 1, 31, 8, 30)))[0][1]


def _dated(value: datetime, options: dict[str, bool] | None = None) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        look = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet().write_datetime(0, 0, value, look)
    return buffer.getvalue()


def test_a_day_is_the_same_in_a_file_that_counts_from_1904() -> None:
    content = _dated(datetime(2027, 1, 31), {"date_1904": True})
    assert "2027-01-31" in rows(content)[0][1]


def test_a_formula_gives_the_value_that_was_stored_and_is_never_computed() -> None:
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>1+1</f></c>'
        b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>'
    )
    content = changed(xlsx({(0, 0): 1}), {"xl/worksheets/sheet1.xml": part})
    (sheet,) = read_workbook(content, "plan.xlsx").sheets
    assert sheet.rows == (Row(1, ("7",)),)
    assert sheet.unread == {(1, 1), (1, 2)}


def test_a_merged_cell_is_known_as_far_as_the_sheet_reaches() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1_000_000, 1, "Problema")
        sheet.write(2, 2, "Meta")
    (sheet,) = read_workbook(buffer.getvalue(), "plan.xlsx").sheets
    cells = {(1, 1), (2, 0), (2, 1), (3, 0), (3, 1)}
    assert sheet.merged == dict.fromkeys(cells, (1, 0))


def test_what_is_hidden_is_not_read() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Plan").write(0, 0, "x")
        hidden = book.add_worksheet("Listas")
        hidden.write(0, 0, "y")
        hidden.hide()
    assert [sheet.name for sheet in read_workbook(buffer.getvalue(), "p.xlsx").sheets] == ["Plan"]


def test_a_row_that_is_not_shown_is_read_and_known() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["a", "b", "c"])
        sheet.set_row(1, None, None, {"hidden": True})
    shown = f"<table:table-row>{LINE.format('a')}</table:table-row>"
    filtered = shown.replace("row>", 'row table:visibility="filter">', 1)
    old = xls(
        *(text_record(row, 0, "a") for row in range(3)),
        row_record(0),
        row_record(1, is_hidden=True),
    )
    for content in (buffer.getvalue(), ods(shown + filtered + shown), old):
        (read,) = read_workbook(content, "plan").sheets
        assert (len(read.rows), {*read.hidden}) == (3, {2})


def test_an_open_document_is_read_with_what_it_repeats_and_merges() -> None:
    content = ods(
        f"<table:table-row>{LINE.format('Meta')}"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="percentage" office:value="0.305">'
        "<text:p>30,5%</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="12"/>'
        '<table:table-cell office:value-type="date" office:date-value="2027-01-31"/>'
        '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows(content, "plan.ods") == [
        (1, ("Meta", "", "", "30.5 %")),
        (5, ("12", "2027-01-31")),
    ]
    assert read_workbook(content, "plan.ods").sheets[0].unread == {(5, 2)}


def test_merged_cells_of_an_open_document_are_known() -> None:
    merged = LINE.replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"')
    content = ods(
        f"<table:table-row>{merged.format('A')}{LINE.format('x')}</table:table-row>"
        f"<table:table-row><table:covered-table-cell/>{LINE.format('y')}</table:table-row>"
    )
    assert read_workbook(content, "plan.ods").sheets[0].merged == {(2, 0): (1, 0)}


def test_an_xls_of_before_2007_is_read() -> None:
    content = xls(
        text_record(0, 0, "Meta «ñ»"),
        number_record(1, 0, 0.3, is_percent=True),
        number_record(1, 1, 12),
    )
    assert rows(content, "plan.xls") == [(1, ("Meta «ñ»",)), (2, ("30 %", "12"))]


def test_texts_that_the_cells_of_an_xls_share_are_read_across_records() -> None:
    long = "Meta «ñ» " * 2_000
    content = xls(shared_record(0, 0, 1), shared_record(1, 0, 0), shared=["Meta", long])
    assert rows(content, "plan.xls") == [(1, (long.strip(),)), (2, ("Meta",))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_is_read_in_whatever_signs_and_between_whatever_separators(
    encoding: str, separator: str
) -> None:
    text = f'Dimensión{separator}Meta\r\n"Agua; luz, y\r\nmás"{separator}12\r\n\r\nb{separator}\r\n'
    assert rows(text.encode(encoding), "plan.csv") == [
        (1, ("Dimensión", "Meta")),
        (2, ("Agua; luz, y\nmás", "12")),
        (4, ("b",)),
    ]


def test_the_separator_that_a_text_names_itself_is_taken() -> None:
    assert rows(b"sep=;\r\na,b;c\r\n", "plan.csv") == [(2, ("a,b", "c"))]


def test_what_a_file_is_is_told_by_what_it_holds_and_said() -> None:
    workbook = read_workbook(xlsx({(0, 0): "x"}), "plan.csv")
    assert (workbook.format, workbook.notes) == (
        "XLSX",
        ("El nombre dice CSV, pero es XLSX: se leyó como XLSX.",),
    )


def test_a_place_is_said_as_a_spreadsheet_shows_it() -> None:
    (sheet,) = read_workbook(xlsx({(0, 0): "x"}), "plan.xlsx").sheets
    assert sheet.place(12, 2) == "hoja «Social», fila 12, columna C"
    (text,) = read_workbook(b"a,b\n", "plan.csv").sheets
    assert text.place(1) == "fila 1"


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_columns_are_lettered(column: int, name: str) -> None:
    assert letters(column) == name
    assert column_of(name) == column
