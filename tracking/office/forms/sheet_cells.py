"""What stands in the fields of a row of the sheet, stored or typed, and whether it was touched."""

import hashlib
from collections.abc import Container, Mapping
from typing import Any, Final

from django.http import QueryDict

from plans.figures import typed_plainly
from tracking.measuring.entry import Entry
from tracking.measuring.tasks import Task
from tracking.office.forms.doubts import SURE

COLUMNS: Final = ("step", "value", "parts_done", "done", "required", "narrative", "as_of")
SENT: Final = (*COLUMNS, "value_como", SURE, "edit", "shown")
"""What a row sends, each name after the row's prefix."""


def typed_of(sent: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed in a row, as its fields show it. SENT: the values of each name."""
    typed: dict[str, Any] = {name: first_of(sent[name]) for name in COLUMNS}
    typed["narrative"] = typed["narrative"].replace("\r\n", "\n")
    typed["parts_done"] = sent["parts_done"]
    return typed


def stored_of(task: Task) -> dict[str, Any]:
    """What TASK's report holds of what its entry asks for, as its fields show it."""
    report, entry = task.report, task.entry
    cells: dict[str, Any] = {**dict.fromkeys(COLUMNS, ""), "parts_done": []}
    if report is None:
        return cells
    cells["narrative"] = report.narrative.replace("\r\n", "\n")
    cells["as_of"] = report.as_of.isoformat() if report.as_of else ""
    if entry.has_step:
        cells["step"] = _plain(report.step)
    if entry.has_value and report.value is not None:
        cells["value"] = typed_plainly(report.value)
    if entry == Entry.PARTS and task.terms:
        cells["parts_done"] = [name for name in task.terms.parts if name in report.parts_done]
    if entry == Entry.COUNT:
        cells["done"], cells["required"] = _plain(report.done), _plain(report.required)
    return cells


def digest(cells: Mapping[str, Any]) -> str:
    """What tells whether CELLS were touched; short, for it goes with every row."""
    texts = [cells[name] for name in COLUMNS if name != "parts_done"]
    written = "\x1f".join([*texts, *sorted(cells["parts_done"])])
    return hashlib.blake2s(written.encode(), digest_size=6).hexdigest()


def strays(data: QueryDict, here: Container[str]) -> list[str]:
    """What was typed in rows that are no longer on the page: of each, its words and figures.

    HERE: the prefixes of those that are.
    """
    found = []
    for key in data:
        prefix, _dash, name = key.partition("-")
        if name != "shown" or prefix in here:
            continue
        sent = {each: data.getlist(f"{prefix}-{each}") for each in SENT}
        typed = typed_of(sent)
        if digest(typed) != first_of(sent["shown"]).partition(".")[2]:
            texts = [typed[each] for each in ("value", "done", "required", "narrative")]
            found.append(" · ".join(text for text in texts if text))
    return found


def first_of(values: list[str]) -> str:
    return values[0] if values else ""


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)
