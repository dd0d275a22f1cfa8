"""How a promise goes, in one of seven words, by the last that is known of it: one table.

The words and the order of the rules are the portal's own: CEPLAN's guide gives an indicator its
figure and its direction, and leaves to whoever publishes it what a reader is told of it.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.choices import Direction, MeasureKind
from tracking.choices import Signal, Stage, Verdict

SILENT_FOR: Final = 2
"""How many due reports must be missing in a row until what was said before no longer counts."""


class Known(NamedTuple):
    """What is known of a promise: its newest report, and how many that were due came not since.

    STAGE and SIGNAL are "" where nothing was ever reported. ``is_lasting``: it is to be met in each
    semester, not once; ``is_final``: the report is that of the last semester of the term.
    """

    stage: str = ""
    signal: str = ""
    is_halted: bool = False
    is_lasting: bool = False
    is_final: bool = False
    silent: int = 0


class Rule(NamedTuple):
    """VERDICT for what HOLDS is true of; WORDS say when that is."""

    verdict: Verdict
    words: str | Promise
    holds: Callable[[Known], bool]


RULES: Final = (
    Rule(
        Verdict.AHEAD,
        _("Todavía no vence su primer informe."),
        lambda known: not known.stage and not known.silent,
    ),
    Rule(
        Verdict.UNKNOWN,
        _("Nunca se informó, y ya venció el plazo de hacerlo."),
        lambda known: not known.stage,
    ),
    Rule(
        Verdict.DONE,
        _(
            "Una actividad se entregó toda y está en uso. Lo entregado no deja de estarlo porque "
            "después falten informes."
        ),
        lambda known: known.stage == Stage.WORKING,
    ),
    Rule(
        Verdict.UNKNOWN,
        _("Dejó de informarse: faltan sus dos últimos informes, o más."),
        lambda known: known.silent >= SILENT_FOR,
    ),
    Rule(
        Verdict.HALTED,
        _("Su último informe dice que está paralizada, desde cuándo y por qué."),
        lambda known: known.is_halted,
    ),
    Rule(
        Verdict.ON_TIME,
        _(
            "Lo que debe cumplirse en cada semestre se cumplió en el último informado; que se "
            "cumplió del todo solo lo dice el último del periodo."
        ),
        lambda known: known.stage == Stage.REACHED and known.is_lasting and not known.is_final,
    ),
    Rule(
        Verdict.DONE,
        _("Su cifra llegó a la meta: 100 % o más."),
        lambda known: known.stage == Stage.REACHED,
    ),
    Rule(
        Verdict.LATE,
        _("Va detrás de su cronograma: con retraso o muy retrasada."),
        lambda known: known.signal in {Signal.LATE, Signal.VERY_LATE},
    ),
    Rule(
        Verdict.ON_TIME,
        _("Va como dice su cronograma, o por él todavía no debía avanzar."),
        lambda known: known.signal in {Signal.ON_TIME, Signal.NOT_DUE},
    ),
    Rule(
        Verdict.UNTIMED,
        _("Se informa, pero nadie fijó con qué compararla: no tiene cronograma, o no se mide."),
        lambda _known: True,
    ),
)
"""The first that holds decides. Levels and kinds differ in their stages and in what must last."""


def verdict(known: Known) -> Verdict:
    return next(rule.verdict for rule in RULES if rule.holds(known))


def is_lasting(kind: str | None, direction: str | None) -> bool:
    """Whether terms of KIND and DIRECTION, None without terms, are to be met in each semester."""
    return kind == MeasureKind.PERMANENT or direction == Direction.KEEP
