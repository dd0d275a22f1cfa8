"""What proves that a list was elected: a document or an address that says so, with its date."""

import datetime as dt
import re
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from plans.choices import Standing

MONTHS: Final = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("sep?tiembre", "octubre", "noviembre", "diciembre"),
)
# Both are read by PostgreSQL too, without regard to case: a CHECK of the plan.
DOCUMENT: Final = (
    r"https?://[^ /]+[.][^ ]+|(?:^|[^a-záéíóúüñ])(?:acta|resoluci[oó]n|credencial|constancia"
    r"|certificad[oa]|oficio|proclamaci[oó]n|decreto|acuerdo|bolet[ií]n|diario)(?:$|[^a-záéíóúüñ])"
)
DAY: Final = (
    rf"[0-9]{{1,2}} de (?:{'|'.join(MONTHS)}) del? [0-9]{{4}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)


def fault_of_source(standing: str, source: str) -> str:
    """Why SOURCE does not prove STANDING, as a sentence; "" where it does."""
    if standing == Standing.UNCONFIRMED:
        return ""
    if not source.strip():
        return _("Diga de qué documento público sale la condición, o déjela «sin confirmar».")
    if standing != Standing.ELECTED:
        return ""
    if not re.search(DOCUMENT, source, re.IGNORECASE):
        return _(
            "Nombre el documento que lo dice (acta de proclamación, credencial, resolución), o su "
            "dirección completa: https://… El nombre de una entidad no basta."
        )
    day = re.search(DAY, source, re.IGNORECASE)
    if day is None:
        return _("Diga también la fecha del documento: «7 de noviembre de 2018».")
    return _fault_of_day(day[0].lower())


def _fault_of_day(written: str) -> str:
    try:
        day = _read(written)
    except ValueError:
        return _("La fecha «%s» no existe.") % written
    return _("La fecha «%s» todavía no llega.") % written if day > timezone.localdate() else ""


def _read(written: str) -> dt.date:
    """The day that is WRITTEN in one of the ways of DAY. ValueError for one that does not exist."""
    if "/" in written:
        day, month, year = map(int, written.split("/"))
    elif "-" in written:
        year, month, day = map(int, written.split("-"))
    else:
        first, name, last = re.split(r" del? ", written)
        month = next(n for n, each in enumerate(MONTHS, 1) if re.fullmatch(each, name))
        day, year = int(first), int(last)
    return dt.date(year, month, day)
