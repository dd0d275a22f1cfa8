"""The lines in which planning says where a plan's elements stand in a classification."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.classes import MOST_SCHEME, Classed, fault_of_codes, parse_classes

MOST_CHARACTERS = 200_000


class ClassesForm(forms.Form):
    scheme = forms.CharField(
        label=_("Clasificación"),
        max_length=MOST_SCHEME,
        help_text=_("Su nombre, como se leerá: «Ejes estratégicos», «ODS», «POI 2023»."),
    )
    lines = forms.CharField(
        label=_("Códigos"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Una línea por cada uno, como se copia de una hoja de cálculo: código de Vigía, "
            "tabulador, código, y si quiere otro tabulador y qué quiere decir. Una promesa con "
            "varios códigos va en varias líneas; sin código, sale de la clasificación; "
            "un código que no sirve a ninguna va tras un tabulador. Lo que no nombre queda como "
            "está."
        ),
    )

    def clean_scheme(self) -> str:
        scheme = " ".join(self.cleaned_data["scheme"].split())
        if fault := fault_of_codes(scheme, ()):
            raise forms.ValidationError(fault)
        return scheme

    def clean_lines(self) -> list[Classed]:
        found = parse_classes(self.cleaned_data["lines"])
        if not found:
            raise forms.ValidationError(_("Escriba al menos una línea."))
        return found

    @staticmethod
    def written(rows: Any, scheme: str) -> str:
        """What ROWS, elements, have in SCHEME, as it is written."""
        return "\n".join(
            f"{each.ref}\t{code}" for each in rows for code in each.classes.get(scheme, ())
        )
