"""Send the letters that wait.

As with the other letters, the mail server takes it first and then its row goes: what was refused is
tried again, and only a death in between sends it twice, under the same name.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.choices import LetterKind
from accounts.models import Letter
from accounts.security import note
from accounts.services.letter_texts import WRITERS, Writer
from accounts.services.letters import Round, send_each, send_unasked

logger = logging.getLogger(__name__)
KEPT_FOR: Final = dt.timedelta(days=1)
"""Beyond it a letter that no mail server took is let go: it is over, or is asked for again."""


def send_queued(*, at: dt.datetime, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Write and send every letter that waits, oldest first. IS_OVER ends it between two."""
    rows = Letter.objects.values_list("pk", "kind")
    letters = [(f"Letter {pk} ({kind})", partial(_send, pk, at)) for pk, kind in rows]
    return send_each(letters, is_over=is_over)


@transaction.atomic
def _send(pk: int, at: dt.datetime) -> bool:
    """Send that letter; False where another worker does, or there is nobody to write to."""
    letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if letter is None:
        return False
    letter.delete()
    if at - letter.queued_at > KEPT_FOR:
        logger.error("Letter %s (%s) was let go: no mail server took it in a day", pk, letter.kind)
        return False
    written = _writer_of(LetterKind(letter.kind))(letter, at)
    if written is None:
        return False
    send_unasked(written.name, written.to, written.context, message=f"carta.{pk}")
    note("letter.sent", written.account, kind=letter.kind)
    return True


def _writer_of(kind: LetterKind) -> Writer:
    """Who writes the letters of KIND. The settings name those who write what is not known here."""
    writer: Writer = WRITERS.get(kind) or import_string(settings.LETTER_WRITERS[kind])
    return writer
