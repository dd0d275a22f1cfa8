"""Read how a target is measured, as far as its own text says, from a plan file."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.figures import figure_in, sign_fault, typed_plainly
from plans.importers.draft import TermsDraft
from plans.importers.plan_file.fields import Fields
from plans.importers.printed_figures import is_printed, is_year

TERMS_KEYS: Final = frozenset(
    {"clase", "valor", "unidad", "sentido", "limite", "tolerancia", "naturaleza"}
)


def read_terms(terms: Fields, statement: str) -> TermsDraft:
    """What the keys of TERMS say of the target of that STATEMENT."""
    unit = terms.text("unidad", most=80)
    direction = terms.choice("sentido", Direction.values)
    bound = terms.choice("limite", Bound.values)
    if bound and direction != Direction.KEEP:
        terms.fault("limite", _("solo lo lleva lo que se mantiene."))
    return TermsDraft(
        kind=terms.choice("clase", MeasureKind.values),
        goal=_goal(terms, statement, unit),
        unit_of_measure=unit,
        direction=direction,
        bound=bound,
        tolerance=_tolerance(terms, bound),
        nature=terms.choice("naturaleza", Nature.values),
    )


def _tolerance(terms: Fields, bound: str) -> Decimal | None:
    tolerance = _figure(terms, "tolerancia")
    if tolerance is not None and tolerance < 0:
        terms.fault("tolerancia", _("no puede ser negativa."))
    if (bound == Bound.VALUE) != ("tolerancia" in terms):
        terms.fault("tolerancia", _("va con «limite: valor», y siempre."))
    return tolerance


def _figure(terms: Fields, key: str) -> Decimal | None:
    """The figure under KEY; None where there is none that can be read."""
    written = terms.text(key)
    if not written:
        return None
    try:
        return figure_in(written)
    except ValidationError as error:
        terms.fault(key, error.messages[0])
        return None


def _goal(terms: Fields, statement: str, unit: str) -> Decimal | None:
    """The figure under "valor", which the statement prints; None where there is none."""
    goal = _figure(terms, "valor")
    if goal is not None and unit and (fault := sign_fault(terms.text("valor"), unit)):
        terms.fault("valor", fault)
        return None
    if goal is None or is_printed(goal, statement, unit):
        return goal
    if is_year(goal, statement):
        reason = _(
            "en el texto de la meta %s es un año. Si es la cifra, ponga en «unidad» la palabra "
            "que le sigue."
        )
        terms.fault("valor", reason % typed_plainly(goal))
    else:
        terms.fault("valor", _("esa cifra no está en el texto de la meta."))
    return goal
