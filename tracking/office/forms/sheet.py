"""What the sheet asks once for all its rows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from plans.semester import Semester
from tracking.measuring.checking import day_fault, usual_day
from tracking.office.forms.measure import DayField

LONGEST_REASON: Final = 1000


class SheetForm(forms.Form):
    """What is said once: the day, for rows that name none, and why some had no activity."""

    as_of = DayField(
        label=gettext_lazy("Al día"),
        required=False,
        help_text=gettext_lazy("El día al que corresponde lo que informa, salvo donde ponga otro."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Por qué no hubo actividad"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Es público: «La obra empieza en 2020», «No hubo presupuesto»."),
    )

    def __init__(self, semester: Semester, data: Mapping[str, Any] | None = None) -> None:
        usual = usual_day(semester)
        super().__init__(data, initial={"as_of": usual})
        self.semester = semester
        day = self.fields["as_of"].widget.attrs
        day.update({"class": "short", "min": semester.first_day.isoformat()})
        day["max"] = (usual or semester.last_day).isoformat()

    def clean_as_of(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["as_of"]
        if day and (fault := day_fault(day, self.semester)):
            raise ValidationError(fault)
        return day
