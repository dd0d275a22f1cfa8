"""What a report lacks of what its entry asks for."""

from django.utils.translation import gettext as _

from tracking.choices import Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport


def missing_in(report: ProgressReport, entry: Entry) -> dict[str, str]:
    """What REPORT still needs before it can be reviewed: a sentence for each column."""
    missing = {}
    if report.as_of is None:
        missing["as_of"] = _("Diga a qué día corresponde lo informado.")
    if entry.has_step and report.step is None:
        missing["step"] = _("Elija en qué paso está.")
    if report.narrative:
        return missing
    if entry.has_step and report.step == Step.NONE:
        missing["narrative"] = _("Diga por qué no hubo actividad.")
    figure = {Entry.VALUE: "value", Entry.COUNT: "done"}.get(entry)
    if figure and getattr(report, figure) is None:
        missing[figure] = _("Dé la cifra, o diga en «Qué se hizo» por qué no la hay.")
    if entry == Entry.NARRATIVE:
        missing["narrative"] = _("Cuente qué se hizo.")
    return missing
