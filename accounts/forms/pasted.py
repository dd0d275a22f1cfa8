"""Many rows at once: pasted as lines, or from a sheet, each held to the form of a single one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.spreadsheet import SpreadsheetField
from accounts.models import Municipality, User
from accounts.querysets import folded
from accounts.spreadsheets.cells import Workbook

MOST_LINES: Final = 500
BETWEEN: Final = re.compile(r"\s*[;\t]\s*")


@dataclass(frozen=True)
class Line:
    """One row: its number where it came from, and what it says by column."""

    number: int
    said: Mapping[str, str]

    @property
    def text(self) -> str:
        return "; ".join(self.said.values()).rstrip("; ")


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: it is new, known already, or waits, with the reason."""

    line: Line
    is_new: bool = False
    reason: str = ""

    @property
    def waits(self) -> bool:
        return bool(self.reason) and not self.is_new


class PastedForm(forms.Form):
    """Lines «a; b; c», or a sheet with these columns, in order or under their headings."""

    columns: ClassVar[Mapping[str, tuple[str, ...]]]
    """The columns in their order, each with how its heading may be spelled, folded."""

    lines = forms.CharField(
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    file = SpreadsheetField(
        label=gettext_lazy("O una hoja"),
        required=False,
        help_text=gettext_lazy("XLSX, XLS, ODS o CSV, con las mismas columnas."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if self.errors:
            return values
        sheet = values.get("file")
        rows = list(self._of_sheet(sheet) if sheet else self._of_lines(values["lines"]))
        if sheet and not rows:
            self.add_error("file", _("La hoja no trae ninguna fila llena."))
        elif not rows:
            self.add_error("lines", _("Pegue al menos una línea, o elija una hoja."))
        elif len(rows) > MOST_LINES:
            self.add_error("lines", _("Son demasiadas líneas: como máximo %s.") % MOST_LINES)
        values["rows"] = rows
        return values

    def outcomes(self, *, save: bool, by: User) -> list[Outcome]:
        """What becomes of each row of a form that was checked; done too, where SAVE says so."""
        return [self._take(line, save=save, by=by) for line in self.cleaned_data["rows"]]

    def again(self, lines: Iterable[Line]) -> Self:
        """The form with LINES alone."""
        initial = {"lines": "\n".join(line.text for line in lines)}
        return type(self)(initial=initial, **self._of())

    def _of(self) -> dict[str, Any]:
        """What a form of this kind is made with, beside its data."""
        return {"municipality": self.municipality}

    def done_sentence(self, count: int) -> str:
        """That COUNT rows were done."""
        raise NotImplementedError

    def _take(self, line: Line, *, save: bool, by: User) -> Outcome:
        raise NotImplementedError

    def _of_lines(self, text: str) -> Iterator[Line]:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip("; \t"):
                yield self._line(number, BETWEEN.split(line.strip()))

    def _of_sheet(self, book: Workbook) -> Iterator[Line]:
        if not book.sheets:
            return
        places = list(range(len(self.columns)))
        for at, row in enumerate(book.sheets[0].rows):
            if at == 0 and (headings := self._headings(row.cells)):
                places = [headings.get(name, len(row.cells)) for name in self.columns]
                continue
            yield self._line(row.number, [" ".join(row.at(place).split()) for place in places])

    def _headings(self, cells: tuple[str, ...]) -> dict[str, int]:
        """Where each column stands; nothing where the first row names none."""
        said = [folded(cell).strip() for cell in cells]
        return {
            name: said.index(spelling)
            for name, spellings in self.columns.items()
            for spelling in spellings
            if spelling in said
        }

    def _line(self, number: int, cells: list[str]) -> Line:
        padded = [*cells, *[""] * len(self.columns)]
        return Line(number, dict(zip(self.columns, padded, strict=False)))


def reasons_of(form: forms.BaseForm) -> str:
    """All that FORM has against what it was given, in one text that names each field."""
    return " ".join(
        f"{form[name].label}: {reason}" if name in form.fields else str(reason)
        for name, reasons in form.errors.items()
        for reason in reasons
    )
