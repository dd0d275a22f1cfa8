"""What somebody sends to become a plan, and what is said of it as a whole."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.antivirus import refuse_infected
from accounts.hidden_characters import HIDDEN
from accounts.models import Municipality
from plans.forms.standing import SourcedForm
from plans.importers.faults import FileRefused
from plans.importers.formats import SENT, format_of
from plans.importers.refs import Published
from plans.models import Plan, PlanImport
from plans.plan_path import list_called
from plans.term import FIRST_YEAR, YEARS, Term

LARGEST_FILE: Final = 20 * 1024 * 1024
LONGEST_NAME: Final = 120
ACCEPTED: Final = ",".join(sorted(SENT))
PASTED: Final = gettext_lazy("texto pegado.txt")


class SendForm(forms.Form):
    """A file or a pasted text, and for which term it is a plan."""

    file = forms.FileField(
        label=gettext_lazy("El archivo del plan"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=gettext_lazy(
            "PDF con texto, Word (DOCX), hoja de cálculo (XLSX, XLS, ODS, CSV), texto, o el "
            "resumen del JNE (JSON o ZIP, también con los de otras municipalidades). Hasta 20 MB."
        ),
    )
    pasted = forms.CharField(
        label=gettext_lazy("O pegue aquí su texto"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Por ejemplo, copiado de un PDF o de una página."),
    )
    term = forms.ChoiceField(label=gettext_lazy("Periodo de gobierno"))
    organization = forms.CharField(
        label=gettext_lazy("Organización que presentó el plan"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Como la nombra el documento. Si el plan ya está, no hace falta."),
    )
    is_of_a_list = forms.BooleanField(
        label=gettext_lazy("Es lo que ofreció otra lista del periodo, no el plan que rige"),
        required=False,
    )

    def __init__(self, data: Any, files: Any, *, municipality: Municipality) -> None:
        self.municipality = municipality
        to_prepare = Term.to_prepare(timezone.localdate())
        super().__init__(data, files, initial={"term": str(to_prepare)})
        firsts = range(to_prepare.first_year, FIRST_YEAR - 3 * YEARS, -YEARS)
        terms = [Term(year, year + YEARS - 1) for year in firsts]
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            (str(term), f"{term.printed} ({term.status(at=timezone.localdate())})")
            for term in terms
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        file, pasted = values.get("file"), values.get("pasted", "")
        if values.get("is_of_a_list") and not values.get("organization"):
            self.add_error("organization", _("Diga de qué organización es: así se llama su plan."))
        if self.errors:
            return values
        if file and pasted.strip():
            self.add_error("pasted", _("Envíe el archivo o el texto, no los dos: quite uno."))
        elif not file and not pasted.strip():
            self.add_error("file", _("Elija el archivo, o pegue el texto abajo."))
        elif file and file.size > LARGEST_FILE:
            self.add_error("file", _("Pesa más de 20 MB. Nada se guardó."))
        else:
            self._read(file, pasted)
        return values

    def _read(self, file: Any, pasted: str) -> None:
        try:
            if file:
                refuse_infected(file)
                file.seek(0)
        except forms.ValidationError as refused:
            self.add_error("file", refused)
            return
        self.content = file.read() if file else pasted.encode()
        self.name = _clean_name(file.name) if file else str(PASTED)
        try:
            format_of(self.content, self.name)
        except FileRefused as refused:
            reasons = [f"«{fault.field}» {fault.reason}" for fault in refused.faults]
            self.add_error("file", " ".join(reasons))

    @property
    def draft(self) -> PlanImport:
        """What is to be kept of it."""
        term = Term.parse(self.cleaned_data["term"])
        organization = self.cleaned_data["organization"]
        return PlanImport(
            municipality=self.municipality,
            first_year=term.first_year,
            last_year=term.last_year,
            list_slug=list_called(organization) if self.cleaned_data["is_of_a_list"] else "",
            organization=organization,
            file_name=self.name,
        )


class AboutForm(SourcedForm):
    """What is said of the plan as a whole; of one that is there already, of its document only."""

    class Meta:
        model = PlanImport
        fields: ClassVar = [
            "provenance",
            "title",
            "organization",
            "standing",
            "standing_source",
        ]
        widgets: ClassVar = {
            "provenance": forms.Textarea(attrs={"rows": 2}),
            "standing": forms.RadioSelect,
            "standing_source": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any, *, draft: PlanImport, plan: Plan | None) -> None:
        super().__init__(data, instance=draft)
        self.fields["provenance"].required = True
        if plan is not None:
            for name in ("organization", "standing", "standing_source"):
                del self.fields[name]


def _clean_name(given: str) -> str:
    """The name of a file as it is shown: nothing hidden in it, and its ending kept."""
    name = HIDDEN.sub("", PurePosixPath(given).name) or "plan"
    path = PurePosixPath(name)
    return f"{path.stem[: LONGEST_NAME - len(path.suffix[:10])]}{path.suffix[:10]}"


class ReasonsForm(forms.Form):
    """Why each of the published elements GONE from a draft is no longer in the plan."""

    motivo = forms.CharField(
        label=gettext_lazy("El mismo motivo para todos los que no tengan otro"),
        max_length=300,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, gone: Sequence[Published], reasons: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self._refs = [each.ref for each in gone]
        for ref in self._refs:
            self.fields[f"motivo-{ref}"] = forms.CharField(
                label=_("Motivo: %s") % ref,
                max_length=300,
                required=False,
                initial=reasons.get(ref, ""),
            )

    def of(self, ref: str) -> forms.BoundField:
        return self[f"motivo-{ref}"]

    def reasons(self) -> dict[str, str]:
        """By reference, as they were typed, or else what was typed for all."""
        typed = self.cleaned_data
        return {ref: typed[f"motivo-{ref}"] or typed["motivo"] for ref in self._refs}
