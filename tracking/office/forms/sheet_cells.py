"""What stands in the fields of a row of the sheet, as text: what is stored, and what came back."""

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypedDict

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from plans.figures import typed_plainly
from plans.locations import written
from tracking.measuring.entry import TEXTS
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport
from tracking.office.forms.doubts import SURE
from tracking.office.forms.measure import MeasureForm


class Cells(TypedDict):
    """What the fields of a row show; of the parts, the names of those that are ticked."""

    step: str
    value: str
    parts_done: list[str]
    done: str
    required: str
    narrative: str
    difficulties: str
    next_steps: str
    as_of: str
    locations: str


SENT: Final = (*Cells.__annotations__, "value_como", SURE, "edit", "shown")
"""What a row sends, each name after the row's prefix."""
COPIED: Final = ("value", "done", "required", *TEXTS, "locations")
"""Of what a row sends, what is given back to be copied where it can no longer be saved there."""


def prefix_of(task: Task) -> str:
    """What stands before the names of all that the row of TASK sends."""
    return f"r{task.element.pk}"


def stored_of(task: Task) -> Cells:
    """What TASK's report holds of what its entry asks for."""
    report, entry = task.report, task.entry
    told = texts_of(report)
    cells = Cells(
        step="",
        value="",
        parts_done=[],
        done="",
        required="",
        narrative=told["narrative"],
        difficulties=told["difficulties"],
        next_steps=told["next_steps"],
        as_of="",
        locations=written(task.locations, "\n"),
    )
    if report is None:
        return cells
    cells["as_of"] = report.as_of.isoformat() if report.as_of else ""
    if entry.has_step:
        cells["step"] = _plain(report.step)
    if entry.has_value and report.value is not None:
        cells["value"] = typed_plainly(report.value)
    if entry.has_parts and task.terms:
        cells["parts_done"] = [name for name in task.terms.parts if name in report.parts_done]
    if entry.has_count:
        cells["done"], cells["required"] = _plain(report.done), _plain(report.required)
    return cells


def texts_of(report: ProgressReport | None) -> dict[str, str]:
    """What REPORT tells, by name, with the line ends of a form."""
    return {name: getattr(report, name, "").replace("\r\n", "\n") for name in TEXTS}


def shown_of(task: Task) -> str:
    """How TASK is entered, and a digest of what its report holds: it goes with the form and back.

    So a row that nobody touched is left alone, whatever was stored in it since.
    """
    return f"{task.entry}.{_digest(stored_of(task))}"


@dataclass(frozen=True)
class SentRow:
    """What a form brought back of the row PREFIX: the values of each of the names in SENT."""

    prefix: str
    values: Mapping[str, list[str]]

    @classmethod
    def of(cls, data: QueryDict | None, prefix: str) -> "SentRow | None":
        """The row PREFIX in DATA; None where it did not come back."""
        if data is None or f"{prefix}-shown" not in data:
            return None
        return cls(prefix, {name: data.getlist(f"{prefix}-{name}") for name in SENT})

    @property
    def cells(self) -> Cells:
        """What was typed."""
        return Cells(
            step=self.text("step"),
            value=self.text("value"),
            parts_done=self.values["parts_done"],
            done=self.text("done"),
            required=self.text("required"),
            narrative=self._typed("narrative"),
            difficulties=self._typed("difficulties"),
            next_steps=self._typed("next_steps"),
            as_of=self.text("as_of"),
            locations=self._typed("locations"),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed than the row showed."""
        return _digest(self.cells) != self.text("shown").partition(".")[2]

    def _typed(self, name: str) -> str:
        return self.text(name).replace("\r\n", "\n")

    def begun_from(self, report: ProgressReport) -> "SentRow":
        """This row with what REPORT tells wherever nothing was typed."""
        told = texts_of(report)
        filled = {name: [self.text(name) or told[name]] for name in TEXTS}
        return replace(self, values={**self.values, **filled})

    def with_value(self, text: str) -> "SentRow":
        """This row with TEXT as its figure."""
        return replace(self, values={**self.values, "value": [text], "value_como": []})

    def text(self, name: str) -> str:
        """The value of NAME; "" where none was sent."""
        return next(iter(self.values[name]), "")

    def is_entered_as(self, task: Task) -> bool:
        """Whether the row showed the fields that TASK asks for."""
        return self.text("shown").startswith(f"{task.entry}.")

    def shown_over(self, task: Task) -> "SentRow":
        """This row as if it had been typed over what TASK holds now."""
        return replace(self, values={**self.values, "shown": [shown_of(task)]})

    def form(self, task: Task, page_day: str = "") -> MeasureForm:
        """The form of TASK with what was typed. PAGE_DAY is for a row that names no day."""
        data = MultiValueDict(
            {f"{self.prefix}-{name}": values for name, values in self.values.items()}
        )
        if not self.text("as_of"):
            data[f"{self.prefix}-as_of"] = page_day
        return MeasureForm(task, data, prefix=self.prefix)


def strays(data: QueryDict, here: Container[str]) -> list[str]:
    """What was typed in rows that are no longer on the page: of each, its words and figures.

    HERE: the prefixes of those that are.
    """
    return [
        " · ".join(text for text in map(row.text, COPIED) if text)
        for row in _rows_in(data)
        if row.prefix not in here and row.is_changed
    ]


def _rows_in(data: QueryDict) -> Iterator[SentRow]:
    for key in data:
        prefix, _dash, name = key.partition("-")
        if name == "shown" and (row := SentRow.of(data, prefix)):
            yield row


def _digest(cells: Cells) -> str:
    """What tells whether CELLS were touched; short, for it goes with every row."""
    texts = [cells["step"], cells["value"], cells["done"], cells["required"]]
    texts += [cells["narrative"], cells["difficulties"], cells["next_steps"], cells["as_of"]]
    texts += cells["locations"].split()
    texts += sorted(cells["parts_done"])
    return hashlib.blake2s("\x1f".join(texts).encode(), digest_size=6).hexdigest()


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)
