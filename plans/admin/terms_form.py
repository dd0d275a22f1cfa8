"""The form that states how one promise is measured."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.whole_rows import WholeRowForm
from plans.forms.fields import LinesField, PairsField
from plans.forms.terms import (
    MEASURED,
    NUMBER_HINT,
    day_fault,
    read_by_semester,
    stated_in,
    tell,
    unit_written,
)
from plans.models import PlanElement


class TermsForm(WholeRowForm):
    milestones = PairsField(
        read=read_by_semester,
        label=_("Hitos por semestre"),
        help_text=_("Lo que debe haberse alcanzado, uno en cada línea: «2019-I: 10»."),
    )
    schedule = PairsField(
        read=read_by_semester,
        label=_("Cronograma"),
        help_text=_(
            "El avance previsto al final de cada semestre, en %, uno en cada línea: «2019-I: 10». "
            "De una entrega sin partes ni cantidad, el paso previsto, de 0 a 4."
        ),
    )
    parts = LinesField(
        label=_("Partes"),
        help_text=_(
            "Si se entrega por partes, el nombre de cada una en su línea: «Posta de Coata». "
            "Se informará cuántas de ellas están."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "goal"):
            if name in self.fields:
                self.fields[name].error_messages["invalid"] = str(NUMBER_HINT)

    def clean_element(self) -> PlanElement:
        element: PlanElement = self.cleaned_data["element"]
        if element.is_withdrawn:
            raise ValidationError(_("Se retiró del plan: ya no se mide."))
        if element.level not in MEASURED:
            raise ValidationError(
                _("Una dimensión o un problema no se miden: se mide lo que el plan ofrece hacer.")
            )
        return element

    def clean_unit_of_measure(self) -> str:
        return unit_written(self.cleaned_data["unit_of_measure"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        element, day = values.get("element"), values.get("in_force_from")
        if element is None:
            return values
        newest = element.terms.order_by("-version").first()
        if day and (fault := day_fault(day, newest)):
            self.add_error("in_force_from", fault)
        tell(self, stated_in(element, values), newest)
        return values
