"""What is unlikely in an activity's figures of a year: asked once more of whoever types them.

What cannot be (more spent than the budget) is refused by `tracking.services.spending`.
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.figures import figure_text
from tracking.choices import Unlikely
from tracking.measuring.unlikely import Doubt, of_a_jump, plain
from tracking.models import Expenditure


def unlikely_spending(row: Expenditure, before: Expenditure | None) -> list[Doubt]:
    """What is unlikely in ROW after BEFORE, what is in force of the same activity and year.

    In the order of its fields. Pure: nothing is looked up. A first statement is compared with
    nothing: that the PIM be many times the PIA is ordinary for a project.
    """
    return list(_doubts(row, before)) if before else []


def _doubts(row: Expenditure, before: Expenditure) -> Iterator[Doubt]:
    since = date_format(before.as_of)
    yield from of_a_jump("pia", row.pia, before.pia, _("soles de PIA"), since)
    yield from of_a_jump("pim", row.pim, before.pim, _("soles de PIM"), since)
    if row.accrued < before.accrued:
        shown = {
            "now": figure_text(row.accrued),
            "before": figure_text(before.accrued),
            "since": since,
        }
        claim = _("un devengado de S/ %(now)s, y al %(since)s ya era de S/ %(before)s") % shown
        yield Doubt(Unlikely.LESS_THAN_BEFORE, "accrued", claim, plain(row.accrued))
