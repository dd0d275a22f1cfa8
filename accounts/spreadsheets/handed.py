"""A spreadsheet that was read as JSON, for the process that read it to hand on, and back."""

from typing import Any

from accounts.spreadsheets.cells import Row, Sheet, Workbook


def packed(workbook: Workbook) -> dict[str, Any]:
    """WORKBOOK, but for its notes, as plain objects, lists and text."""
    return {"format": workbook.format, "sheets": [_packed(each) for each in workbook.sheets]}


def unpacked(plain: dict[str, Any], notes: tuple[str, ...]) -> Workbook:
    """The spreadsheet that was PACKED, with its NOTES."""
    return Workbook(plain["format"], tuple(map(_unpacked, plain["sheets"])), notes)


def _packed(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": [(row.number, row.cells) for row in sheet.rows],
        "merged": [*sheet.merged.items()],
        "unread": [*sheet.unread],
        "hidden": [*sheet.hidden],
    }


def _unpacked(plain: dict[str, Any]) -> Sheet:
    return Sheet(
        plain["name"],
        tuple(Row(number, tuple(cells)) for number, cells in plain["rows"]),
        {(*cell,): (*origin,) for cell, origin in plain["merged"]},
        frozenset((*cell,) for cell in plain["unread"]),
        frozenset(plain["hidden"]),
    )
