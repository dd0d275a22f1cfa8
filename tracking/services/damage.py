"""Tell the operator that something the portal keeps is not what it took."""

import logging
from typing import Final

from django.core.cache import cache

from accounts.choices import LetterKind, Role
from accounts.models import Membership
from accounts.services.letter_queue import queue_letter
from tracking.files.kept import DamagedError

logger = logging.getLogger(__name__)

A_DAY: Final = 24 * 60 * 60  # seconds


def tell_operators(damage: DamagedError, address: str) -> None:
    """Log that what was asked for at ADDRESS is damaged; of the first of a day they get a letter.

    A disk that is lost would otherwise send as many letters as it had files.
    """
    logger.error("Not served, %s (%s)", damage, address)
    if not cache.add("damage-told", damage.sha256, A_DAY):
        return
    operators = Membership.objects.working(Role.OPERATOR)
    for to in operators.values_list("user__email", flat=True):
        facts = {"address": address, "sha256": damage.sha256, "is_gone": damage.is_gone}
        queue_letter(LetterKind.DAMAGED, to, **facts)
