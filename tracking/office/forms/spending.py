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

from accounts.models import User
from plans.forms.figures import FigureField
from plans.models import PlanElement
from tracking.measuring.unlikely_spending import unlikely_spending
from tracking.models import Expenditure
from tracking.office.forms.doubts import SURE, Question, ask, by_field, confirmed_in
from tracking.office.forms.measure import DayField
from tracking.reading.sentences import percentage
from tracking.reading.spending import financial_progress
from tracking.services.spending import FIGURES, says_the_same, state_expenditures

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


class SpendingForm(SharedForm):
    """One activity. Blank day, source and reason are those of the page."""

    pia = AmountField(label=gettext_lazy("PIA"))
    pim = AmountField(label=gettext_lazy("PIM"))
    accrued = AmountField(label=gettext_lazy("Devengado"))
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(
        self, element: PlanElement, revisions: Sequence[Expenditure], data: Any = None
    ) -> None:
        """REVISIONS: what was stated of ELEMENT in the year, oldest first; the last is in force."""
        self.element = element
        self.stored = revisions[-1] if revisions else None
        super().__init__(data, prefix=f"r{element.pk}")
        self.shown = self.stored.revision if self.stored else 0
        if self.is_bound and (seen := str(self["seen"].value())).isdecimal():
            self.shown = int(seen)
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
        """Under what name the row sends what is confirmed."""
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
        """What is at fault counts as it stood: nothing is asked of it."""
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


class SpendingSheet:
    """The rows of ELEMENTS in YEAR, and what they share.

    REVISIONS: what was stated of them in YEAR, oldest first, by element.
    """

    def __init__(
        self,
        elements: Sequence[PlanElement],
        revisions: Mapping[int, list[Expenditure]],
        year: int,
        data: Any = None,
    ) -> None:
        self.year = year
        usual = min(timezone.localdate(), dt.date(year, 12, 31))
        self.shared = SharedForm(data, initial={"as_of": usual})
        rows = [SpendingForm(each, revisions.get(each.pk, []), data) for each in elements]
        self.rows = [row if row.is_touched else _untyped(row) for row in rows]

    @property
    def faulty(self) -> list[SpendingForm]:
        return [row for row in self.rows if row.is_faulty]

    @property
    def has_faults(self) -> bool:
        return bool(self.shared.errors or self.faulty)

    def save(self, *, by: User) -> int:
        """Save the good rows that changed; the others tell their faults. How many were saved."""
        self.shared.is_valid()
        good = [row for row in self.rows if row.is_touched and row.is_valid() and self._shares(row)]
        shared = self.shared.cleaned_data
        done = state_expenditures([row.stated(self.year, shared) for row in good], by=by)
        saved = {each.element_id: each for each in done.saved}
        for row in good:
            if refusal := done.refused.get(row.element.pk):
                _tell(row, refusal)
        self.rows = [
            row if row not in good or row.is_faulty else _untyped(row, saved.get(row.element.pk))
            for row in self.rows
        ]
        return len(saved)

    def _shares(self, row: SpendingForm) -> bool:
        """Whether ROW says all that it must, with what the page shares; the page tells the rest.

        A change takes its reason; the same form sent twice changes nothing.
        """
        stated, _seen = row.stated(self.year, self.shared.cleaned_data)
        is_change = row.stored is not None and not says_the_same(row.stored, stated)
        for name in SHARED if is_change else SHARED[:2]:
            if getattr(stated, name):
                continue
            row.lacks_shared = True
            if name not in self.shared.errors:
                self.shared.add_error(name, MISSING[name])
        return not row.lacks_shared


def _untyped(row: SpendingForm, saved: Expenditure | None = None) -> SpendingForm:
    """ROW as it stands in the database, with what was SAVED just now."""
    newest = saved or row.stored
    fresh = SpendingForm(row.element, [newest] if newest else [])
    fresh.is_saved = saved is not None
    return fresh


def _tell(row: SpendingForm, refusal: ValidationError) -> None:
    """Say in ROW why it was refused, beside the field where it has one.

    It shows what is in force: saving it again is deliberate.
    """
    row.shown = row.stored.revision if row.stored else 0
    if not hasattr(refusal, "error_dict"):
        row.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        row.add_error(name if name in row.fields else None, errors)
