"""What one looks for in the list of what a plan promises."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans.choices import Level
from plans.forms.selection import unit_label, units_of
from plans.forms.terms import MEASURED
from plans.gaps import GAPS, NO_KIND, NO_SCHEDULE, NO_UNIT, NOT_FOLLOWED
from plans.models import Plan
from plans.querysets import PlanElementQuerySet
from plans.searching import TYPED

ANY: Final = ("", _("Cualquiera"))


class ElementFilter(forms.Form):
    """The filter of a list, from its address. What it cannot read shows nothing, not everything."""

    q = forms.CharField(
        label=_("Palabras o código"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    dimension = forms.ChoiceField(label=_("Dimensión"), required=False)
    nivel = forms.ChoiceField(
        label=_("Nivel"),
        required=False,
        choices=[ANY, *((each.value, each.label) for each in Level if each in MEASURED)],
    )
    unidad = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unidad orgánica"), required=False, empty_label=ANY[1]
    )
    falta = forms.ChoiceField(
        label=_("Qué falta"),
        required=False,
        choices=[
            ANY,
            (NO_KIND, _("Sin forma de medir")),
            (NO_UNIT, _("Sin unidad responsable")),
            (NO_SCHEDULE, _("Sin cronograma")),
            (NOT_FOLLOWED, _("Lineamientos que no se siguen")),
        ],
    )

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data)
        self.fields["dimension"].choices = [ANY, *plan.dimensions]  # type: ignore[attr-defined]
        units: Any = self.fields["unidad"]
        units.queryset = units_of(plan)
        units.label_from_instance = unit_label

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].translate(TYPED).split())

    def of(self, rows: PlanElementQuerySet) -> PlanElementQuerySet:
        """Those of ROWS, measurable and with gaps, that are asked for."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.asked_for(asked["q"])
        wanted: dict[str, Any] = {"dimension": asked["dimension"], "level": asked["nivel"]}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if asked["unidad"]:
            rows = rows.filter(units=asked["unidad"])
        return rows.filter(**GAPS.get(asked["falta"], {}))

    @property
    def is_asked(self) -> bool:
        """Whether anything is left out."""
        return any(self[name].value() for name in self.fields)
