"""Who answers for each promise, from pasted lines or a sheet: a reference and a unit in each."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.forms.many import UnitNames
from accounts.forms.pasted import Line, Outcome, PastedForm
from accounts.models import Unit, User
from accounts.spreadsheets.cells import Workbook
from accounts.spreadsheets.writing import Column, Form, workbook
from plans.models import Plan, PlanElement
from plans.services.responsibilities import answer_each


class AnsweringLines(PastedForm):
    """Several lines of one promise name several units; what no line names stays as it is."""

    columns: ClassVar = {
        "ref": ("codigo", "promesa", "ref", "referencia"),
        "unit": ("unidad", "unidad organica", "oficina", "responsable"),
    }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, municipality=plan.municipality, **kwargs)
        self.plan = plan
        self.fields["lines"].label = gettext_lazy("Una promesa y su unidad en cada línea")
        self.fields["lines"].help_text = gettext_lazy(
            "Código; unidad. «S.2.1; Gerencia de Obras», por su nombre o su sigla. Si responden "
            "varias, una línea por cada una. Las que nombra reemplazan a las que respondían."
        )

    def _of(self) -> dict[str, Any]:
        return {"plan": self.plan}

    def _of_sheet(self, book: Workbook) -> Iterator[Line]:
        """Without the rows that are not filled in yet: what they are of stays as it is."""
        return (line for line in super()._of_sheet(book) if line.said["unit"])

    def done_sentence(self, count: int) -> str:
        said = ngettext(
            "Cambió quién responde por %s promesa.",
            "Cambió quién responde por %s promesas.",
            count,
        )
        return said % count

    @cached_property
    def elements(self) -> dict[str, PlanElement]:
        rows = self.plan.elements.measurable().defer("search").prefetch_related("units")
        return {element.ref.lower(): element for element in rows}

    @cached_property
    def units(self) -> UnitNames:
        return UnitNames(self.municipality)

    def outcomes(self, *, save: bool, by: User) -> list[Outcome]:
        """One for each promise that is named; of those that wait, one for each line."""
        wanted: dict[PlanElement, set[Unit]] = defaultdict(set)
        lines: dict[PlanElement, list[Line]] = defaultdict(list)
        waiting: list[Outcome] = []
        unclear: set[PlanElement] = set()
        for line in self.cleaned_data["rows"]:
            if not line.said["unit"]:
                reason = _("Falta la unidad: escríbala después del código y un punto y coma.")
                waiting.append(Outcome(line, reason=reason))
                continue
            element = self.elements.get(line.said["ref"].lower())
            if element is None:
                reason = _("El plan no tiene, entre lo que se mide, «%s».") % line.said["ref"]
                waiting.append(Outcome(line, reason=reason))
                continue
            try:
                wanted[element].add(self.units.named(line.said["unit"]))
                lines[element].append(line)
            except ValidationError as refused:
                unclear.add(element)
                waiting.append(Outcome(line, reason=" ".join(refused.messages)))
        # Of what is partly unclear nothing is done: the units that it names would stand alone.
        ready = {each: units for each, units in wanted.items() if each not in unclear}
        partly = [
            Outcome(line, reason=_("Otra línea de esta promesa espera."))
            for each in unclear
            for line in lines[each]
        ]
        done = [
            Outcome(lines[each][0], is_new={*each.units.all()} != units)
            for each, units in ready.items()
        ]
        if save:
            answer_each(ready, by=by)
        return [*done, *sorted((*waiting, *partly), key=lambda each: each.line.number)]


def answering_file(plan: Plan, elements: Any) -> bytes:
    """An XLSX with a row for each promise and unit that answers for it, to be filled in."""
    units = plan.municipality.units.filter(closed_on=None).order_by("name")
    names = [unit.name for unit in units]
    columns = [
        Column(_("Código"), 10, is_protected=True),
        Column(_("Texto del plan"), 70, is_protected=True),
        Column(_("Unidad orgánica"), 40, choices=names),
    ]
    rows = [
        [element.ref, element.statement, unit]
        for element in elements
        for unit in ([each.name for each in element.units.all() if not each.closed_on] or [""])
    ]
    instructions = [
        _("Cómo se llena"),
        _("Elija la unidad que responde por cada promesa. En blanco, queda como está."),
        _("Si responden varias, copie la fila y elija otra unidad."),
        _("Guárdela y súbala en la misma página."),
    ]
    return workbook([Form(_("Quién responde"), columns, rows)], instructions)
