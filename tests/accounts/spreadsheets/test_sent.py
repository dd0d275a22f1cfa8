"""A spreadsheet that somebody sends, read in a process that may fail."""

import io

import pytest
import xlsxwriter

from accounts.spreadsheets import sent
from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.reading import read_workbook
from accounts.spreadsheets.sent import read_sent
from tests.accounts.limited.programs import limited


def full() -> bytes:
    """A spreadsheet that has all that is told of one."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Ñandú")
        sheet.merge_range(0, 0, 2, 1, "Problema")
        sheet.write(2, 2, "≥ 5")
        sheet.write_formula(3, 0, "=1+1", value="")
        sheet.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("Otra").write(0, 0, "x")
    return buffer.getvalue()


FULL = full()


def refusal(content: bytes = FULL, name: str = "plan.xlsx") -> str:
    with pytest.raises(SpreadsheetRefused) as refused:
        read_sent(content, name)
    return str(refused.value)


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv", "plan"])
def test_it_comes_back_as_it_is_read_here(name: str) -> None:
    read = read_sent(FULL, name)
    first = read.sheets[0]
    assert all((first.rows, first.merged, first.unread, first.hidden))
    assert read == read_workbook(FULL, name)


def test_what_is_refused_is_called_as_it_was_sent() -> None:
    assert refusal(FULL[:500]) == (
        "«plan.xlsx»: está dañado o incompleto. Ábralo, guárdelo como XLSX y súbalo otra vez."
    )


@pytest.mark.parametrize(
    ("program", "reason"),
    [("greedy", "pide demasiada memoria o tiempo"), ("faulty", "está dañado o incompleto")],
)
def test_a_process_that_fails_costs_only_itself(
    program: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent, "READER", limited(program))
    assert reason in refusal()


def test_while_others_are_read_it_is_said_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent, "PATIENCE", 0)
    with sent.READER.turn:
        assert "espere unos segundos" in refusal().lower()
