"""Every state in which a promise can stand in a semester, reported or silent."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tracking.choices import Signal, Stage
from tracking.reading.strips import Arrival

SILENCES: Final[dict[str, str | Promise]] = {
    Arrival.MISSING: _("Sin informe"),
    Arrival.DUE: _("Por informar"),
    Arrival.AHEAD: _("Aún por abrirse"),
}
STATES: Final[dict[str, str | Promise]] = {stage.value: stage.label for stage in Stage} | SILENCES
"""What bars count and filters choose, in the words of a list, best first."""


def counted(counts: Mapping[str, int]) -> str:
    """How many stand in each state that there is, best first: "2 funcionando, 4 sin informe"."""
    phrases = (
        f"{counts[state]} {str(words).lower()}"
        for state, words in STATES.items()
        if counts.get(state)
    )
    return ", ".join(phrases)


SIGNALS: Final[dict[str, Signal]] = {
    slugify(signal.value): signal for signal in Signal if signal != Signal.SILENT
}
"""Each signal that a report can have by how addresses write it: "con-retraso"."""

TROUBLES: Final = (Signal.LATE, Signal.VERY_LATE)
"""The signals that say that a schedule is not met."""

MEANINGS: Final[dict[str, str | Promise]] = {
    Stage.WORKING: _("Se entregó todo y funciona: el último paso de la escala."),
    Stage.REACHED: _("Lo que se mide con una cifra llegó a su meta, 100 % o más."),
    Stage.PARTLY: _("Se entregó una parte."),
    Stage.RUNNING: _("Se está haciendo."),
    Stage.PREPARING: _("Se prepara: expediente, convenio, resolución."),
    Stage.IDLE: _("Se informó que no hubo actividad, y por qué."),
    Stage.MEASURED: _(
        "Se informó una cifra que no llega a la meta, o que no puede compararse con ella."
    ),
    Stage.TOLD: _("Se informó sin cifra ni paso, con un relato."),
    Arrival.MISSING: _("Venció el plazo del semestre y no hay informe."),
    Arrival.DUE: _("El plazo del semestre todavía corre."),
    Arrival.AHEAD: _("El semestre todavía no se abre para informar."),
}
"""What each state says, for whoever asks how it is counted."""
