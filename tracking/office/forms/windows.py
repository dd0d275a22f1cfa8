"""The days on which a semester is reported."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.models import SemesterWindow
from tracking.office.forms.measure import DayField

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[SemesterWindow]
else:
    ModelForm = forms.ModelForm


class WindowForm(ModelForm):
    """The three days of a window, in order; what is out of order is told beside its day."""

    class Meta:
        model = SemesterWindow
        fields: ClassVar = ["opens_on", "due_on", "closes_on"]
        field_classes: ClassVar = dict.fromkeys(fields, DayField)

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data
        opens, due, closes = (days.get(name) for name in self.Meta.fields)
        first = self.instance.semester.first_day
        if opens and opens < first:
            message = _("El semestre empieza el %s: no se informa antes.")
            self.add_error("opens_on", message % date_format(first))
        if opens and due and due < opens:
            self.add_error("due_on", _("No puede vencer antes de abrirse."))
        if due and closes and closes < due:
            self.add_error("closes_on", _("No puede cerrarse antes de vencer."))
        return days
