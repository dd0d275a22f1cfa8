"""The kinds of measure to choose from, each with what it needs."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.choices import MeasureKind

KIND_HINTS: Final = {
    MeasureKind.LEVEL: _(
        "El valor junto a su meta: «100 % de los acuerdos, cada año». Necesita el valor de la "
        "meta y su unidad; no necesita línea de base."
    ),
    MeasureKind.CHANGE: _(
        "Cuánto cambia algo: «disminuir en 50 %». Necesita cuánto, la unidad y el sentido. Hasta "
        "que haya una línea de base, con su fuente, el valor se mostrará solo."
    ),
    MeasureKind.DELIVERY: _(
        "Algo que se hace o se entrega: «se instalaron módulos». Se informa por pasos, de 0 (sin "
        "actividad) a 4 (entregado y funcionando); también por cantidad o por partes, si las hay."
    ),
    MeasureKind.PERMANENT: _(
        "Algo que se cumple en cada semestre: «sesiones públicas». Se informa lo hecho de lo que "
        "tocaba hacer. No necesita más."
    ),
    MeasureKind.UNVERIFIABLE: _(
        "Algo de lo que ninguna cifra da prueba: «el distrito más limpio». Solo se narra, se "
        "cuenta aparte y nunca lleva un porcentaje."
    ),
    "": _(
        "Se muestra como «aún sin definir cómo se mide». De una actividad se informa, mientras "
        "tanto, como de una entrega."
    ),
}
ALIKE: Final = (
    MeasureKind.DELIVERY,
    MeasureKind.PERMANENT,
    MeasureKind.UNVERIFIABLE,
    MeasureKind.LEVEL,
)
"""The kinds that many promises can share: a change needs the figures of each."""


class KindField(forms.ChoiceField):
    """The kind as radios, each with what it needs (`options_of`)."""

    def __init__(self, kinds: Sequence[MeasureKind], **kwargs: Any) -> None:
        choices: list[tuple[str, Any]] = [(kind.value, kind.label) for kind in kinds]
        if not kwargs.get("required", True):
            choices.append(("", _("Sin definir todavía")))
        label = _("Clase")
        super().__init__(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def options_of(form: forms.BaseForm) -> list[tuple[Any, Any]]:
    """Each radio of the kind with what that kind needs."""
    return [(radio, KIND_HINTS[radio.data["value"]]) for radio in form["kind"]]
