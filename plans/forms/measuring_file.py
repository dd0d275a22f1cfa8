"""The sheet of how promises are measured as an XLSX: written to be filled in, and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.filled.mark import MARK, Mark
from accounts.forms.filled.reading import Asked, Kind, Line
from accounts.forms.spreadsheet import SpreadsheetField
from accounts.querysets import folded
from accounts.spreadsheets.writing import Column, Form, Value, workbook
from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.forms.measuring_sheet import Row, SharedForm
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester

REF: Final = gettext_lazy("Código")
STATEMENT: Final = gettext_lazy("Texto del plan")
NAME: Final = gettext_lazy("Medición")


@dataclass(frozen=True)
class Field:
    """A column that is filled in: the field of a row's form, and the words of its choices."""

    name: str
    heading: Any
    width: int = 12
    choices: type[models.TextChoices] | None = None
    help: Any = ""
    expected: Kind = Kind.TEXT

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
    Field("goal", gettext_lazy("Meta"), expected=Kind.FIGURE),
    Field("baseline", gettext_lazy("Línea de base"), expected=Kind.FIGURE),
    Field(
        "baseline_source",
        gettext_lazy("Fuente de la línea de base"),
        24,
        help=gettext_lazy("Documento y fecha. Obligatoria con una línea de base."),
    ),
    Field("direction", gettext_lazy("Sentido"), 14, Direction),
    Field("nature", gettext_lazy("Qué cifra es"), 24, Nature),
    Field("bound", gettext_lazy("Qué se mantiene"), 20, Bound),
    Field("tolerance", gettext_lazy("Tolerancia"), expected=Kind.FIGURE),
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
        self.auto_id = "hoja_%s"  # beside the rows that wait
        del self.fields["shape"]


def file_of(plan: Plan, rows: Iterable[Row]) -> bytes:
    """An XLSX with what each of ROWS says now, to be filled in and sent back."""
    semesters = Semester.all_of(plan.term)
    columns = [
        Column(str(REF), 10, is_protected=True),
        Column(str(STATEMENT), 60, is_protected=True),
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
        Column(str(MARK), 10, is_protected=True, is_hidden=True),
    ]
    lines = [_line(row, semesters) for row in rows]
    return workbook([Form(str(NAME), columns, lines, fixed=2)], _instructions())


def _line(row: Row, semesters: Iterable[Semester]) -> list[Value]:
    terms = row.newest or MeasuringTerms(element=row.element)
    planned = terms.schedule
    place = row.element.plan.municipality.slug
    mark = Mark(place, str(row.element.plan.term), row.element.ref, str(terms.version or 0))
    return [
        row.element.ref,
        row.element.statement,
        *(each.written(getattr(terms, each.name)) for each in FIELDS),
        *(Decimal(planned[str(each)]) if str(each) in planned else None for each in semesters),
        str(mark),
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


def columns_of(plan: Plan) -> tuple[Asked, ...]:
    """What a sheet that comes back is asked for; one of before marks has the version beside."""
    return (
        Asked("ref", REF),
        Asked("statement", STATEMENT, Kind.ASIDE),
        *(Asked(each.name, each.heading, each.expected) for each in FIELDS),
        *(Asked(f"schedule-{each}", each, Kind.FIGURE) for each in Semester.all_of(plan.term)),
        Asked("seen", _("Versión")),
    )


def typed_in(lines: Iterable[Line]) -> dict[str, str]:
    """What LINES that came back say, by the name of each field of the form.

    Where nobody knows what a row showed, an empty cell says nothing.
    """
    read = {each.name: each.read for each in FIELDS}
    typed: dict[str, str] = {}
    for line in lines:
        said = dict(line.said)
        if line.mark:
            said["seen"] = line.mark.seen
        is_known = bool(said.get("seen"))
        typed |= {
            f"{line.key}-{name}": read.get(name, str)(text)
            for name, text in said.items()
            if text or (is_known and name != "seen")
        }
        # A row that says nothing at all is still one that came back.
        typed.setdefault(f"{line.key}-leave", "")
    return typed


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
