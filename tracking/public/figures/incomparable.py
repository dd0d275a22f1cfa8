"""Where figures of a municipality cannot stand beside others', and why: a sentence each."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import Plan
from plans.semester import Semester
from tracking.public.figures.punctuality import Punctuality

LEAST_ASKED: Final = 10
"""Promises: of fewer, each report moves a share by more than ten points. The portal's own."""


def of_another_term(plans: Sequence[Plan]) -> str:
    """PLANS are those of a municipality, none of which is of the term that is compared."""
    if not plans:
        return _("Todavía no hay un plan aquí.")
    terms = ", ".join(each.term.printed for each in plans)
    return _("Lo que hay aquí es de otro periodo: %s.") % terms


def not_due(plan: Plan, semester: Semester) -> str:
    if not plan.takes_reports:
        return plan.why_not_asked
    return _("Aquí todavía no vence el plazo de %s.") % semester


def not_asked(plan: Plan, semester: Semester) -> str:
    if not plan.takes_reports:
        return plan.why_not_asked
    return _("En %s no se le pidió ningún informe.") % semester


def incomparable(plan: Plan, figures: Punctuality, *, beside_real: bool) -> str:
    """Why the shares of FIGURES, of PLAN, say too little; "" where they can be compared.

    BESIDE_REAL: others were declared by a municipality.
    """
    if plan.simulated and beside_real:
        return _("Avances simulados: no se comparan con lo que informó una municipalidad.")
    if figures.asked < LEAST_ASKED:
        sentence = ngettext(
            "Se le pidió un solo informe: con tan pocos, cada uno movería mucho el porcentaje.",
            "Se le pidieron solo %(n)s informes: con tan pocos, cada uno movería mucho el "
            "porcentaje.",
            figures.asked,
        )
        return sentence % {"n": figures.asked}
    return ""
