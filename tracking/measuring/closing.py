"""What closing a semester fixes, and what keeps it from being closed."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.answering import units_answering
from plans.models import PlanElement
from tracking.choices import ReportState, Signal
from tracking.measuring.due import kinds_in_force
from tracking.measuring.entry import kind_of
from tracking.models import ClosingLine, ProgressReport, SemesterWindow
from tracking.permissions import plan_of


def closing_lines(
    window: SemesterWindow,
    elements: Iterable[PlanElement],
    newest: Mapping[int, ProgressReport],
    units: Mapping[int, Sequence[int]],
    kinds: Mapping[int, str],
) -> list[ClosingLine]:
    """What closing WINDOW fixes of each of ELEMENTS, not saved.

    By the element's id: NEWEST is its published report, UNITS the ids of those that answer for it,
    KINDS what its terms state.
    """
    lines = []
    for element in elements:
        report = newest.get(element.pk)
        lines.append(
            ClosingLine(
                window=window,
                element=element,
                report=report,
                signal=report.signal if report else Signal.SILENT,
                units=list(units.get(element.pk, ())),
                kind=kind_of(element.level, kinds.get(element.pk, "")),
            )
        )
    return lines


def lines_of(window: SemesterWindow) -> list[ClosingLine]:
    """What closing WINDOW now would fix, a line for each element that is due; not saved."""
    plan = plan_of(window.municipality, window.semester)
    reports = ProgressReport.objects.published().filter(plan=plan, semester=window.semester)
    newest = {report.element_id: report for report in reports.newest()}
    elements = plan.elements.reportable().in_document_order().defer("search")
    return closing_lines(window, elements, newest, units_answering(plan), kinds_in_force(plan))


def fingerprint(lines: Iterable[ClosingLine]) -> str:
    """What tells whether LINES, not saved, are those that somebody read."""
    read = [
        (line.element_id, line.report_id, str(line.signal), sorted(line.units), str(line.kind))
        for line in lines
    ]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


def trouble_closing(window: SemesterWindow, *, at: dt.date) -> str:
    """Why WINDOW cannot be closed on the day AT, as a sentence; "" where it can."""
    if window.is_closed:
        return _("El semestre %s ya se cerró.") % window.semester
    if not plan_of(window.municipality, window.semester).takes_reports:
        return _("Solo se cierra un semestre del plan de una autoridad elegida.")
    if at < window.closes_on:
        return _("Se puede cerrar desde el %s.") % date_format(window.closes_on)
    waiting = ProgressReport.objects.filter(
        municipality=window.municipality,
        semester=window.semester,
        state=ReportState.SUBMITTED,
    ).count()
    if not waiting:
        return ""
    sentence = ngettext(
        "Queda %(n)s informe en revisión: publíquelo o devuélvalo antes de cerrar.",
        "Quedan %(n)s informes en revisión: publíquelos o devuélvalos antes de cerrar.",
        waiting,
    )
    return sentence % {"n": waiting}
