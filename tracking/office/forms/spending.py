"""What activities cost in a year, typed row by row."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.spreadsheet import SpreadsheetField
from accounts.sent_numbers import number_in
from plans.forms.figures import FigureField
from plans.models import PlanElement
from tracking.measuring.unlikely_spending import unlikely_spending
from tracking.models import Expenditure
from tracking.models.expenditure import FIGURES
from tracking.office.forms.doubts import SURE, Question, ask, by_field, confirmed_in
from tracking.office.forms.measure import DayField
from tracking.reading.sentences import percentage
from tracking.reading.spending import financial_progress

MOST: Final = Decimal("999999999999.99")  # what the column holds
SHARED: Final = ("as_of", "source", "reason")
MISSING: Final = {
    "as_of": gettext_lazy("Diga a qué día corresponden las cifras."),
    "source": gettext_lazy("Diga de dónde salen las cifras."),
    "reason": gettext_lazy("Diga por qué cambian las cifras que ya estaban: es público."),
}


class AmountField(FigureField):
    """An amount in soles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(maximum=MOST, unit=_("soles"), places=2, required=False, **kwargs)


class SharedForm(forms.Form):
    """What holds for every row that does not say otherwise."""

    as_of = DayField(
        label=gettext_lazy("Al día"),
        required=False,
        help_text=gettext_lazy("El último día cuyos gastos están en las cifras."),
    )
    source = forms.CharField(
        label=gettext_lazy("Fuente"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("De dónde salen las cifras: «SIAF, consulta del 2 de enero»."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motivo del cambio"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Solo si cambia una cifra que ya estaba. Es público."),
    )

    def clean_as_of(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Ese día todavía no llega."))
        return day


class SpendingFileForm(SharedForm):
    """A sheet of a YEAR's figures, and what holds for every row of it that does not say it."""

    file = SpreadsheetField(
        label=gettext_lazy("Hoja"),
        help_text=gettext_lazy(
            "La que se descarga aquí, o la que exporta el SIAF o Consulta Amigable con una fila "
            "por CUI: XLSX, ODS, XLS o CSV."
        ),
    )
    field_order = ("file", *SHARED)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        usual = min(timezone.localdate(), dt.date(year, 12, 31))
        kwargs["initial"] = {"as_of": usual, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.auto_id = "hoja_%s"  # beside the rows that wait


class SpendingForm(SharedForm):
    """One activity. Blank day, source and reason are those of the page."""

    pia = AmountField(label=gettext_lazy("PIA"))
    pim = AmountField(label=gettext_lazy("PIM"))
    accrued = AmountField(label=gettext_lazy("Devengado"))
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        element: PlanElement,
        revisions: Sequence[Expenditure],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """REVISIONS: what was stated of ELEMENT in the year, oldest first; the last is in force."""
        self.element = element
        self.stored = revisions[-1] if revisions else None
        super().__init__(data, prefix=f"r{element.pk}")
        self.shown = self.stored.revision if self.stored else 0
        if self.is_bound and (seen := number_in(str(self["seen"].value()))) is not None:
            self.shown = seen
        before = next((each for each in revisions if each.revision == self.shown), None)
        self.initial = {name: getattr(before, name) for name in FIGURES} if before else {}
        self.is_saved = self.lacks_shared = False
        self.questions: dict[str, Question] = {}
        for name in FIGURES:
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{field.label}, {element.ref}"

    @cached_property
    def is_touched(self) -> bool:
        """Whether somebody typed other figures than they saw, or another day or source."""
        return self.is_bound and bool({*FIGURES, "as_of", "source"} & {*self.changed_data})

    @property
    def is_faulty(self) -> bool:
        return self.is_touched and (not self.is_valid() or self.lacks_shared)

    @property
    def says_more(self) -> bool:
        """Whether the row has a day, a source or a reason of its own, or a fault in them."""
        return self.is_bound and any(self[name].value() or self[name].errors for name in SHARED)

    @property
    def sure(self) -> str:
        """The name of the checkbox that confirms unlikely figures."""
        return self.add_prefix(SURE)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SHARED]

    @property
    def financial_progress(self) -> str:
        percent = financial_progress(self.stored) if self.stored else None
        return "" if percent is None else percentage(percent)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.is_touched:
            return given
        for name in FIGURES:
            if name in given and given[name] is None:
                self.add_error(name, _("Escriba la cifra; si no hay, 0."))
        pim, accrued = given.get("pim"), given.get("accrued")
        if pim is not None and accrued is not None and accrued > pim:
            self.add_error("accrued", _("El devengado no puede pasar del PIM."))
        if self.stored and self.shown == self.stored.revision:  # or it is compared first
            self._ask(self.stored)
        return given

    def _ask(self, stored: Expenditure) -> None:
        """Ask about unlikely figures; a field at fault counts with its stored value."""
        figures = {name: getattr(stored, name) for name in FIGURES}
        given = {name: self.cleaned_data.get(name) for name in FIGURES}
        figures |= {name: value for name, value in given.items() if value is not None}
        doubts = unlikely_spending(Expenditure(**figures), stored)
        self.questions = by_field(doubts, confirmed_in(self))
        ask(self, self.questions)

    def stated(self, year: int, shared: dict[str, Any]) -> tuple[Expenditure, int]:
        """The figures to save, and the revision that the person saw."""
        given = self.cleaned_data
        common = {name: given[name] or shared.get(name) or "" for name in SHARED}
        figures = {name: given[name] for name in FIGURES}
        row = Expenditure(element=self.element, year=year, **figures, **common)
        return row, given["seen"] or 0
