"""What cannot be in a report, whoever sends it and however: pages and API ask here."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.figures import Limits
from plans.models import MeasuringTerms
from plans.semester import Semester
from tracking.measuring.entry import MEASURES, NO_MEASURE, TEXTS
from tracking.measuring.tasks import Task
from tracking.measuring.unlikely import Doubt, unlikely
from tracking.models import ProgressReport
from tracking.models.report import LONGEST_TEXT

LARGEST_COUNT: Final = 2_147_483_647  # what the column holds
TOO_LARGE: Final = gettext_lazy("Ese número es demasiado grande.")
NOT_A_PART: Final = gettext_lazy("«%(value)s» ya no es parte de cómo se mide.")


def faults_in(values: Mapping[str, Any], task: Task) -> dict[str, str]:
    """What cannot be in VALUES as the report of TASK: a sentence for each column at fault.

    VALUES have the columns that are said, among `WRITABLE`; the others are not looked at.
    """
    faults: dict[str, str] = {}
    for name, fault in _faults(values, task):
        faults.setdefault(name, fault)
    return faults


def _faults(values: Mapping[str, Any], task: Task) -> Iterator[tuple[str, str]]:
    value, day = values.get("value"), values.get("as_of")
    if value is not None and (fault := value_limits(task.terms).fault(value)):
        yield "value", fault
    parts = task.terms.parts if task.terms else []
    for part in values.get("parts_done") or ():
        if part not in parts:
            yield "parts_done", NOT_A_PART % {"value": part}
    for name in ("done", "required"):
        if (values.get(name) or 0) > LARGEST_COUNT:
            yield name, str(TOO_LARGE)
    if {"done", "required"} <= values.keys():
        yield from _count_faults(values["done"], values["required"])
    if day and (fault := day_fault(day, task.semester)):
        yield "as_of", fault
    for name in TEXTS:
        if fault := _text_fault(values.get(name) or ""):
            yield name, fault
    if {"halted_since", "halted_cause"} <= values.keys():
        yield from _halt_faults(values["halted_since"], values["halted_cause"], task.semester)


def _count_faults(done: int | None, required: int | None) -> Iterator[tuple[str, str]]:
    if done is None and required is not None:
        yield "done", _("Diga también cuántos se cumplieron.")
    elif required is None and done is not None:
        yield "required", _("Diga también cuántos se exigían.")
    elif done is not None and required is not None and done > required:
        yield "done", _("Lo cumplido no puede pasar de lo exigido.")


def _halt_faults(
    since: dt.date | None, cause: str, semester: Semester
) -> Iterator[tuple[str, str]]:
    last = last_possible(semester)
    if since and since > last:
        yield (
            "halted_since",
            _("Para este informe, hasta el %(last)s.") % {"last": date_format(last)},
        )
    try:
        ProgressReport._meta.get_field("halted_cause").run_validators(cause)
    except ValidationError as refusal:
        yield "halted_cause", " ".join(refusal.messages)
    if since and not cause:
        yield "halted_cause", _("Diga por qué está paralizado.")
    elif cause and not since:
        yield "halted_since", _("Diga desde cuándo está paralizado.")


def value_limits(terms: MeasuringTerms | None) -> Limits:
    """Within which limits TERMS let a value be."""
    if terms is None:
        return Limits(unit="")
    return Limits(terms.least, terms.most, terms.unit_of_measure.strip())


def last_possible(semester: Semester) -> dt.date:
    """The last day of SEMESTER that has come."""
    return min(timezone.localdate(), semester.last_day)


def usual_day(semester: Semester) -> dt.date | None:
    """The day to which a report of SEMESTER corresponds unless it says another.

    None while it has not begun: what is prepared then stood on no day yet.
    """
    last = last_possible(semester)
    return last if last >= semester.first_day else None


def day_fault(day: dt.date, semester: Semester) -> str:
    """Why nothing of SEMESTER can have stood on DAY; "" where it can."""
    if day > timezone.localdate():
        return _("Ese día todavía no llega.")
    if semester.first_day <= day <= semester.last_day:
        return ""
    sentence = _("Ese día no es del semestre %(semester)s: del %(first)s al %(last)s.")
    first, last = date_format(semester.first_day), date_format(semester.last_day)
    return sentence % {"semester": semester, "first": first, "last": last}


def prose(text: str) -> str:
    """TEXT with its lines ended as they are stored: a line break counts once, as one typed it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_fault(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return ""
    sentence = _("Caben %(most)s letras y escribió %(length)s: acórtelo, o adjunte un documento.")
    return sentence % {"most": number_format(LONGEST_TEXT), "length": number_format(len(text))}


def doubts_of(values: Mapping[str, Any], task: Task) -> list[Doubt]:
    """What is unlikely in VALUES as the report of TASK, and was not confirmed before.

    What the stored report says was confirmed when it was stored. One query more where anything is
    unlikely and the report of TASK was not looked up.
    """
    given = {name: value for name, value in values.items() if name in MEASURES}
    sent = ProgressReport(**{**NO_MEASURE, **given})
    doubts = unlikely(sent, task.entry, task.terms, task.previous)
    confirmed = {each.token for each in _stored_doubts(task)} if doubts else set()
    return [each for each in doubts if each.token not in confirmed]


def _stored_doubts(task: Task) -> list[Doubt]:
    stored = task.report
    if stored is None and not task.is_looked_up:
        reports = ProgressReport.objects.open().filter(element=task.element)
        stored = reports.filter(semester=task.semester).first()
    return unlikely(stored, task.entry, task.terms, task.previous) if stored else []
