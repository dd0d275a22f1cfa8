"""The figure that a text of a draft promises, by the rules of every form of terms."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.forms.figures import FigureField, sign_faults
from plans.forms.mending import Step, StepForm
from plans.forms.terms import NUMBER_HINT, faults, unit_written
from plans.importers import mending
from plans.importers.draft import TermsDraft
from plans.models import MeasuringTerms, Plan, PlanElement

UNSAID: Final = ("", gettext_lazy("No se dice todavía"))
ASKED: Final = (
    *("kind", "goal", "unit_of_measure", "direction", "bound", "tolerance", "nature"),
    "baseline",
)


class FigureForm(StepForm):
    """What the text prints; how it is measured can also be said later, once it is published."""

    goal = FigureField(
        label=gettext_lazy("Cifra que promete"), required=False, minimum=None, help_text=NUMBER_HINT
    )
    unit_of_measure = forms.CharField(
        label=gettext_lazy("En qué se mide"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("%, km, viviendas…"),
    )
    baseline = FigureField(
        label=gettext_lazy("De dónde parte, si el texto lo dice"), required=False, minimum=None
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Hacia dónde va"), required=False, choices=[UNSAID, *Direction.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Clase"), required=False, choices=[UNSAID, *MeasureKind.choices]
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Qué cifra es"), required=False, choices=[UNSAID, *Nature.choices]
    )
    bound = forms.ChoiceField(
        label=gettext_lazy("Si se mantiene, la meta es"),
        required=False,
        choices=[UNSAID, *Bound.choices],
    )
    tolerance = FigureField(label=gettext_lazy("Tolerancia, si es un valor"), required=False)

    def prepare(self) -> None:
        if self.item.terms:
            self.initial.update({name: getattr(self.item.terms, name) for name in ASKED})

    def clean_unit_of_measure(self) -> str:
        return unit_written(self.cleaned_data["unit_of_measure"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, sentence in sign_faults(
            self, ("goal", "baseline"), values.get("unit_of_measure", "")
        ):
            self.add_error(name, sentence)
        if self.errors or not (given := self._given(values))["kind"]:
            return values
        term = self.desk.draft.term
        plan = Plan(first_year=term.first_year, last_year=term.last_year)
        given["baseline_source"] = self.desk.place(self.item)  # publishing names it as it prints it
        terms = MeasuringTerms(element=PlanElement(plan=plan, level=self.item.level), **given)
        for fault in faults(terms, None):
            if fault.field in self.fields and fault.field not in self.errors:
                self.add_error(fault.field, fault.reason)
        return values

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """ASKED as they were sent; of what was not sent, what was understood stays."""
        before = self.item.terms or TermsDraft()
        return {
            name: values[name] if name in self.data else getattr(before, name) for name in ASKED
        }

    def step(self) -> Step:
        given = self._given(self.cleaned_data)
        before = self.item.terms or TermsDraft()
        rest = {each.name: getattr(before, each.name) for each in fields(before)}
        terms = TermsDraft(**(rest | given))
        stated = None if terms == TermsDraft() else terms
        words = _("Dijo la cifra de %s") if stated else _("Quitó la cifra de %s")
        return Step(lambda kept: mending.set_terms(kept, self.item.key, stated), words % self.told)
