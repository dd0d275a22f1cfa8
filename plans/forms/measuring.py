"""How many promises are measured, a row each: the rules are those of one promise's page."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.choices import MeasureKind
from plans.forms.promise import TermsForm
from plans.forms.terms import stated_in
from plans.models import MeasuringTerms, PlanElement
from plans.timetables import Shape, timetable

CARRIED: Final = ("milestones", "parts", "verification_source", "locations")
"""What a row does not ask: it stays as it is, and is changed on the promise's own page."""
ASIDE: Final = frozenset({"seen", "shape", "leave"})


class RowForm(TermsForm):
    """One promise in the sheet. BEFORE is the version that the person had in view."""

    by_semester: ClassVar = ("schedule",)

    parts = None  # type: ignore[assignment]
    locations = None  # type: ignore[assignment]
    kind = forms.ChoiceField(  # type: ignore[assignment]  # a row has no room for radios
        label=_("Clase"),
        choices=[("", _("Sin definir todavía")), *MeasureKind.choices],
        required=False,
    )
    shape = forms.ChoiceField(
        label=_("Rellenar el cronograma"),
        choices=[("", _("Como está escrito")), *Shape.choices],
        required=False,
    )
    leave = forms.BooleanField(label=_("Dejar como estaba"), required=False)

    class Meta(TermsForm.Meta):
        fields: ClassVar = [
            "kind",
            "unit_of_measure",
            "goal",
            "nature",
            "direction",
            "bound",
            "tolerance",
            "baseline",
            "baseline_source",
        ]
        widgets: ClassVar = {"baseline_source": forms.TextInput()}

    def __init__(
        self, data: Any = None, *, element: PlanElement, newest: MeasuringTerms | None
    ) -> None:
        super().__init__(data, element=element, newest=newest, prefix=element.ref)
        self.instance.in_force_from = timezone.localdate()
        for name in CARRIED:
            setattr(self.instance, name, getattr(newest or MeasuringTerms(), name))

    def _post_clean(self) -> None:
        """Without asking the database its constraints, row by row: `faults` holds the same."""
        fields = self.Meta.fields
        self.instance = construct_instance(self, self.instance, fields, None)

    def stated(self, values: Mapping[str, Any]) -> MeasuringTerms:
        carried = {name: getattr(self.instance, name) for name in CARRIED}
        return stated_in(self.instance.element, {**values, **carried})

    @property
    def is_changed(self) -> bool:
        """Whether the person says something else than what they had in view."""
        return not self._is_left and bool({*self.changed_data} - ASIDE)

    @property
    def _is_left(self) -> bool:
        return bool(self["leave"].data)

    def with_shape(self, shape: str = "") -> dict[str, str]:
        """What SHAPE, or the one that was chosen, says for each semester, by the field's name."""
        self.is_valid()
        shape = shape or self.cleaned_data.get("shape", "")
        if shape not in Shape.values:
            return {}
        values = {name: self.cleaned_data.get(name) for name in ("kind", "goal")}
        terms = self.stated({name: value for name, value in values.items() if value is not None})
        planned = timetable(Shape(shape), terms, self.semesters)
        named = {f"schedule-{each}": planned.get(str(each), "") for each in self.semesters}
        return {self.add_prefix(name): value for name, value in named.items()}
