"""The status of a promise: the first thing to know of it, in whole sentences."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.choices import Level
from plans.choices import Standing as PlanStanding
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.printed_claims import gives_no_figure
from tracking.reading.sentences import reported_briefly
from tracking.reading.story import Chapter
from tracking.reading.strips import Arrival


def status(
    element: PlanElement, plan: Plan, terms: MeasuringTerms | None, chapters: Sequence[Chapter]
) -> str:
    """How ELEMENT of PLAN stands, measured under TERMS, as it is told below its name.

    CHAPTERS, in order of time, are what was asked and reported of it; none where nothing was.
    """
    sentences = _progress(element, plan, chapters)
    is_measured = element.is_target and element.is_reportable  # its parts say what it says
    if is_measured and not element.is_withdrawn:
        sentences += _figure(element, terms)
    return " ".join(sentences)


def _progress(element: PlanElement, plan: Plan, chapters: Sequence[Chapter]) -> list[str]:
    if element.is_withdrawn:
        withdrawn = _("Ya no forma parte de lo que Vigía recoge de este plan.")
        return [withdrawn, *(reported_status(element, chapters) if chapters else [])]
    if plan.takes_reports or chapters:
        return reported_status(element, chapters)
    if not plan.in_force:
        return [_("Sin informes de avance: no es el plan que rige.")]
    if plan.standing == PlanStanding.NOT_ELECTED:
        return [_("Sin informes de avance: la lista no fue elegida.")]
    return [_("Sin informes de avance. No se ha confirmado si esta lista fue elegida.")]


def _figure(element: PlanElement, terms: MeasuringTerms | None) -> list[str]:
    """What the plan's own figure lacks; once somebody of the municipality set TERMS, nothing."""
    if terms and terms.by_id:
        return []
    if terms is None or terms.goal is None:
        if gives_no_figure(element):
            return [_("El plan no da una cifra para esta meta.")]
        return [_("De esta meta no se ha recogido ninguna cifra del plan.")]
    return [] if terms.is_measurable else [_("Tiene una cifra, pero aún no es medible.")]


def reported_status(element: PlanElement, chapters: Sequence[Chapter]) -> list[str]:
    """What was reported of ELEMENT: its newest report, and the silence that followed.

    CHAPTERS in order of time. Nothing is called unfulfilled: that takes a report, or an act.
    """
    newest = max((index for index, each in enumerate(chapters) if each.is_reported), default=-1)
    since = chapters[newest + 1 :]
    sentences = [reported_briefly(chapters[newest])] if newest >= 0 else []
    if missing := [each for each in since if each.is_missing]:
        sentences.append(silence(missing))
    return sentences or [_not_yet(element, chapters)]


def silence(missing: Sequence[Chapter]) -> str:
    """That the semesters MISSING, due and in order of time, have no report."""
    last = missing[-1]
    shown = {
        "n": len(missing),
        "first": missing[0].semester,
        "last": last.semester,
        "day": date_format(last.window.due_on) if last.window else "",
    }
    if len(missing) == 1:
        if last.cell.is_final:
            return _("Sin informe final: el del semestre %(last)s venció el %(day)s.") % shown
        return _("Sin informe del semestre %(last)s, vencido el %(day)s.") % shown
    if last.cell.is_final:
        sentence = _(
            "Sin informe de %(n)s semestres, de %(first)s a %(last)s; tampoco el final, que venció "
            "el %(day)s."
        )
    else:
        sentence = _(
            "Sin informe de %(n)s semestres, de %(first)s a %(last)s; el último venció el %(day)s."
        )
    return sentence % shown


def _not_yet(element: PlanElement, chapters: Sequence[Chapter]) -> str:
    """Why nothing is said of ELEMENT, of which nothing was reported and nothing is missing."""
    if not element.is_reportable:
        if element.level == Level.GUIDELINE:
            return _("La municipalidad no ha elegido informar sobre este lineamiento.")
        return _("Se informa de cada cosa que incluye.")
    due = next(
        (each for each in chapters if each.cell.arrival == Arrival.DUE and each.window), None
    )
    if due and due.window:
        sentence = _(
            "Todavía no hay informes de avance. El del semestre %(semester)s vence el %(day)s."
        )
        return sentence % {"semester": due.semester, "day": date_format(due.window.due_on)}
    return _("Todavía no hay informes de avance.")
