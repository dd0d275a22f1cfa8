"""A semester's promises as an XLSX that is filled in without a connection and sent back."""

from collections.abc import Iterator, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.forms.filled.mark import MARK, Mark
from accounts.spreadsheets.writing import Column, Form, Locked, Value, workbook
from plans.semester import Semester
from tracking.measuring.entry import Entry
from tracking.measuring.tasks import Task
from tracking.office.sheets.columns import (
    ASIDE,
    CODE,
    FIELDS,
    Field,
    asked_of,
    cells_of,
    digest,
    texts_of,
)
from tracking.reading.sentences import measured
from tracking.reading.story import Revision

ASIDE_WIDTHS = (40, 28, 28, 12)
LONGEST_BEFORE = 300
"""Letters of what was said the last time."""


def file_of(tasks: Sequence[Task], place: str, semester: Semester, title: str) -> bytes:
    """The sheet of TASKS of the municipality PLACE; TITLE says whose it is."""
    asked = {name for task in tasks for name in task.entry.asks}
    fields = [each for each in FIELDS if each.name in asked]
    columns = [
        Column(str(CODE.heading), 10, is_protected=True),
        *(
            Column(str(each.heading), width, is_protected=True)
            for each, width in zip(ASIDE, ASIDE_WIDTHS, strict=True)
        ),
        *(
            Column(
                str(each.heading),
                each.width,
                choices=[str(label) for label in each.choices],
                help=str(each.help),
            )
            for each in fields
        ),
        Column(str(MARK), 10, is_protected=True, is_hidden=True),
    ]
    rows = (list(_row(task, fields, place)) for task in tasks)
    name = _("Informe %s") % semester
    return workbook([Form(name, columns, rows, fixed=2)], _instructions(title, semester))


def _row(task: Task, fields: Sequence[Field], place: str) -> Iterator[Value]:
    element = task.element
    yield from (element.ref, element.statement, how(task), before(task), str(task.state_label))
    cells = cells_of(task)
    for each in fields:
        is_open = task.is_writable and each.name in cells
        yield cells[each.name] if is_open else Locked(cells.get(each.name))
    seen = f"{task.edit}.{asked_of(task)}.{digest(texts_of(task))}"
    yield str(Mark(place, str(task.semester), element.ref, seen))


def how(task: Task) -> str:
    """How TASK is measured, in words, with its goal; the parts with their numbers."""
    terms, entry = task.terms, task.entry
    said = {
        Entry.NARRATIVE: _("En palabras."),
        Entry.COUNT: _("Cuántos se cumplieron de los exigidos."),
        Entry.VALUE: _("Con una cifra."),
        Entry.QUANTITY: _("Con un paso y la cantidad acumulada."),
    }.get(entry, _("Con un paso."))
    if entry == Entry.PARTS:
        names = enumerate(terms.parts if terms else (), start=1)
        said += " " + _("Sus partes: %s.") % "; ".join(f"{at}. {name}" for at, name in names)
    goal = terms.goal_of_value if terms and entry.has_value else ""
    if goal and terms:
        said += " " + _("Meta del plan: %s.") % f"{goal} {terms.unit_of_measure}".strip()
    return f"{said} {task.counts}".strip()


def before(task: Task) -> str:
    """The last report that was published before, in words."""
    previous = task.previous
    if previous is None:
        return ""
    said = f"{previous.semester}: {measured(Revision(previous))}. {previous.narrative}"
    return Truncator(said).chars(LONGEST_BEFORE)


def _instructions(title: str, semester: Semester) -> list[str]:
    return [
        _("Cómo se llena la hoja de %(title)s, semestre %(semester)s")
        % {"title": title, "semester": semester},
        _("Una fila es una promesa. Llene las celdas blancas; las grises no se cambian."),
        _("«Paso» se elige de la lista. Las cifras van con punto decimal: 1500.5"),
        _("En «Partes entregadas» van los números de «Cómo se mide»: 1; 3. O «todas»."),
        _("«Al día» en blanco es el último día del semestre, o el día de hoy si no terminó."),
        _("«Dificultades» y «Próximos pasos» son lo que se pregunta en la audiencia pública."),
        _("Puede ordenar, borrar o dejar filas como están: lo que no esté aquí no cambia."),
        _("Guárdela (XLSX, ODS, XLS o CSV) y súbala en la misma página de su semestre."),
        _(
            "Lo que esté bien se guarda en borrador; lo demás se dice fila por fila, y se corrige "
            "allí. Lo que otra persona guardó después de la descarga no se pisa: se compara."
        ),
        _("Subirla dos veces no hace daño. Los sustentos se agregan en la página de cada promesa."),
    ]
