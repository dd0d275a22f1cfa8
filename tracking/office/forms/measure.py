"""The measure of one report: what its terms ask for, in words, figures and a date."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.forms.figures import FigureField
from plans.forms.locations import LocationsField
from tracking.choices import Step
from tracking.measuring.checking import (
    LARGEST_COUNT,
    NOT_A_PART,
    TOO_LARGE,
    doubts_of,
    faults_in,
    prose,
    usual_day,
    value_limits,
)
from tracking.measuring.entry import MEASURES, NO_MEASURE, WRITABLE
from tracking.measuring.tasks import Task
from tracking.models.report import LONGEST_TEXT
from tracking.office.forms.doubts import Question, ask, by_field, confirmed_in

WHOLE_NUMBER: Final = re.compile(r"[0-9]+")


class ProseField(forms.CharField):
    """A long text. Its lines end as they are stored: a line break counts once, as one typed it."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        attributes = {"rows": rows, "maxlength": LONGEST_TEXT}
        super().__init__(required=False, widget=forms.Textarea(attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        return prose(str(super().to_python(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or "") != self.to_python(data))


class CountField(forms.Field):
    """A whole number of 0 or more, typed in digits alone: "1.000" could be one or a thousand."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if not WHOLE_NUMBER.fullmatch(text):
            raise ValidationError(_("Escriba un número entero, solo con cifras: 1500."))
        if len(text) > len(str(LARGEST_COUNT)) or int(text) > LARGEST_COUNT:
            raise ValidationError(TOO_LARGE)
        return int(text)


class DayField(forms.DateField):
    """A day: the browser's calendar, or typed as "30/06/2019"; as some sheets write, "30/06/19"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y"],
            error_messages={"invalid": gettext_lazy("Escriba una fecha que exista: 30/06/2019.")},
            **kwargs,
        )


class MeasureForm(forms.Form):
    """The fields that TASK asks for: its measure, what is told of it, and on which day it stood.

    A draft may lack any of them; what is missing is said when it is sent to review. ``edit`` is
    the edition of the report that the person sees.
    """

    step = forms.TypedChoiceField(
        label=gettext_lazy("En qué paso está"),
        choices=Step.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Elija uno de los pasos.")},
    )
    parts_done = forms.MultipleChoiceField(
        label=gettext_lazy("Partes entregadas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_PART},
    )
    done = CountField(label=gettext_lazy("Cumplidos en el semestre"))
    required = CountField(label=gettext_lazy("Exigidos en el semestre"))
    narrative = ProseField(label=gettext_lazy("Qué se hizo"), rows=6)
    difficulties = ProseField(
        label=gettext_lazy("Dificultades"),
        rows=4,
        help_text=gettext_lazy(
            "Qué impidió o demoró lo previsto. Se dice en la audiencia pública."
        ),
    )
    next_steps = ProseField(label=gettext_lazy("Próximos pasos"), rows=4)
    as_of = DayField(
        label=gettext_lazy("Al día"),
        required=False,
        help_text=gettext_lazy("El día al que corresponde lo que informa."),
    )
    locations = LocationsField()
    edit = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, task: Task, data: Mapping[str, Any] | None = None, *, prefix: str | None = None
    ) -> None:
        super().__init__(data, prefix=prefix, initial=self.initial_of(task))
        self.task = task
        entry = task.entry
        if entry.has_value:
            self.fields["value"] = value_field(task)
            self.order_fields(["step", "value"])
        where: Any = self.fields["locations"]
        where.of(task.element)
        if task.terms:
            parts: Any = self.fields["parts_done"]
            parts.choices = [(name, name) for name in task.terms.parts]
        for name in ("done", "required"):
            self.fields[name].help_text = task.counts
        for name in set(MEASURES) - set(entry.measures):
            self.fields.pop(name, None)
        day = self.fields["as_of"].widget.attrs
        day["min"] = task.semester.first_day.isoformat()
        day["max"] = (usual_day(task.semester) or task.semester.last_day).isoformat()
        self.questions: dict[str, Question] = {}

    @classmethod
    def initial_of(cls, task: Task) -> dict[str, Any]:
        """What TASK's report holds; for the day, the usual one if nobody named one."""
        stored = {name: getattr(task.report, name) for name in WRITABLE} if task.report else {}
        day = stored.get("as_of") or usual_day(task.semester)
        return {**stored, "as_of": day, "locations": task.locations, "edit": task.edit}

    def clean(self) -> None:
        for name, fault in faults_in(self.cleaned_data, self.task).items():
            self.add_error(name, fault)
        self.questions = by_field(doubts_of(self.cleaned_data, self.task), confirmed_in(self))
        ask(self, self.questions)

    @property
    def seen(self) -> int:
        """The edition that the person saw; 0 for none. Once the form is checked."""
        return self.cleaned_data.get("edit") or 0

    def values(self) -> dict[str, Any]:
        """What `drafts.save_draft` writes. Once the form is valid.

        A measure that the terms no longer ask for is emptied: it would be published unseen.
        """
        asked = {name: self.cleaned_data[name] for name in WRITABLE if name in self.fields}
        return {**NO_MEASURE, **asked}


def value_field(task: Task) -> FigureField:
    """The field of the value that TASK asks for: what it counts, in its unit, within its limits."""
    terms = task.terms
    unit = terms.unit_of_measure.strip() if terms else ""
    label = _("Cantidad acumulada") if task.entry.is_quantity else _("Valor alcanzado")
    shown = terms.value_unit if terms else ""
    goal = terms.goal_of_value if terms else ""
    hints = [task.counts, _("Meta del plan: %s.") % f"{goal} {unit}".strip() if goal else ""]
    return FigureField(
        label=f"{label} ({shown})" if shown else label,
        required=False,
        **value_limits(terms)._asdict(),
        help_text=" ".join(hint for hint in hints if hint),
    )
