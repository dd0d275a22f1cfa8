"""Whose promise a plan is, and the public document that says so."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.whole_rows import WholeRowForm
from plans.models import Plan
from plans.standing import fault_of_source


class SourcedForm(WholeRowForm):
    """A form of a plan whose standing is proven, or refused beside what should prove it."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "standing" in values and "standing_source" in values:
            fault = fault_of_source(values["standing"], values["standing_source"])
            if fault:
                self.add_error("standing_source", fault)
        return values


class StandingForm(SourcedForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Plan
        fields: ClassVar = ["standing", "standing_source"]
        widgets: ClassVar = {
            "standing": forms.RadioSelect,
            "standing_source": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        self.stored = _in_words(plan)
        super().__init__(data, instance=plan, initial={"seen": self.stored})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("seen") != self.stored:
            self._tell_outrun()
        return values

    def _tell_outrun(self) -> None:
        """Two people on one plan: the second is told, and nothing that they typed is lost."""
        self.show_again("seen", self.stored)
        message = _(
            "Otra persona la cambió mientras usted escribía. Ahora dice: %s. Lo que usted escribió "
            "sigue aquí, y si guarda lo reemplaza."
        )
        self.add_error(None, message % self.stored)


def _in_words(plan: Plan) -> str:
    """What is stored: "Autoridad elegida (Acta de proclamación, JNE)"."""
    source = f" ({plan.standing_source})" if plan.standing_source else ""
    return f"{plan.get_standing_display()}{source}"
