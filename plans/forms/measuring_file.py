"""The sheet of how promises are measured as an XLSX: written to be filled in, and read back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.spreadsheet import SpreadsheetField
from accounts.querysets import folded
from accounts.spreadsheets.cells import Row as Line
from accounts.spreadsheets.cells import Sheet, SpreadsheetRefused, Workbook
from accounts.spreadsheets.writing import Column, Form, Value, workbook
from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.forms.measuring_sheet import Row, SharedForm
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester

REF: Final = gettext_lazy("Código")
SEEN: Final = gettext_lazy("Versión")
NAME: Final = gettext_lazy("Medición")


@dataclass(frozen=True)
class Field:
    """A column that is filled in: the field of a row's form, and the words of its choices."""

    name: str
    heading: Any
    width: int = 12
    choices: type[models.TextChoices] | None = None
    help: Any = ""

    def written(self, value: Any) -> Value:
        if self.choices and value:
            return str(self.choices(value).label)
        return value if isinstance(value, Decimal | str) else None

    def read(self, cell: str) -> str:
        """What CELL says as the form takes it; a choice by its words, also the first of them."""
        if not self.choices or not cell:
            return cell
        said = folded(cell)
        for each in self.choices:
            words = {folded(str(each.label)), folded(str(each.value))}
            if said in words or said == folded(str(each.label)).partition(":")[0]:
                return str(each.value)
        return cell  # which the form refuses by name


FIELDS: Final = (
    Field("kind", gettext_lazy("Clase"), 16, MeasureKind),
    Field("unit_of_measure", gettext_lazy("Unidad de medida"), 16, help="%, km, viviendas…"),
    Field("goal", gettext_lazy("Meta")),
    Field("baseline", gettext_lazy("Línea de base")),
    Field(
        "baseline_source",
        gettext_lazy("Fuente de la línea de base"),
        24,
        help=gettext_lazy("Documento y fecha. Obligatoria con una línea de base."),
    ),
    Field("direction", gettext_lazy("Sentido"), 14, Direction),
    Field("nature", gettext_lazy("Qué cifra es"), 24, Nature),
    Field("bound", gettext_lazy("Qué se mantiene"), 20, Bound),
    Field("tolerance", gettext_lazy("Tolerancia")),
)


class FileForm(SharedForm):
    """A sheet that was filled in, and why it says what it says."""

    file = SpreadsheetField(
        label=gettext_lazy("Hoja llena"),
        help_text=gettext_lazy("La que se descarga aquí: XLSX, ODS, XLS o CSV."),
    )
    field_order = ("file", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["shape"]


def file_of(plan: Plan, rows: Iterable[Row]) -> bytes:
    """An XLSX with what each of ROWS says now, to be filled in and sent back."""
    semesters = Semester.all_of(plan.term)
    columns = [
        Column(str(REF), 10, is_protected=True),
        Column(_("Texto del plan"), 60, is_protected=True),
        *(
            Column(
                str(each.heading),
                each.width,
                choices=[str(label) for label in each.choices.labels] if each.choices else (),
                help=str(each.help),
            )
            for each in FIELDS
        ),
        *(
            Column(str(each), 9, help=_("Avance previsto al final del semestre: % o paso."))
            for each in semesters
        ),
        Column(str(SEEN), 8, is_protected=True),
    ]
    lines = [_line(row, semesters) for row in rows]
    return workbook([Form(str(NAME), columns, lines)], _instructions())


def _line(row: Row, semesters: Iterable[Semester]) -> list[Value]:
    terms = row.newest or MeasuringTerms(element=row.element)
    planned = terms.schedule
    return [
        row.element.ref,
        row.element.statement,
        *(each.written(getattr(terms, each.name)) for each in FIELDS),
        *(Decimal(planned[str(each)]) if str(each) in planned else None for each in semesters),
        terms.version or 0,
    ]


def _instructions() -> list[str]:
    return [
        _("Cómo se llena"),
        _("Una fila es una promesa. Llene las columnas blancas; las grises no se cambian."),
        _(
            "Nivel: el valor junto a su meta. Variación: cuánto debe cambiar. Entrega: algo que se "
            "hace; si se cuenta, con meta y unidad. Permanente: se cumple cada semestre. No "
            "verificable: solo se narra."
        ),
        _("Las cifras van con punto decimal y sin separador de miles: 1500.5"),
        _(
            "Cronograma: el avance previsto al final de cada semestre, en %, de 0 a 100 y sin "
            "bajar. En una entrega sin meta ni partes, el paso: 0, 1, 2, 3 o 4."
        ),
        _("Guárdela y súbala en la misma página. Lo que esté bien se guarda; lo demás se dice."),
    ]


def read_file(book: Workbook, plan: Plan) -> dict[str, str]:
    """What a sheet that came back says, by the name of each field of the form.

    SpreadsheetRefused where no sheet has the codes, or a code comes twice.
    """
    for sheet in book.sheets:
        for at, line in enumerate(sheet.rows):
            headings = {folded(cell): column for column, cell in enumerate(line.cells) if cell}
            if folded(str(REF)) in headings:
                return dict(_fields(sheet, sheet.rows[at + 1 :], headings, plan))
    raise SpreadsheetRefused(
        _("No es la hoja que se descarga aquí: le falta la columna «%s».") % REF
    )


def _fields(
    sheet: Sheet, lines: Iterable[Line], headings: dict[str, int], plan: Plan
) -> Iterator[tuple[str, str]]:
    asked = {each.name: (headings.get(folded(str(each.heading))), each) for each in FIELDS}
    semesters = {str(each): headings.get(folded(str(each))) for each in Semester.all_of(plan.term)}
    seen = headings.get(folded(str(SEEN)))
    known: dict[str, int] = {}
    for line in lines:
        ref = line.at(headings[folded(str(REF))])
        if not ref:
            continue
        if ref in known:
            twice = _("%(place)s: %(ref)s ya está en la fila %(row)s.")
            shown = {"place": sheet.place(line.number), "ref": ref, "row": known[ref]}
            raise SpreadsheetRefused(twice % shown)
        known[ref] = line.number
        if seen is not None:
            yield f"{ref}-seen", line.at(seen)
        for name, (column, each) in asked.items():
            if column is not None:
                yield f"{ref}-{name}", each.read(line.at(column))
        for semester, column in semesters.items():
            if column is not None:
                yield f"{ref}-schedule-{semester}", line.at(column)


def completed(typed: dict[str, str], rows: Iterable[Row]) -> dict[str, str]:
    """TYPED in which a column that the sheet does not have says what each of ROWS says now."""
    now: dict[str, str] = {}
    for row in rows:
        for field in row.form:
            value = field.value()
            shown = getattr(value, "text", value)
            now[field.html_name] = "" if shown in (None, "") else str(shown)
        now.pop(row.form["leave"].html_name)
    return now | typed


def refs_in(typed: dict[str, str]) -> list[str]:
    """The codes of the rows that TYPED has."""
    return list(dict.fromkeys(name.partition("-")[0] for name in typed))
