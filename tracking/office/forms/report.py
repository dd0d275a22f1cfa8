"""The form of one report: its measure, and what there is to tell about it."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.choices import Step
from tracking.measuring.entry import WRITABLE
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport
from tracking.office.forms.measure import DayField, MeasureForm

FIGURES: Final = ("value", "done", "required")
HALT: Final = ("halted_since", "halted_cause")
SUSTAINED_BY: Final = {
    Step.NONE: gettext_lazy("cuente por qué en «Qué se hizo»"),
    Step.PREPARING: gettext_lazy("resolución, expediente, convenio"),
    Step.RUNNING: gettext_lazy("contrato, informe"),
    Step.PARTLY: gettext_lazy("acta de la parte entregada: diga cuál"),
    Step.WORKING: gettext_lazy("acta de recepción, y ya se usa"),
}
"""What a report of each step usually brings."""


class WholeForm(MeasureForm):
    """All that a report says."""

    halted_since = DayField(label=gettext_lazy("Paralizado desde"), required=False)
    halted_cause = forms.CharField(
        label=gettext_lazy("Causa de la paralización"),
        required=False,
        max_length=300,
    )

    def over(self, stored: ProgressReport) -> ProgressReport:
        """STORED as this form would leave it; not saved. Once the form is valid."""
        kept = {name: getattr(stored, name) for name in WRITABLE}
        return ProgressReport(**{**kept, **self.values()})


class ReportForm(WholeForm):
    """A report on its own page. ``entry`` is how it was asked when the person opened it."""

    entry = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, task: Task, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(task, data)
        self.initial["entry"] = str(task.entry)
        self.fields["as_of"].widget.attrs["class"] = "short"
        self.fields["halted_since"].widget.attrs["class"] = "short"

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("entry") != self.task.entry:
            self.add_error(None, self._terms_changed())

    def _terms_changed(self) -> str:
        """That another measure is asked for by now, and the figures that it has no field for."""
        sentence = _(
            "La forma de medir esta promesa cambió mientras usted escribía: revise el informe y "
            "guárdelo otra vez."
        )
        typed = [str(self.data.get(name) or "") for name in FIGURES if name not in self.fields]
        if lost := ", ".join(text for text in typed if text):
            sentence += " " + _("Antes había escrito: %s.") % lost
        return sentence

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The radios of the rubric, each with what usually sustains it."""
        return list(zip(self["step"], SUSTAINED_BY.values(), strict=True))

    @property
    def is_halted(self) -> bool:
        """Whether the form says something of a halt, or of what is wrong with it."""
        return any(self[name].value() or self[name].errors for name in HALT)
