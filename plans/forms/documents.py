"""A document that somebody added to a plan later, and what it says, text by text."""

import hashlib
import unicodedata
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.days import check_year
from accounts.forms.directory import DayInput
from plans.choices import PARENT_LEVELS, ActivityKind, Level
from plans.forms.places import Misplaced, prove
from plans.importers.draft import DocumentDraft
from plans.models import Plan, PlanElement, SourceDocument
from plans.source_text import SourceText, bare
from plans.verification import taken

MOST_CHARACTERS: Final = 1_000_000
ADDABLE: Final = (Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET)


class AddedDocumentForm(forms.Form):
    title = forms.CharField(label=_("Título, como está impreso"), max_length=300)
    provenance = forms.CharField(
        label=_("De dónde se obtuvo"), max_length=300, help_text=_("La dirección o la oficina.")
    )
    added_on = forms.DateField(
        label=_("Fecha del acto que lo añadió"), widget=DayInput, help_text=_("La del acuerdo.")
    )
    added_by = forms.CharField(
        label=_("Quién lo añadió"),
        max_length=200,
        help_text=_("Como se leerá: «añadido el … por el Concejo Municipal, acuerdo 012-2023»."),
    )
    text = forms.CharField(
        label=_("Texto del documento"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Péguelo entero: de aquí se cita, palabra por palabra, lo que se añada."),
    )

    def clean_added_on(self) -> Any:
        day = self.cleaned_data["added_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Un acto por venir todavía no añade nada."))
        return check_year(day)

    def clean_text(self) -> str:
        text = unicodedata.normalize("NFC", self.cleaned_data["text"].replace("\r\n", "\n"))
        if not text.strip():
            raise forms.ValidationError(_("El documento está vacío."))
        return text.rstrip("\n") + "\n"

    @property
    def draft(self) -> DocumentDraft:
        values = self.cleaned_data
        return DocumentDraft(
            title=values["title"],
            file_name=f"{slugify(values['title'])[:100] or 'documento'}.txt",
            provenance=values["provenance"],
            text=values["text"],
            sha256=hashlib.sha256(values["text"].encode()).hexdigest(),
        )


class AddedElementForm(forms.Form):
    """A text of DOCUMENT as an element of PLAN, with the next free code of its place."""

    level = forms.ChoiceField(
        label=_("Qué es"),
        choices=[(each.value, each.label) for each in ADDABLE],
        initial=Level.ACTIVITY,
    )
    activity_kind = forms.ChoiceField(
        label=_("Clase de actividad"),
        required=False,
        choices=[("", "—"), *ActivityKind.choices],
        help_text=_("Solo de una actividad."),
    )
    parent = forms.ModelChoiceField(
        PlanElement.objects.none(), label=_("Pertenece a"), to_field_name="ref"
    )
    statement = forms.CharField(
        label=_("Texto"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Palabra por palabra, como está en el documento."),
    )
    lineas = forms.CharField(
        label=_("Líneas del documento"),
        max_length=200,
        help_text=_("«78»; «78-79» si pasa de una línea a otra; «78, 80» si algo lo parte."),
    )

    def __init__(self, data: Any = None, *, plan: Plan, document: SourceDocument) -> None:
        self.plan, self.document = plan, document
        super().__init__(data)
        above = plan.elements.current().exclude(level=Level.GUIDELINE).in_document_order()
        self.fields["parent"].queryset = above.defer("search")  # type: ignore[attr-defined]

    def clean_statement(self) -> str:
        return bare(self.cleaned_data["statement"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        level, parent = values.get("level"), values.get("parent")
        if level and parent and parent.level not in PARENT_LEVELS[level]:
            names = [str(Level(each).label).lower() for each in PARENT_LEVELS[level] if each]
            reason = _("Eso cuelga de: %s.") % ", ".join(sorted(names))
            self.add_error("parent", reason)
        if level == Level.ACTIVITY and not values.get("activity_kind"):
            self.add_error("activity_kind", _("Diga qué clase de actividad es."))
        elif level and level != Level.ACTIVITY:
            values["activity_kind"] = ""
        if not self.errors:
            self._check_place(values)
        return values

    def _check_place(self, values: dict[str, Any]) -> None:
        source = SourceText(self.document.text)
        try:
            spans, _place = prove(source, values["statement"], values["lineas"])
        except Misplaced as error:
            self.add_error(error.field, error.reason)
            return
        self.element = PlanElement(
            plan=self.plan,
            parent=values["parent"],
            level=values["level"],
            activity_kind=values["activity_kind"],
            ref=_next_ref(values["parent"]),
            statement=source.quoted(spans),
            spans=[list(span) for span in spans],
            document=self.document,
        )
        if others := list(taken(self.element, spans)):
            self.add_error("lineas", _("Esas palabras ya son de: %s.") % ", ".join(others))


def _next_ref(parent: PlanElement) -> str:
    """The first free code below PARENT, after those that were ever given."""
    refs = PlanElement.objects.filter(plan=parent.plan_id, ref__startswith=f"{parent.ref}.")
    numbers = (
        ref.removeprefix(f"{parent.ref}.").split(".")[0]
        for ref in refs.values_list("ref", flat=True)
    )
    return f"{parent.ref}.{max(map(int, numbers), default=0) + 1}"
