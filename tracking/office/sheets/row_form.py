"""A promise of a sheet that came back, while its row waits to be mended in the page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from accounts.models import User
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport
from tracking.office.forms.doubts import Question
from tracking.office.forms.report import WholeForm
from tracking.office.forms.sheet_cells import prefix_of
from tracking.office.sheets.columns import asked_of
from tracking.reading.differences import Difference, differences
from tracking.services.drafts import EditConflict, save_draft

Shown = tuple[BoundField, Question | None]


class RowForm(WholeForm):
    """All that the row of TASK says. TOLD is what has to be looked at before it is saved.

    ``asked`` is how it was asked where it was filled in.
    """

    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, task: Task, data: Mapping[str, Any], *, told: Sequence[str] = ()) -> None:
        super().__init__(task, data, prefix=prefix_of(task))
        self.told = told
        if step := self.fields.get("step"):
            choices: Any = step
            step.widget = forms.Select(choices=[("", _("Elija")), *choices.choices])

    def clean(self) -> None:
        super().clean()
        for each in self.told:
            self.add_error(None, each)
        if self.cleaned_data.get("asked") != asked_of(self.task):
            changed = _(
                "La forma de medir esta promesa cambió: revise la fila y guárdela otra vez."
            )
            self.add_error(None, changed)


@dataclass
class FileRow:
    """What the row of TASK says in FORM, and what became of it.

    DOUBTED: the fields whose cells have to be looked at. IS_CONFLICT: somebody saved its report
    after the sheet was made.
    """

    task: Task
    form: RowForm
    doubted: Collection[str] = ()
    trouble: str = ""
    is_conflict: bool = False

    @property
    def ref(self) -> str:
        return self.task.element.ref

    @property
    def number(self) -> str:
        """Of its promise, as the form sends it back."""
        return str(self.task.element.pk)

    @property
    def prefix(self) -> str:
        return prefix_of(self.task)

    @property
    def stored(self) -> ProgressReport:
        return self.task.report or ProgressReport()

    @property
    def edit(self) -> str:
        """The edition over which saving it again writes."""
        return str(self.task.edit if self.is_conflict else self.form["edit"].value() or 0)

    @property
    def asked(self) -> str:
        return asked_of(self.task)

    @property
    def sure(self) -> str:
        return self.form.add_prefix("seguro")

    @property
    def asked_again(self) -> list[Shown]:
        """The fields at fault, or in doubt, each with what is asked once more of it."""
        return [
            (field, question)
            for field, question in self._fields
            if field.errors or question or field.name in self.doubted
        ]

    @property
    def others(self) -> list[Shown]:
        return [each for each in self._fields if each not in self.asked_again]

    @property
    def _fields(self) -> list[Shown]:
        return [(each, self.form.questions.get(each.name)) for each in self.form.visible_fields()]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each fault, after the id of where it is."""
        own = [self.trouble] if self.trouble else []
        if self.is_conflict:
            own.append(_("Este informe se guardó después de que se hizo la hoja: compare."))
        own += [str(each) for each in self.form.non_field_errors()]
        fields = [
            (each.auto_id, f"{each.label}: {error}")
            for each in self.form.visible_fields()
            for error in each.errors
        ]
        return [*((self.prefix, each) for each in own), *fields]

    @cached_property
    def changes(self) -> list[Difference]:
        """What its report would say otherwise; nothing while the form is at fault."""
        if not self.form.is_valid():
            return []
        return differences(self.stored, self.form.over(self.stored))

    @property
    def is_valid(self) -> bool:
        return self.form.is_valid() and not self.trouble and not self.is_conflict

    def compare(self) -> None:
        """See whether somebody saved its report after the sheet was made."""
        self.is_conflict = bool(self.changes) and self.form.seen != self.task.edit

    def save(self, *, by: User) -> None:
        """Write what it says into its report, or say why that could not be."""
        task, form = self.task, self.form
        try:
            save_draft(task.element, task.semester, form.values(), by=by, edit=form.seen)
        except EditConflict as conflict:
            self.task = replace(task, report=conflict.stored)
            del self.changes  # they were from what was stored before
            self.is_conflict = True
        except ValidationError as refusal:
            self.trouble = " ".join(refusal.messages)
