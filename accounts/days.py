"""Days that somebody writes."""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

OLDEST: Final = dt.date(1900, 1, 1)


def check_year(day: dt.date | None, *, ahead: int = 0) -> dt.date | None:
    """DAY. ValidationError where its year was mistyped: long ago, or over AHEAD years from now."""
    if day and (day < OLDEST or day.year > timezone.localdate().year + ahead):
        raise ValidationError(_("Revise el año."))
    return day
