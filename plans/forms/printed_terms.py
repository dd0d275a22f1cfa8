"""What a target of a draft is measured by: figures by the rules of every form, an indicator."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.forms.figures import FigureField, FigureInput, sign_faults
from plans.forms.mending import Step, StepForm
from plans.forms.terms import NUMBER_HINT, Fault, faults, figure_written, unit_written
from plans.importers.draft import TermsDraft
from plans.importers.mending.stating import set_indicator, set_terms
from plans.importers.outline import MAX_STATEMENT
from plans.importers.printed.proving import why_unprinted
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
    is_each_year = forms.BooleanField(
        label=gettext_lazy("La cifra que promete es la de cada año"), required=False
    )

    def prepare(self) -> None:
        before = self.item.terms or TermsDraft()
        self.initial.update({name: getattr(before, name) for name in ASKED})
        term = self.desk.draft.term
        self.years = {
            _milestone(year): f"{year}-II" for year in range(term.first_year, term.last_year + 1)
        }
        for name, semester in self.years.items():
            label = _("Cifra al terminar %s") % semester[:4]
            widget = FigureInput({"class": "shorter"})
            field = FigureField(label=label, required=False, minimum=None, widget=widget)
            self.fields[name] = field
            self.initial[name] = before.milestones.get(semester)

    @property
    def of_the_whole(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {"is_each_year", *self.years}]

    @property
    def of_each_year(self) -> list[tuple[str, forms.BoundField]]:
        return [(semester[:4], self[name]) for name, semester in self.years.items()]

    @property
    def has_years(self) -> bool:
        """Whether there is something to see in what is asked of each year."""
        names = {"is_each_year", *self.years}
        shown = {name for name in names if self.initial.get(name) is not None}
        return bool(shown | names & self.errors.keys()) or any(map(self.data.get, names))

    def clean_unit_of_measure(self) -> str:
        return unit_written(self.cleaned_data["unit_of_measure"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, sentence in sign_faults(
            self, ("goal", "baseline", *self.years), values.get("unit_of_measure", "")
        ):
            self.add_error(name, sentence)
        if values.get("is_each_year") and values.get("goal") is None:
            self.add_error("is_each_year", _("Diga cuál es: escriba la cifra que promete."))
        if self.errors:
            return values
        given = self._given(values)
        self._tell_what_is_not_printed(given)
        if self.errors or not given["kind"]:
            return values
        given["milestones"] = {
            semester: figure_written(each) for semester, each in given["milestones"].items()
        }
        term = self.desk.draft.term
        plan = Plan(first_year=term.first_year, last_year=term.last_year)
        given["baseline_source"] = self.desk.place(self.item)  # publishing names it as it prints it
        terms = MeasuringTerms(element=PlanElement(plan=plan, level=self.item.level), **given)
        for fault in faults(terms, None):
            field = self._field_of(fault)
            if field in self.fields and field not in self.errors:
                self.add_error(field, fault.reason)
        return values

    def _tell_what_is_not_printed(self, given: Mapping[str, Any]) -> None:
        """The figures of the plan are those that it prints."""
        printed = f"{self.item.statement}\n{self.item.indicator}"
        of_years = {name: given["milestones"].get(when) for name, when in self.years.items()}
        of_the_whole = {name: given[name] for name in ("goal", "baseline")}
        for name, figure in (of_the_whole | of_years).items():
            if figure is None or (figure == given["goal"] and name != "goal"):
                continue
            if reason := why_unprinted(figure, printed, given["unit_of_measure"]):
                self.add_error(name, reason[:1].upper() + reason[1:])

    def _field_of(self, fault: Fault) -> str:
        return _milestone(fault.semester[:4]) if fault.field == "milestones" else fault.field

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """ASKED as they were sent; of what was not sent, what was understood stays."""
        before = self.item.terms or TermsDraft()
        given = {
            name: values[name] if name in self.data else getattr(before, name) for name in ASKED
        }
        return given | {"milestones": self._milestones(values, before, given["goal"])}

    def _milestones(
        self, values: Mapping[str, Any], before: TermsDraft, goal: Decimal | None
    ) -> dict[str, Decimal]:
        """By semester: a year is its second one; what was understood of a first one stays."""
        found = {
            semester: figure
            for semester, figure in before.milestones.items()
            if semester not in self.years.values()
        }
        for name, semester in self.years.items():
            was = before.milestones.get(semester)
            figure = values[name] if name in self.data else was
            if values["is_each_year"] and figure is None:
                figure = goal
            if figure is not None:
                found[semester] = figure
        return found

    def step(self) -> Step:
        given = self._given(self.cleaned_data)
        before = self.item.terms or TermsDraft()
        rest = {each.name: getattr(before, each.name) for each in fields(before)}
        terms = TermsDraft(**(rest | given))
        stated = None if terms == TermsDraft() else terms
        words = _("Dijo la cifra de %s") if stated else _("Quitó la cifra de %s")
        return Step(lambda kept: set_terms(kept, self.item.key, stated), words % self.told)


class IndicatorForm(StepForm):
    """By what the document says that a target is measured, in its words."""

    words = forms.CharField(
        label=gettext_lazy("El indicador, tal como está en el documento"),
        required=False,
        max_length=MAX_STATEMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Con qué se mide la meta. Copie sus palabras: se buscan desde donde está la meta. En "
            "blanco si el documento no lo dice."
        ),
    )
    line = forms.IntegerField(
        label=gettext_lazy("Desde la línea (si están varias veces)"), required=False, min_value=1
    )

    def prepare(self) -> None:
        self.initial["words"] = self.item.indicator

    def step(self) -> Step:
        given, source = self.cleaned_data, self.desk.source
        told = _("Dijo el indicador de %s") if given["words"] else _("Quitó el indicador de %s")
        return Step(
            lambda kept: set_indicator(
                kept, self.item.key, given["words"], source, given["line"] or 0
            ),
            told % self.told,
        )


def _milestone(year: int | str) -> str:
    return f"milestone_{year}"
