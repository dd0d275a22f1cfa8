"""What planning writes in an accountability report, and what it confirms to issue it."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import fields_for_model
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.forms.directory import DayInput
from plans.semester import Semester
from tracking.accountability.issuing import WRITTEN
from tracking.models import AccountabilityDraft
from tracking.office.forms.confirmed import ConfirmedForm

LONGEST_REASON: Final = 500
LAST_YEAR: Final = 2
"""How many years after its semester a hearing may be: later is a slip of the keys."""


class DraftForm(forms.Form):
    """What planning writes for a report; ``edit`` says from which saving the form was drawn.

    YEAR is the one whose end can still be projected; None where none can, and none is asked for.
    SEMESTER is over when its hearing is held.
    """

    edit = forms.IntegerField(label=_("Edición"), widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, year: int | None, semester: Semester, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.semester = semester
        for name, rows in (("foreword", 14), ("projection", 6)):
            self.fields[name] = fields_for_model(AccountabilityDraft, [name])[name]
            self.fields[name].widget.attrs |= {"rows": rows, "dir": "auto"}
        if year is None:
            del self.fields["projection"]
        else:
            self.fields["projection"].label = _("Proyección al cierre de %s") % year
        self.fields |= fields_for_model(
            AccountabilityDraft,
            ["hearing_on", "hearing_place"],
            widgets={"hearing_on": DayInput()},
        )

    def clean_hearing_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["hearing_on"]
        over = self.semester.last_day
        shown = {"semester": self.semester, "day": date_format(over)}
        if day and day <= over:
            raise ValidationError(
                _("El semestre %(semester)s terminó el %(day)s: su audiencia es después.") % shown
            )
        if day and day.year > over.year + LAST_YEAR:
            raise ValidationError(
                _("Revise el año: el semestre %(semester)s terminó el %(day)s.") % shown
            )
        return day

    @property
    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WRITTEN if name in self.cleaned_data}


class IssueForm(ConfirmedForm):
    """The second factor once more, and for a new edition its reason.

    ``edition`` is the number that it would have.
    """

    field_order = ("edition", "read", "reason", "code")

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"] = forms.IntegerField(
            label=_("Edición"), widget=forms.HiddenInput, min_value=1
        )
        if not is_first:
            self.fields["reason"] = forms.CharField(
                label=_("Por qué hay una nueva edición"),
                help_text=_("Se publica en ella."),
                max_length=LONGEST_REASON,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"required": _("Diga por qué hay una nueva edición: es público.")},
            )
        self.order_fields(self.field_order)
