"""How a promise is measured, in a few words: pure functions of its terms."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import Bound, Direction, MeasureKind
from plans.figures import figure_text
from plans.models import MeasuringTerms
from tracking.measuring.entry import kind_of

LEVELS: Final = {
    Direction.UP: gettext_lazy("nivel: llegar a %s"),
    Direction.DOWN: gettext_lazy("nivel: bajar hasta %s"),
    Direction.KEEP: gettext_lazy("nivel: mantener %s"),
}
KEPT: Final = {
    Bound.CEILING: gettext_lazy("nivel: mantener en %s como máximo"),
    Bound.FLOOR: gettext_lazy("nivel: mantener en %s como mínimo"),
}

WITHOUT_FIGURE: Final = {
    "": gettext_lazy("aún sin definir cómo se mide"),
    MeasureKind.PERMANENT: gettext_lazy("permanente: se cumple en cada semestre"),
    MeasureKind.UNVERIFIABLE: gettext_lazy("no verificable: solo se narra"),
}


def how_measured(level: str, terms: MeasuringTerms | None) -> str:
    """«variación: disminuir en 50 %, desde 40 casos»; of an element of LEVEL under TERMS."""
    kind = kind_of(level, terms.kind if terms else "")
    if kind in WITHOUT_FIGURE:
        return str(WITHOUT_FIGURE[kind])
    if kind == MeasureKind.DELIVERY:
        return _delivery(terms)
    if terms is None or terms.goal is None:
        return _("%s: aún sin una cifra") % str(MeasureKind(kind).label).lower()
    goal = f"{terms.goal_printed} {terms.unit_of_measure}".strip()
    if kind == MeasureKind.LEVEL:
        return _level(terms) % goal + _since(terms)
    way = terms.get_direction_display().lower() or _("cambiar, sin sentido definido,")
    return _("variación: %(way)s en %(goal)s") % {"way": way, "goal": goal} + _since(terms)


def _level(terms: MeasuringTerms) -> str:
    """A sentence with the place of its goal."""
    if terms.bound == Bound.VALUE and terms.tolerance is not None:
        return _("nivel: mantener en %%s, con una tolerancia de %s") % figure_text(terms.tolerance)
    if terms.bound:
        return str(KEPT[Bound(terms.bound)])
    return str(LEVELS[Direction(terms.direction) if terms.direction else Direction.UP])


def _delivery(terms: MeasuringTerms | None) -> str:
    if terms and terms.parts:
        return _("entrega: %s partes") % len(terms.parts)
    if terms and terms.goal is not None:
        return _("entrega: %s") % figure_text(terms.goal, terms.unit_of_measure)
    return _("entrega, por pasos")


def _since(terms: MeasuringTerms) -> str:
    if terms.baseline is None:
        return _(", sin línea de base") if terms.kind == MeasureKind.CHANGE else ""
    baseline = f"{terms.baseline_printed} {terms.value_unit}".strip()
    return _(", desde una línea de base de %s") % baseline
