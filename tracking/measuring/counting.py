"""What the figure of a report counts and from when, said wherever one is asked for or read."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.choices import MeasureKind
from plans.figures import figure_text
from plans.models import MeasuringTerms
from plans.semester import Semester
from plans.term import Term
from tracking.measuring.entry import Entry


def what_counts(entry: Entry, terms: MeasuringTerms | None, term: Term, semester: Semester) -> str:
    """What the figure is that ENTRY takes under TERMS in SEMESTER of TERM; "" where it takes none.

    «Todo lo entregado desde enero de 2019, no solo en este semestre, en postas.»
    """
    unit = _in_unit(terms)
    if entry == Entry.COUNT:
        first, last = (date_format(d, "F") for d in (semester.first_day, semester.last_day))
        shown = {"first": first, "last": last, "year": semester.year}
        return _("Solo lo de este semestre, de %(first)s a %(last)s de %(year)s.") % shown
    if entry == Entry.QUANTITY:
        shown = {"year": term.first_year, "unit": unit}
        sentence = _("Todo lo entregado desde enero de %(year)s, no solo en este semestre%(unit)s.")
        return sentence % shown
    if entry != Entry.VALUE:
        return ""
    if terms is None or terms.kind != MeasureKind.CHANGE:
        return _("A cuánto llega ese día%s, no cuánto cambió.") % unit
    sentence = _("A cuánto llega ese día lo que se mide%(unit)s, no cuánto cambió: %(from)s.")
    since = _("si había 40 y hay 30, es 30")
    if terms.baseline is not None:
        since = _("la línea de base es %s") % figure_text(terms.baseline)
    return sentence % {"unit": unit, "from": since}


def _in_unit(terms: MeasuringTerms | None) -> str:
    """ ", en postas"; of a change in percent, the unit in which the baseline is."""
    if terms and terms.is_relative:
        return _(", en la misma unidad que la línea de base")
    unit = terms.unit_of_measure.strip() if terms else ""
    return _(", en %s") % unit if unit else ""
