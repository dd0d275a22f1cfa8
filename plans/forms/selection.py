"""Several elements of a plan chosen in a list, and what is then said of them all."""

from functools import cache
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans.choices import Answering
from plans.models import Plan, PlanElement
from plans.querysets import PlanElementQuerySet


class SelectionForm(forms.Form):
    """Elements of PLAN by their code, or all that a filter shows."""

    elemento = forms.MultipleChoiceField(
        required=False,
        label=_("Elegidos"),
        error_messages={
            "invalid_choice": _("El plan no tiene, entre lo que se mide, «%(value)s».")
        },
    )
    todo = forms.BooleanField(required=False, label=_("Todo lo que muestra este filtro"))

    def __init__(
        self, data: Any = None, *, plan: Plan, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)

        @cache
        def choices() -> list[tuple[str, str]]:
            refs = plan.elements.measurable().values_list("ref", flat=True)
            return [(ref, ref) for ref in refs]

        elements: Any = self.fields["elemento"]
        elements.choices = choices

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("todo") and "elemento" in values and not values["elemento"]:
            self.add_error("elemento", _("No eligió nada: marque algo en la lista."))
        return values

    def chosen(self, listed: PlanElementQuerySet, shown: PlanElementQuerySet) -> list[PlanElement]:
        """What was chosen of LISTED, or all that is SHOWN. Of a form that was checked."""
        if self.cleaned_data["todo"]:
            return list(shown)
        return list(listed.filter(ref__in=self.cleaned_data["elemento"]))

    @property
    def refs(self) -> list[str]:
        """The codes that come marked."""
        return list(self["elemento"].value() or [])


class AnswerForm(SelectionForm):
    """The unit that answers for what was chosen."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unidad orgánica"), empty_label=_("Elija una unidad")
    )
    how = forms.ChoiceField(label=_("Qué hacer"), choices=Answering.choices)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, plan=plan)
        units: Any = self.fields["unit"]
        units.queryset = units_of(plan)
        units.label_from_instance = unit_label

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        unit = values.get("unit")
        if unit and unit.closed_on and values.get("how") != Answering.REMOVE:
            self.add_error("unit", _("Esa unidad se suprimió: solo se puede quitar."))
        return values


def units_of(plan: Plan) -> Any:
    """The units that can answer for what PLAN promises, and the closed ones that still do."""
    of_here = Unit.objects.filter(municipality=plan.municipality_id)
    return of_here.filter(Q(closed_on=None) | Q(elements__plan=plan)).distinct()


def unit_label(unit: Unit) -> str:
    return str(_("%s (suprimida)") % unit.name) if unit.closed_on else unit.name
