"""How planning states what one promise is measured by."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.directory import DayInput
from accounts.forms.whole_rows import WholeRowForm
from plans.choices import PERCENT, Bound, Direction, MeasureKind, Nature
from plans.forms.fields import LinesField
from plans.forms.figures import FigureField, FigureInput, Shown, sign_faults
from plans.forms.kinds import KindField
from plans.forms.locations import LocationsField
from plans.forms.terms import Fault, day_fault, figure_written, stated_in, tell, unit_written
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from plans.services.changes import STATED

FIGURES: Final = ("goal", "baseline", "tolerance")


class TermsForm(WholeRowForm):
    """How one promise is measured from now on; NEWEST is how it was until now."""

    by_semester: ClassVar[tuple[str, ...]] = ("schedule", "milestones")
    """The columns of which it asks a figure for each semester of the term."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = KindField(list(MeasureKind), required=False)
    goal = FigureField(
        label=_("Valor de la meta"),
        required=False,
        minimum=None,
        help_text=_("La cifra que se ofreció alcanzar. En una variación, cuánto debe cambiar."),
    )
    baseline = FigureField(
        label=_("Línea de base"),
        required=False,
        minimum=None,
        help_text=_("Cuánto había antes de empezar. En blanco si nadie lo ha medido."),
    )
    tolerance = FigureField(
        label=_("Tolerancia"),
        required=False,
        help_text=_(
            "Solo si se mantiene un valor: cuánto puede apartarse de la meta, en su unidad."
        ),
    )
    parts = LinesField(
        label=_("Partes"),
        help_text=_(
            "Solo en una entrega, si se entrega por partes: el nombre de cada una en su línea, "
            "«Posta de Coata». Se informará cuáles ya están."
        ),
    )

    locations = LocationsField()

    class Meta:
        model = MeasuringTerms
        fields: ClassVar = [
            "kind",
            "unit_of_measure",
            "goal",
            "nature",
            "direction",
            "bound",
            "tolerance",
            "verification_source",
            "baseline",
            "baseline_source",
            "parts",
            "locations",
            "in_force_from",
            "reason",
        ]
        widgets: ClassVar = {
            "in_force_from": DayInput(),
            "reason": forms.Textarea(attrs={"rows": 2}),
            "verification_source": forms.Textarea(attrs={"rows": 2}),
            "baseline_source": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {
            "unit_of_measure": _("%, km, viviendas… En una variación, «%» es de la línea de base."),
            "nature": _("De esto dependen los límites de lo que se informará. Con «%», siempre."),
            "bound": _(
                "Si se mantiene: en «mantener en 0 los conflictos» la meta es un techo; en "
                "«mantener 95 % de cobertura», un piso. Hasta que se diga no hay porcentaje."
            ),
            "verification_source": _("Con qué se prueba: padrón, acta, encuesta, informe."),
            "reason": _("Por qué se mide así, o por qué cambia. Es público."),
        }

    def __init__(
        self,
        data: Any = None,
        *,
        element: PlanElement,
        newest: MeasuringTerms | None,
        prefix: str | None = None,
    ) -> None:
        self.newest, self.is_outrun = newest, False
        before = newest or MeasuringTerms()
        initial = {name: getattr(before, name) for name in STATED}
        initial |= {"in_force_from": timezone.localdate(), "seen": before.version or 0}
        instance = MeasuringTerms(element=element)
        super().__init__(data, initial=initial, instance=instance, prefix=prefix)
        where: Any = self.fields.get("locations")
        if where:  # a row of a sheet does not ask it
            where.of(element)
        direction: Any = self.fields["direction"]
        direction.choices = [("", _("No se sabe")), *Direction.choices]
        nature: Any = self.fields["nature"]
        nature.choices = [("", _("No se sabe")), *Nature.choices]
        bound: Any = self.fields["bound"]
        bound.choices = [("", _("No se mantiene, o no se sabe")), *Bound.choices]
        self.semesters = Semester.all_of(element.plan.term)
        for name in self.by_semester:
            for semester in self.semesters:
                field = _semester_field(name, semester)
                planned = getattr(before, name).get(str(semester))
                field.initial = None if planned is None else Decimal(planned)
                self.fields[f"{name}-{semester}"] = field

    @property
    def schedule(self) -> list[tuple[Semester, forms.BoundField]]:
        return [(each, self[f"schedule-{each}"]) for each in self.semesters]

    @property
    def milestones(self) -> list[tuple[Semester, forms.BoundField]]:
        return [(each, self[f"milestones-{each}"]) for each in self.semesters]

    @property
    def kept(self) -> set[str]:
        """The fields that say something or are refused, with "schedule" or "milestones" for any.

        They stay in sight also while a kind is chosen that does not ask them.
        """
        return {field.name.split("-")[0] for field in self if field.errors or _says(field)}

    def clean_unit_of_measure(self) -> str:
        return unit_written(self.cleaned_data["unit_of_measure"])

    def clean_in_force_from(self) -> Any:
        day = self.cleaned_data["in_force_from"]
        if fault := day_fault(day, self.newest):
            raise ValidationError(fault)
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in self.by_semester:
            values[name] = {
                str(semester): figure_written(values[f"{name}-{semester}"])
                for semester in self.semesters
                if values.get(f"{name}-{semester}") is not None
            }
            setattr(self.instance, name, values[name])
        if values.get("seen") != (self.newest.version if self.newest else 0):
            self.tell_outrun(self.newest)
        milestones = [name for name in self.fields if name.startswith("milestones-")]
        for name, fault in sign_faults(
            self, [*FIGURES, *milestones], values.get("unit_of_measure", "")
        ):
            self.add_error(name, fault)
        tell(self, self.stated(values), self.newest, self._field_of)
        return values

    def stated(self, values: Mapping[str, Any]) -> MeasuringTerms:
        """The terms that the cleaned VALUES state."""
        return stated_in(self.instance.element, values)

    def tell_outrun(self, newest: MeasuringTerms | None) -> None:
        """Two people on one promise: the second is told, and nothing that they typed is lost."""
        self.newest, self.is_outrun = newest, True
        self.show_again("seen", str(newest.version if newest else 0))
        self.add_error(
            None,
            _(
                "Otra persona cambió esta forma de medir mientras usted escribía. Abajo está lo "
                "que rige ahora; lo que usted escribió sigue aquí, y si guarda lo reemplaza."
            ),
        )

    def _field_of(self, fault: Fault) -> str:
        return f"{fault.field}-{fault.semester}" if fault.semester else fault.field


def _says(field: forms.BoundField) -> bool:
    value = field.value()
    return bool(value.text if isinstance(value, Shown) else value)


def _semester_field(name: str, semester: Semester) -> FigureField:
    is_schedule = name == "schedule"
    label = _("Cronograma, %s") if is_schedule else _("Hito, %s")
    return FigureField(
        label=label % semester,
        required=False,
        maximum=100 if is_schedule else None,
        minimum=0 if is_schedule else None,
        unit=PERCENT if is_schedule else None,
        widget=FigureInput({"class": "shorter"}),
    )
