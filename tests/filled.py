"""A sheet that is downloaded, filled in and sent back, as other programs save it."""

import csv
import io
from collections.abc import Sequence
from html import unescape
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.spreadsheets.reading import read_workbook

Lines = list[list[str]]


def downloaded(browser: Client, address: str) -> Lines:
    """The rows of the first sheet, the headings first, all of one width."""
    sheet = read_workbook(browser.get(address).content, "hoja.xlsx").sheets[0]
    width = len(sheet.rows[0].cells)
    return [[row.at(column) for column in range(width)] for row in sheet.rows]


def fill(lines: Lines, ref: str, **values: Any) -> Lines:
    """LINES in which the row REF says VALUES, by heading: blanks as "_"."""
    row = next(each for each in lines[1:] if each[0] == ref)
    for heading, value in values.items():
        row[lines[0].index(heading.replace("_", " "))] = value
    return lines


def without(lines: Lines, heading: str) -> Lines:
    """LINES without the column HEADING."""
    at = lines[0].index(heading)
    return [[*row[:at], *row[at + 1 :]] for row in lines]


def as_csv(lines: Lines) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(lines)
    return buffer.getvalue().encode()


def as_xlsx(lines: Sequence[Sequence[Any]], **options: Any) -> bytes:
    """LINES, their values as they are; OPTIONS are those of the file."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Hoja1")
        for number, row in enumerate(lines):
            for at, value in enumerate(row):
                has_day = hasattr(value, "year")
                sheet.write(number, at, value, day) if has_day else sheet.write(number, at, value)
    return buffer.getvalue()


def book_with(change: Any, *lines: Sequence[Any]) -> bytes:
    """An XLSX of LINES, on whose sheet CHANGE is called."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
        change(sheet)
    return buffer.getvalue()


def upload(
    browser: Client, address: str, content: Lines | bytes, action: str = "guardar", **more: str
) -> Any:
    """What is answered to CONTENT, a file or lines that go as CSV."""
    data = content if isinstance(content, bytes) else as_csv(content)
    file = SimpleUploadedFile("hoja", data)
    return browser.post(address, {"file": file, "accion": action, **more})


def text(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())
