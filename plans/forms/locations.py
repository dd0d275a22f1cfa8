"""Where a promise is carried out, as people say it: districts that are ticked, spots in lines."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.locations import Kept, read, whole_province, written
from plans.models import PlanElement

HINT: Final = _(
    "Marque los distritos enteros. Un centro poblado o un punto va en su línea: «Coata: Sucasco», "
    "«Coata: Posta de Sucasco, -15.57, -69.95»; también vale el enlace de un mapa. Se publica: no "
    "escriba la casa ni el terreno de una persona, basta su centro poblado."
)


class LocationsInput(forms.Textarea):
    """A checkbox ``<name>_en`` for each whole district, and lines for all else.

    Both come back as one text, as `plans.locations.read` takes it.
    """

    template_name = "plans/_locations_widget.html"
    element: PlanElement

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        lines = (value or "").splitlines()
        choices = self._choices()
        rest = "\n".join(line for line in lines if line not in choices)
        context = super().get_context(name, rest, attrs)
        context["ticked"] = sum(each in lines for each in choices)
        context["choices"] = [(each, each in lines) for each in choices]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        ticked = forms.MultipleHiddenInput().value_from_datadict(data, files, f"{name}_en")
        return "\n".join([*(ticked or ()), data.get(name) or ""])

    def _choices(self) -> list[str]:
        names = [each.name for each in self.element.plan.municipality.districts]
        return [whole_province(), *names] if len(names) > 1 else names


class LocationsField(forms.CharField):
    """Locations as they are kept, an empty list where nobody says where.

    Whoever makes the form says of which element (`of`), which comes with its plan's municipality.
    """

    widget = LocationsInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LocationsInput({"rows": 2}))
        super().__init__(required=False, label=_("Dónde"), help_text=HINT, **kwargs)

    def of(self, element: PlanElement) -> None:
        self.element = element
        self.widget.element = element

    def prepare_value(self, value: Any) -> Any:
        return written(value, "\n") if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return read(text, self.element.plan.municipality) if text else []

    def has_changed(self, initial: list[Kept] | None, data: Any) -> bool:
        return bool(self.prepare_value(initial or []).split() != (data or "").split())
