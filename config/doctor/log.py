"""Whether what is published reaches the log of the portal, and who can hold the portal to it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.doctor.findings import Finding, fine, wrong
from tracking.models import LogHead, PendingLeaf
from tracking.transparency.heads import newest_head
from tracking.transparency.keys import verifiers
from tracking.transparency.notes import Note

WAITS: Final = dt.timedelta(minutes=10)
"""The worker comes by every few seconds."""


def check() -> Iterator[Finding]:
    """What waits for the log, and whether its heads carry the signatures that they should."""
    head = newest_head()
    yield from _waiting(timezone.now(), head)
    yield from _signed(head)


def _waiting(now: dt.datetime, head: LogHead | None) -> Iterator[Finding]:
    oldest = PendingLeaf.objects.order_by("entry__at").values_list("entry__at", flat=True).first()
    if oldest and now - oldest > WAITS:
        sentence = _(
            "Hay asientos que esperan entrar al registro del portal hace %s: encienda «manage.py "
            "work» (vigia-work) o ejecute «manage.py work --once»."
        )
        yield wrong(sentence % timesince(oldest, now))
    elif head:
        sentence = ngettext(
            "El registro del portal tiene %s asiento.",
            "El registro del portal tiene %s asientos.",
            head.size,
        )
        yield fine(sentence % head.size)


def _signed(head: LogHead | None) -> Iterator[Finding]:
    """Heads that nobody signed can be denied; a key that does not sign is a rotation half done."""
    keys = verifiers()
    if not keys:
        if settings.REAL:
            yield wrong(
                _(
                    "Las cabezas del registro del portal salen sin firma: haga una clave con "
                    "«manage.py new_log_key» y póngala en LOG_KEYS."
                )
            )
        return
    if head is None:
        return
    note = Note.parse(head.note)
    idle = [key for key in keys if not note.is_signed_by(key)]
    for key in idle:
        yield wrong(
            _(
                "La última cabeza del registro del portal no lleva la firma de %s: ponga en "
                "LOG_KEYS, donde se hace el trabajo de fondo, su clave privada."
            )
            % key
        )
    if not idle:
        yield fine(_("La última cabeza del registro del portal lleva todas sus firmas."))
