"""Taking what the operating plan proposes, in the form and in the sheet."""

from django.utils.translation import gettext as _

from tracking.measuring.proposed import Proposal, proposals_for
from tracking.measuring.tasks import Task


def proposal_of(task: Task, code: str) -> Proposal | None:
    """What CODE proposes for TASK, if it is in its unit. One query."""
    mine = proposals_for([task]).get(task.element.pk, [])
    return next((each for each in mine if each.code == code and each.agrees), None)


def taken_sentence(*, is_taken: bool) -> str:
    if is_taken:
        return _("Se puso la cifra del POI. Revísela y guarde: no se guardó aún.")
    return _("El POI ya no propone esa cifra.")
