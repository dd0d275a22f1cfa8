"""The form that states how one promise is measured."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.forms import WholeRowForm
from plans.admin.fields import LinesField, PairsField
from plans.choices import Level
from plans.models import PlanElement
from plans.services.changes import STATED

MEASURED: Final = frozenset({Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET, Level.GUIDELINE})
SEMESTER = re.compile(r"(\d{4})-(I{1,2})", re.IGNORECASE)
NUMBER_HINT = _("Escriba la cifra con punto decimal y sin separador de miles: 1500.5")


def _read_milestone(semester: str, value: str) -> tuple[str, str]:
    if not SEMESTER.fullmatch(semester):
        raise ValidationError(_("«%s» no es un semestre: escriba 2019-I o 2019-II.") % semester)
    try:
        figure = Decimal(value)
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite() or abs(figure) >= 10**14:
        raise ValidationError(_("«%(value)s»: %(hint)s") % {"value": value, "hint": NUMBER_HINT})
    return semester.upper(), value


class TermsForm(WholeRowForm):
    milestones = PairsField(
        read=_read_milestone,
        label=_("Hitos por semestre"),
        help_text=_("Lo que debe haberse alcanzado, uno en cada línea: «2019-I: 10»."),
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

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        element, since = values.get("element"), values.get("in_force_from")
        if values.get("baseline") is not None and not values.get("baseline_source"):
            self.add_error("baseline_source", _("Diga de dónde sale la línea de base."))
        if since and since > timezone.localdate():
            self.add_error("in_force_from", _("No puede regir desde un día por venir."))
        if element is None:
            return values
        term = element.plan.term
        for semester in values.get("milestones") or {}:
            if not term.first_year <= int(semester[:4]) <= term.last_year:
                reason = _("%(semester)s no es del periodo %(term)s.")
                said = {"semester": semester, "term": term.printed}
                self.add_error("milestones", reason % said)
        newest = element.terms.order_by("-version").first()
        if newest and since and since < newest.in_force_from:
            self.add_error("in_force_from", _("No puede regir desde antes que la anterior."))
        if newest and not self.errors and all(getattr(newest, n) == values[n] for n in STATED):
            raise forms.ValidationError(_("Es igual a la forma de medir que ya rige."))
        return values
