"""The form of one statement of a plan: what may be said, and where it stands in the document."""

import hashlib
import json
from functools import cached_property
from typing import Any, Final, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.whole_rows import WholeRowForm
from accounts.models import Unit
from plans.choices import OWN, OWN_DIMENSIONS, PARENT_LEVELS, Level
from plans.forms.places import Misplaced, prove, written_lines
from plans.models import Plan, PlanElement
from plans.services.changes import CORRECTABLE
from plans.source_text import SourceText, bare
from plans.verification import taken

MAX_STATEMENT: Final = 10_000
MAX_NOTE: Final = 2_000
ONLY_FOR: Final = {
    "indicator": Level.TARGET,
    "activity_kind": Level.ACTIVITY,
    "cui": Level.ACTIVITY,
    "field": Level.GUIDELINE,
}


def fingerprint(element: PlanElement) -> str:
    """What ELEMENT says now, in a few characters: another text has another."""
    texts = json.dumps([getattr(element, name) for name in CORRECTABLE])
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


class PlanElementForm(WholeRowForm):
    statement = forms.CharField(
        label=_("Texto del plan"),
        help_text=PlanElement._meta.get_field("statement").help_text,
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
    )
    lineas = forms.CharField(
        label=_("Líneas del documento"),
        max_length=200,
        help_text=_(
            "Dónde está el texto: «78»; «78-79» si pasa de una línea a otra; «78, 80» si un salto "
            "de página o una celda lo parte; «78:31» desde la columna 31 si se repite en la línea."
        ),
    )
    indicator = forms.CharField(
        label=_("Indicador"),
        help_text=PlanElement._meta.get_field("indicator").help_text,
        max_length=MAX_STATEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    lineas_indicador = forms.CharField(
        label=_("Líneas del indicador"),
        max_length=200,
        required=False,
        help_text=_("Dónde está el indicador en el documento, como las del texto."),
    )
    note = forms.CharField(
        label=_("Nota de edición"),
        help_text=PlanElement._meta.get_field("note").help_text,
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    responsible = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Unidades responsables"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Las unidades orgánicas abiertas de esta municipalidad que responden por esto. "
            "Si falta alguna, agréguela antes en «Unidades orgánicas»."
        ),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.initial["seen"] = fingerprint(self.instance)
        if "responsible" in self.fields:
            held = self.instance.units.all()
            municipality = self.instance.plan.municipality_id
            offered = Unit.objects.filter(Q(closed_on=None) | Q(pk__in=held))
            self.fields["responsible"].queryset = offered.filter(municipality=municipality)  # type: ignore[attr-defined]
            self.initial["responsible"] = held
        if "lineas" in self.fields:
            self.fields["lineas"].required = self.instance.is_printed
        if "lineas" in self.fields and self.source and self.instance.is_printed:
            self.initial["lineas"] = self._written("spans", "statement")
            if self.instance.indicator:
                self.initial["lineas_indicador"] = self._written("indicator_spans", "indicator")

    def _written(self, spans: str, text: str) -> str:
        """The lines of a text of the element as it is stored."""
        stored = [(start, end) for start, end in getattr(self.instance, spans)]
        return written_lines(cast(SourceText, self.source), stored, getattr(self.instance, text))

    def clean_indicator(self) -> str:
        return bare(self.cleaned_data["indicator"])

    def clean_statement(self) -> str:
        return bare(self.cleaned_data["statement"])

    def clean_printed_code(self) -> str:
        return bare(self.cleaned_data["printed_code"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            self._check_where_it_hangs(values)
        level = values.get("level") or self.instance.level
        for name, owner in ONLY_FOR.items():
            if values.get(name) and level != owner:
                self.add_error(name, _("Solo lo lleva: %s.") % str(owner.label).lower())
        if level == Level.ACTIVITY and not values.get("activity_kind"):
            self.add_error("activity_kind", _("Diga qué clase de actividad es."))
        if values.get("statement") and values.get("lineas"):
            self._check_place(values)
        if not self.errors.keys() & {"indicator", "lineas_indicador"}:
            self._check_indicator(values)
        if self.instance.pk and values.get("seen"):
            self._check_nobody_was_quicker(values["seen"])
        return values

    @cached_property
    def source(self) -> SourceText | None:
        if self.instance.pk:
            return SourceText(self.instance.document.text)
        plan: Plan | None = self.instance.plan if self.instance.plan_id else None
        plan = self.cleaned_data.get("plan", plan) if hasattr(self, "cleaned_data") else plan
        return SourceText(plan.document.text) if plan else None

    def _check_nobody_was_quicker(self, seen: str) -> None:
        """Two people on one element: the second is told, and nothing they typed is lost."""
        stored = PlanElement.objects.get(pk=self.instance.pk)
        now = fingerprint(stored)
        if seen == now:
            return
        self.show_again("seen", now)
        message = _(
            "Otra persona lo cambió mientras usted escribía. Ahora dice: «%(text)s»%(note)s."
        )
        kept = _("Lo que usted escribió sigue aquí: si guarda otra vez, lo reemplaza.")
        note = _(", con la nota «%s»") % stored.note if stored.note else ""
        self.add_error(None, f"{message % {'text': stored.statement, 'note': note}} {kept}")

    def _check_where_it_hangs(self, values: dict[str, Any]) -> None:
        plan, parent, level = values.get("plan"), values.get("parent"), values.get("level")
        if not (plan and level) or "parent" in self.errors:
            return
        if parent and parent.plan_id != plan.pk:
            self.add_error("parent", _("Ese elemento es de otro plan."))
        elif parent and parent.is_withdrawn:
            self.add_error("parent", _("Ese elemento se retiró del plan."))
        elif (parent.level if parent else "") not in PARENT_LEVELS[level]:
            names = [str(Level(each).label if each else _("nada")) for each in PARENT_LEVELS[level]]
            reason = _("Un elemento de ese nivel cuelga de: %s.") % ", ".join(sorted(names)).lower()
            self.add_error("parent", reason)
        kind = values.get("dimension")
        if level != Level.DIMENSION:
            if kind and kind != (parent.dimension if parent else ""):
                self.add_error("dimension", _("Déjela en blanco: la toma de donde cuelga."))
        elif not kind:
            self.add_error("dimension", _("Diga cuál de las cuatro es, o que es propia del plan."))
        elif kind == OWN:
            used = set(plan.elements.values_list("dimension", flat=True))
            values["dimension"] = next(each for each in OWN_DIMENSIONS if each not in used)
        elif plan.elements.current().filter(level=level, dimension=kind).exists():
            self.add_error("dimension", _("El plan ya tiene esa dimensión."))

    def _check_indicator(self, values: dict[str, Any]) -> None:
        """Prove the indicator as the statement is proven; without a text it has no place."""
        text, written = values.get("indicator", ""), values.get("lineas_indicador", "")
        if not text:
            self.instance.indicator_spans = []
            return
        if not written:
            self.add_error("lineas_indicador", _("Diga en qué líneas está el indicador."))
            return
        if self.source and {"indicator", "lineas_indicador"}.intersection(self.changed_data):
            try:
                spans, _place = prove(self.source, text, written)
            except Misplaced as error:
                named = {"statement": "indicator", "lineas": "lineas_indicador"}
                self.add_error(named[error.field], error.reason)
                return
            if others := list(taken(self.instance, spans)):
                reason = _("Esas palabras ya son de: %s.") % ", ".join(others)
                self.add_error("lineas_indicador", reason)
            values["indicator"] = self.source.quoted(spans)
            self.instance.indicator_spans = [list(span) for span in spans]

    def _check_place(self, values: dict[str, Any]) -> None:
        """Prove the statement; what was proven and not touched stays where it was."""
        touched = {"statement", "lineas", "printed_code", "plan"}.intersection(self.changed_data)
        if self.source is None or not touched or not self.instance.is_printed:
            return
        try:
            spans, place = prove(self.source, values["statement"], values["lineas"])
        except Misplaced as error:
            self.add_error(error.field, error.reason)
            return
        code = values.get("printed_code")
        if code and not self.source.printed_before(code, spans[0][0], place):
            self.add_error("printed_code", _("No está impresa delante del texto."))
        self.instance.plan = values.get("plan") or self.instance.plan
        if others := list(taken(self.instance, spans)):
            self.add_error("lineas", _("Esas palabras ya son de: %s.") % ", ".join(others))
        values["statement"] = self.source.quoted(spans)
        self.instance.spans = [list(span) for span in spans]
