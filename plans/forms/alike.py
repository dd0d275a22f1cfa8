"""How planning states the same for many promises."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.choices import Direction, MeasureKind, Nature
from plans.forms.figures import FigureField, sign_faults
from plans.forms.kinds import ALIKE, KindField
from plans.forms.selection import SelectionForm
from plans.forms.terms import faults, stated_in, unit_written
from plans.models import MeasuringTerms, Plan
from plans.services.editing import carried_on

MOVING: Final = [each for each in Direction.choices if each[0] != Direction.KEEP]


class AlikeForm(SelectionForm):
    """The same for many promises of which nobody has said how they are measured."""

    kind = KindField(ALIKE)
    goal = FigureField(
        label=_("Valor de la meta"),
        required=False,
        minimum=None,
        help_text=_("Solo para un nivel. Lo que ya tiene una cifra del plan conserva la suya."),
    )
    unit_of_measure = forms.CharField(
        label=_("Unidad de medida"),
        max_length=80,
        required=False,
        help_text=_("Solo para un nivel: %, km, viviendas…"),
    )
    nature = forms.ChoiceField(
        label=_("Qué cifra es"),
        choices=[("", _("No se sabe")), *Nature.choices],
        required=False,
        help_text=_("Solo para un nivel: de esto dependen los límites de lo que se informará."),
    )
    direction = forms.ChoiceField(
        label=_("Sentido"),
        choices=[("", _("No se sabe")), *MOVING],
        required=False,
        help_text=_("Solo para un nivel. Lo que debe mantenerse se define uno por uno."),
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Por qué se miden así. Es público, y se lee en la página de cada una."),
    )

    def __init__(
        self, data: Any = None, *, plan: Plan, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, plan=plan, initial=initial)
        del self.fields["todo"]
        self.plan = plan

    @property
    def offered(self) -> list[str]:
        """The codes that the page lists, also those whose mark was taken off."""
        if not self.is_bound:
            return self.refs
        known = {ref for ref, __ in self.fields["elemento"].choices}  # type: ignore[attr-defined]
        return [ref for ref in self.data.get("ofrecido", "").split() if ref in known]

    def clean_unit_of_measure(self) -> str:
        return unit_written(self.cleaned_data["unit_of_measure"])

    @property
    def stated(self) -> dict[str, Any]:
        """The kind and, for a level, its figure. Of a form that was checked."""
        values = self.cleaned_data
        names = ["kind"]
        if values["kind"] == MeasureKind.LEVEL:
            names += ["goal", "unit_of_measure", "nature", "direction"]
        return {name: values[name] for name in names}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, reason in sign_faults(self, ["goal"], values.get("unit_of_measure", "")):
            self.add_error(name, reason)
        if self.errors:
            return values
        chosen = self.plan.elements.filter(ref__in=values["elemento"]).in_document_order()
        values["elements"] = list(chosen.defer("search"))
        in_force = MeasuringTerms.objects.in_force().filter(element__in=chosen)
        newest = {terms.element_id: terms for terms in in_force}
        stated = self.stated
        for element in values["elements"]:
            before = newest.get(element.pk)
            if before and before.kind:
                continue
            terms = stated_in(element, carried_on(before, stated))
            for fault in faults(terms, before):
                if fault.field not in self.errors:
                    field = fault.field if fault.field in self.fields else None
                    self.add_error(field, f"{element.ref}: {fault.reason}")
        return values
