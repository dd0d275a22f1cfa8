"""The sheet in which planning says how many promises are measured, and its saving."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.filled.reading import Line
from accounts.models import User
from accounts.sent_numbers import number_in
from plans.forms.measuring import RowForm
from plans.models import MeasuringTerms, PlanElement
from plans.proposals import proposal_of
from plans.services.editing import state_each
from plans.terms_history import Difference, differences
from plans.timetables import Shape

STATE: Final = gettext_lazy("aún sin definir cómo se mide")


class SharedForm(forms.Form):
    """What is said once for all rows that are saved."""

    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        max_length=300,
        help_text=gettext_lazy(
            "Por qué se miden así. Es público, y se lee en la página de cada promesa que cambie."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("A las filas sin cronograma"),
        choices=[("", gettext_lazy("Nada: queda como está")), *Shape.choices],
        required=False,
    )


@dataclass
class Row:
    """One promise: how it is measured now, and the form with what is proposed or was typed.

    ``is_checked``: its faults are said. ``is_saved``: what was typed is in force.
    """

    element: PlanElement
    newest: MeasuringTerms | None
    form: RowForm
    is_proposed: bool = False
    is_checked: bool = False
    is_saved: bool = False
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return self.form.is_bound and self.form.is_changed

    @property
    def is_open(self) -> bool:
        """Whether there is something to do in it at once."""
        return self.is_proposed or self.is_checked or self.is_changed

    @property
    def state(self) -> str:
        """How it is measured, in a few words: "Nivel · 50 % · con cronograma"."""
        terms = self.newest
        if terms is None or not terms.kind:
            return str(STATE)
        goal = " ".join(each for each in (terms.goal_printed, terms.unit_of_measure) if each)
        has_schedule = _("con cronograma") if terms.schedule else _("sin cronograma")
        return " · ".join(each for each in (terms.get_kind_display(), goal, has_schedule) if each)


class MeasuringSheet:
    """ELEMENTS of one plan, in order, a row each; three queries, whatever their number.

    TYPED is what came back of the form, or of a spreadsheet, by the name of each field.
    """

    def __init__(
        self,
        elements: Iterable[PlanElement],
        typed: Mapping[str, Any] | None = None,
        *,
        proposes: bool = False,
    ) -> None:
        self.typed = typed
        listed = list(elements)
        known = {element.pk: element for element in listed}
        self._versions: dict[tuple[int, int], MeasuringTerms] = {}
        newest: dict[int, MeasuringTerms] = {}
        for terms in MeasuringTerms.objects.filter(element__in=listed).order_by("version"):
            terms.element = known[terms.element_id]
            self._versions[terms.element_id, terms.version] = terms
            newest[terms.element_id] = terms
        self.rows = [self._row(each, newest.get(each.pk), proposes=proposes) for each in listed]

    def _row(self, element: PlanElement, newest: MeasuringTerms | None, *, proposes: bool) -> Row:
        seen = (self.typed or {}).get(f"{element.ref}-seen")
        if seen is not None:
            return Row(element, newest, self._typed_form(element, newest, str(seen)))
        form = RowForm(element=element, newest=newest)
        proposed = proposal_of(element) if proposes and not (newest and newest.kind) else {}
        own = {name for name, value in form.initial.items() if value not in (None, "", {}, [])}
        form.initial.update({name: value for name, value in proposed.items() if name not in own})
        return Row(element, newest, form, is_proposed=bool(proposed))

    def _typed_form(
        self, element: PlanElement, newest: MeasuringTerms | None, seen: str
    ) -> RowForm:
        """Against the version that the person saw: what they left alone is no change of theirs."""
        before = self._versions.get((element.pk, number_in(seen) or 0))
        form = RowForm(self.typed, element=element, newest=before)
        if before is newest:
            return form
        if not form.is_changed:
            return RowForm(element=element, newest=newest)
        return RowForm(self.typed, element=element, newest=newest)

    def filled(self, shape: str = "") -> dict[str, str]:
        """The timetables that shapes give, by field: a row's own, SHAPE where it has none."""
        planned: dict[str, str] = {}
        for row in self.rows:
            if not row.form.is_bound:
                continue
            planned |= row.form.with_shape()
            has_own = row.form.cleaned_data.get("shape") or row.form.cleaned_data.get("schedule")
            if shape and not has_own and row.form["kind"].data:
                planned |= row.form.with_shape(shape)
        return planned

    def check(self, lines: Mapping[str, Line] | None = None) -> list[Row]:
        """The rows that say something else and could be saved; the faults of others are told.

        LINES are those of a spreadsheet, by their codes: what has to be looked at in them is told.
        """
        ready = []
        for row in self.rows:
            line = (lines or {}).get(row.element.ref)
            if not row.is_changed and not (line and line.faults):
                continue
            row.is_checked = True
            for each in (*line.faults, *line.doubts) if line else ():
                row.form.add_error(None, each)
            if row.form.is_valid():
                before = row.newest or MeasuringTerms(element=row.element)
                row.differences = differences(before, row.form.instance)
                ready.append(row)
        return ready

    def save(self, ready: Collection[Row], reason: str, *, by: User) -> int:
        """State what READY says; how many were. What somebody else changed meanwhile is told."""
        rows = {row.element.pk: row for row in ready}
        for row in ready:
            row.form.instance.reason = reason
        stated = [(row.form.instance, row.newest.version if row.newest else 0) for row in ready]
        for terms, newest in state_each(stated, by=by):
            rows.pop(terms.element_id).form.tell_outrun(newest)
        for row in rows.values():
            row.newest, row.is_saved, row.is_checked = row.form.instance, True, False
            row.form = RowForm(element=row.element, newest=row.newest)
        return len(rows)

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.is_checked and row.form.errors]
