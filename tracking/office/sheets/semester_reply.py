"""A semester's sheet that came back, row by row: what is saved, what waits, what is left."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.forms.filled.reading import Left, Line, Returned
from accounts.forms.filled.reply import Change, Reply
from accounts.models import User
from plans.models import Plan, Responsibility
from tracking.choices import ReportState
from tracking.measuring.checking import usual_day
from tracking.measuring.tasks import Task
from tracking.office.forms.sheet_cells import prefix_of
from tracking.office.sheets.columns import FIELDS, asked_of, digest, fields_of, texts_of
from tracking.office.sheets.row_form import FileRow, RowForm

FIELD_OF = {each.name: each for each in FIELDS}


class SemesterReply:
    """What came back of TASKS, those of whom it is that sends it; ``waiting`` are to be mended."""

    def __init__(self, tasks: Iterable[Task], *, is_tried: bool = False) -> None:
        self.tasks = {task.element.ref: task for task in tasks}
        self.told = Reply(is_tried)
        self.waiting: list[FileRow] = []

    def take_sheet(self, sheet: Returned, plan: Plan, *, by: User) -> None:
        """Save what SHEET says, as far as it is right. PLAN is that of the tasks."""
        self.told.notes, self.told.left = sheet.notes, list(sheet.left)
        self.told.left += _not_theirs(
            [line for line in sheet.lines if line.key not in self.tasks], plan
        )
        said = {line.key for line in sheet.lines}
        self.told.missing = [ref for ref in self.tasks if ref not in said]
        for line in sheet.lines:
            if task := self.tasks.get(line.key):
                self._take(line, task, by=by)
        self.told.waiting = len(self.waiting)

    def take_rows(self, typed: QueryDict, *, by: User | None) -> None:
        """Save the rows that were mended in the page; BY nobody, only look at them."""
        for task in self.tasks.values():
            row = FileRow(task, RowForm(task, typed))
            if not task.is_writable:
                said = _typed_in(typed, task)
                self.told.left.append(Left(Line(row.ref, row.ref, said), _shut(task)))
            else:
                self._settle(row, by=by)
        self.told.waiting = len(self.waiting)

    def _take(self, line: Line, task: Task, *, by: User) -> None:
        data, faults = _typed(line, task)
        if data is None:
            self.told.unchanged += 1
            return
        row = FileRow(task, RowForm(task, data))
        if not row.changes and row.form.is_valid() and not (line.faults or _stray(line, task)):
            self.told.unchanged += 1
        elif not task.is_writable:
            self.told.left.append(Left(line, _shut(task)))
        else:
            if faults:
                row = FileRow(task, RowForm(task, data, told=faults), doubted=line.doubted)
            self._settle(row, by=by)

    def _settle(self, row: FileRow, *, by: User | None) -> None:
        row.compare()
        if row.is_valid and not row.changes:
            self.told.unchanged += 1
            return
        if row.is_valid and by and not self.told.is_tried:
            row.save(by=by)
        if row.is_valid and (by or self.told.is_tried):
            self.told.taken.append(_change(row))
        else:
            self.waiting.append(row)


def _typed(line: Line, task: Task) -> tuple[MultiValueDict[str, str] | None, list[str]]:
    """What a browser would send of the row, and what is to be looked at; None if untouched.

    An empty cell empties what the sheet showed. Without a mark nobody knows what it showed, and an
    empty cell says nothing; nor does an empty day, which is the usual one.
    """
    edit, _dot, shown = line.mark.seen.partition(".") if line.mark else ("0", "", "")
    asked, _dot, mark = shown.rpartition(".")
    texts = texts_of(task)
    said = {name: FIELD_OF[name].read(text, task) for name, text in line.said.items()}
    given = {name: text for name, text in said.items() if name in texts and (text or line.mark)}
    is_whole = given.keys() == texts.keys() and not _stray(line, task)
    if is_whole and mark == digest(given):
        return None, []
    if not given.get("as_of"):
        given.pop("as_of", None)
    prefix = prefix_of(task)
    usual = usual_day(task.semester)
    values = {"as_of": usual.isoformat() if usual else "", **{k: v for k, v in texts.items() if v}}
    values = {**dict.fromkeys(texts, ""), **values, **given, "edit": edit}
    values["asked"] = asked if line.mark else asked_of(task)
    data = MultiValueDict({f"{prefix}-{name}": [text] for name, text in values.items()})
    data.setlist(f"{prefix}-parts_done", values.get("parts_done", "").splitlines())
    return data, [*line.faults, *line.doubts, *_stray(line, task)]


def _stray(line: Line, task: Task) -> list[str]:
    """What stands in cells that TASK is not asked for."""
    asked = task.entry.asks
    sentence = _("«%(column)s» no se informa en esta promesa, y la hoja dice: %(text)s")
    return [
        sentence % {"column": FIELD_OF[name].heading, "text": text}
        for name, text in line.said.items()
        if text and name not in asked
    ]


def _typed_in(typed: QueryDict, task: Task) -> dict[str, str]:
    prefix = prefix_of(task)
    return {each.name: typed.get(f"{prefix}-{each.name}", "") for each in fields_of(task)}


def _shut(task: Task) -> str:
    if task.state == ReportState.PUBLISHED:
        return _("Su informe de este semestre ya se publicó: lo que cambie va en una corrección.")
    return _("Su informe ya se envió a revisión: recupérelo, si todavía no lo revisan.")


def _not_theirs(lines: list[Line], plan: Plan) -> list[Left]:
    """LINES of promises that are not for whoever sends the sheet, each with the reason."""
    refs = {line.key for line in lines}
    if not refs:
        return []
    current = set(plan.elements.current().filter(ref__in=refs).values_list("ref", flat=True))
    rows = Responsibility.objects.filter(element__plan=plan, element__ref__in=refs)
    units = dict(rows.order_by("-pk").values_list("element__ref", "unit__name"))
    return [Left(line, _why_not(line.key, current, units)) for line in lines]


def _why_not(ref: str, current: set[str], units: Mapping[str, str]) -> str:
    if ref not in current:
        return _("El plan no tiene hoy una promesa con ese código.")
    if unit := units.get(ref):
        return _("La informa otra unidad: %s.") % unit
    return _("No es de las promesas que usted informa en esta hoja.")


def _change(row: FileRow) -> Change:
    shown: list[Any] = [(each.label, each.before, each.after) for each in row.changes]
    return Change(row.ref, row.task.element.statement, shown)
