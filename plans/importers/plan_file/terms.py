"""Read how a target is measured, as far as its own text says, from a plan file."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.choices import Bound, Direction, MeasureKind, Nature
from plans.figures import figure_in, sign_fault
from plans.importers.draft import TermsDraft
from plans.importers.plan_file.fields import Fields
from plans.importers.printed.proving import why_unprinted
from plans.semester import SEMESTER, Semester
from plans.term import Term

TERMS_KEYS: Final = frozenset(
    {
        "clase",
        "valor",
        "unidad",
        "sentido",
        "limite",
        "tolerancia",
        "naturaleza",
        "linea_base",
        "hitos",
    }
)
EACH_YEAR: Final = "cada año"


def read_terms(terms: Fields, printed: str, term: Term) -> TermsDraft:
    """What the keys of TERMS say of a target of TERM, of which the plan has PRINTED that.

    Every figure must be printed: in its statement, or in its indicator.
    """
    unit = terms.text("unidad", most=80)
    direction = terms.choice("sentido", Direction.values)
    bound = terms.choice("limite", Bound.values)
    if bound and direction != Direction.KEEP:
        terms.fault("limite", _("solo lo lleva lo que se mantiene."))
    return TermsDraft(
        kind=terms.choice("clase", MeasureKind.values),
        goal=_stated(terms, "valor", printed, unit),
        unit_of_measure=unit,
        direction=direction,
        bound=bound,
        tolerance=_tolerance(terms, bound),
        nature=terms.choice("naturaleza", Nature.values),
        baseline=_stated(terms, "linea_base", printed, unit),
        milestones=_milestones(terms, printed, unit, term),
    )


def _tolerance(terms: Fields, bound: str) -> Decimal | None:
    tolerance = _figure(terms, "tolerancia")
    if tolerance is not None and tolerance < 0:
        terms.fault("tolerancia", _("no puede ser negativa."))
    if (bound == Bound.VALUE) != ("tolerancia" in terms):
        terms.fault("tolerancia", _("va con «limite: valor», y siempre."))
    return tolerance


def _milestones(terms: Fields, printed: str, unit: str, term: Term) -> dict[str, Decimal]:
    """By semester: a year is its second one, and EACH_YEAR all of TERM."""
    found: dict[str, Decimal] = {}
    if "hitos" not in terms:
        return found
    hitos = terms.free("hitos")
    for when in hitos.keys:
        figure = _stated(hitos, when, printed, unit)
        years = range(term.first_year, term.last_year + 1) if when == EACH_YEAR else [when]
        for year in map(str, years):
            written = f"{year}-II" if year.isdecimal() else year
            if not SEMESTER.match(written) or not term.holds(Semester.parse(written).year):
                hitos.fault(when, _("no es un año ni un semestre del periodo: 2027, 2027-I."))
            elif figure is not None:
                found[str(Semester.parse(written))] = figure
    return found


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


def _stated(terms: Fields, key: str, printed: str, unit: str) -> Decimal | None:
    """The figure under KEY, which must be PRINTED; None where there is none."""
    figure = _figure(terms, key)
    if figure is not None and unit and (fault := sign_fault(terms.text(key), unit)):
        terms.fault(key, fault)
        return None
    if figure is not None and (reason := why_unprinted(figure, printed, unit)):
        terms.fault(key, reason)
    return figure
