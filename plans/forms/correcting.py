"""What planning corrects of a published text, and the reason for which one is withdrawn."""

from typing import Any, ClassVar, Final, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms.element_text import ONLY_FOR, PlanElementForm, fingerprint
from plans.models import PlanElement
from plans.services.changes import CORRECTABLE, UNTOLD

MOST_REASON: Final = 500
ONLY_PRINTED: Final = ("lineas", "printed_code")
ORDER: Final = (
    *("statement", "lineas", "printed_code", "indicator", "lineas_indicador"),
    *("activity_kind", "cui", "field", "note"),
)


class Corrected(NamedTuple):
    """A field of an element by its name, with what it says now and what it would say."""

    name: str
    before: str
    after: str


class CorrectionForm(PlanElementForm):
    """One element, with the fields that its level has. Nothing is written before it was shown.

    ``previewed`` is the fingerprint of what the person saw as the new version.
    """

    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PlanElement
        fields: ClassVar = ["printed_code", "statement", "indicator", "activity_kind", "cui"]
        fields += ["field", "note"]

    def __init__(self, data: Any = None, *, element: PlanElement) -> None:
        self.stored = {name: getattr(element, name) for name in CORRECTABLE}
        super().__init__(data, instance=element)
        self.order_fields(ORDER)
        absent = {"responsible"}  # who answers for it is said in the list
        absent |= {name for name, level in ONLY_FOR.items() if element.level != level}
        if "indicator" in absent:
            absent.add("lineas_indicador")
        if not element.is_printed:
            absent.update(ONLY_PRINTED)
        for name in absent:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and all(
            values.get(name, self.stored[name]) == self.stored[name] for name in CORRECTABLE
        ):
            self.add_error(None, _("No cambió nada: todo dice lo mismo que ahora."))
        return values

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return self.visible_fields()

    def corrections(self) -> list[Corrected]:
        """What the next version would say otherwise. Only of a valid form."""
        changed = [
            name
            for name in CORRECTABLE
            if name not in UNTOLD and getattr(self.instance, name) != self.stored[name]
        ]
        return [self._corrected(name) for name in changed]

    def is_as_previewed(self) -> bool:
        """Whether the person has seen what would be written; if not, the form asks to look."""
        now = fingerprint(self.instance)
        if self.cleaned_data["previewed"] == now:
            return True
        self.show_again("previewed", now)
        return False

    def _corrected(self, name: str) -> Corrected:
        column: Any = PlanElement._meta.get_field(name)
        words = dict(column.flatchoices)
        before, after = self.stored[name], getattr(self.instance, name)
        shown = (str(words.get(before, before)), str(words.get(after, after)))
        return Corrected(str(column.verbose_name), *shown)


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Es público: por qué este texto deja de ser parte del plan."),
    )
