"""The figures of a year as one page: its rows, what they share, and their saving."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from plans.models import PlanElement
from tracking.models import Expenditure
from tracking.office.forms.spending import MISSING, SHARED, SharedForm, SpendingForm
from tracking.services.spending import state_expenditures


class SpendingSheet:
    """The rows of ELEMENTS in YEAR, and what they share.

    REVISIONS: what was stated of them in YEAR, oldest first, by element.
    """

    def __init__(
        self,
        elements: Sequence[PlanElement],
        revisions: Mapping[int, list[Expenditure]],
        year: int,
        data: Mapping[str, Any] | None = None,
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

    def ready(self, told: Mapping[int, Sequence[str]] | None = None) -> list[SpendingForm]:
        """The rows that changed and can be saved; the others tell their faults.

        TOLD is what has to be looked at in a row before it changes anything, by its activity's id.
        """
        self.shared.is_valid()
        changed = [row for row in self.rows if row.is_touched]
        for row in changed:
            if not self.says_the_same(row):
                for each in (told or {}).get(row.element.pk, ()):
                    row.add_error(None, each)
        return [row for row in changed if row.is_valid() and self._shares(row)]

    def save(self, *, by: User) -> int:
        """Save the good rows that changed; the others tell their faults. How many were saved."""
        return len(self.state(self.ready(), by=by))

    def state(self, ready: Collection[SpendingForm], *, by: User) -> dict[int, Expenditure]:
        """Save what READY says, in the rows that say it. What was saved, by its activity's id."""
        shared = self.shared.cleaned_data
        done = state_expenditures([row.stated(self.year, shared) for row in ready], by=by)
        saved = {each.element_id: each for each in done.saved}
        for row in ready:
            if refusal := done.refused.get(row.element.pk):
                _tell(row, refusal)
        self.rows = [
            row if row not in ready or row.is_faulty else _untyped(row, saved.get(row.element.pk))
            for row in self.rows
        ]
        return saved

    def says_the_same(self, row: SpendingForm) -> bool:
        """Whether ROW says what is in force already."""
        if row.stored is None or not row.is_valid():
            return False
        stated, _seen = row.stated(self.year, self.shared.cleaned_data)
        return row.stored.says_the_same(stated)

    def _shares(self, row: SpendingForm) -> bool:
        """Whether ROW says all that it must, with what the page shares; the page tells the rest.

        A change takes its reason; the same form sent twice changes nothing.
        """
        stated, _seen = row.stated(self.year, self.shared.cleaned_data)
        is_change = row.stored is not None and not self.says_the_same(row)
        for name in SHARED if is_change else SHARED[:2]:
            if getattr(stated, name):
                continue
            row.lacks_shared = True
            if name not in self.shared.errors:
                self.shared.add_error(name, MISSING[name])
        return not row.lacks_shared


def _untyped(row: SpendingForm, saved: Expenditure | None = None) -> SpendingForm:
    """An unbound form for ROW, from the database and what was SAVED just now."""
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
