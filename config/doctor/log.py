"""Whether what is published reaches the log of the portal, and who can hold the portal to it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.doctor.findings import Finding, fine, watch, wrong
from tracking.models import HeadStamp, LogHead, PendingLeaf
from tracking.transparency.heads import newest_head
from tracking.transparency.keys import verifiers
from tracking.transparency.notes import Note
from tracking.transparency.witnesses import active_witnesses, contradictions, quiet_witnesses

WAITS: Final = dt.timedelta(minutes=10)
"""The worker comes by every few seconds."""
QUIET: Final = dt.timedelta(days=7)
"""Who keeps heads by hand does it once a week."""
STAMPED: Final = dt.timedelta(days=9)
"""A stamp is asked for each week, and again each hour until it comes."""


def check() -> Iterator[Finding]:
    """What waits for the log, what contradicts it, and who signs its heads: we and others."""
    now, head = timezone.now(), newest_head()
    yield from _contradicted()
    yield from _waiting(now, head)
    yield from _signed(head)
    yield from _witnessed(now)
    if head and settings.TSA_URL:
        yield from _stamped(now)
    if settings.REAL and not settings.OPERATOR:
        yield watch(
            _(
                "La página /registro/ no dice quién responde por el portal: ponga en OPERATOR el "
                "nombre de la institución."
            )
        )


def _contradicted() -> Iterator[Finding]:
    if count := contradictions().count():
        sentence = ngettext(
            "El portal firmó %s cabeza que su registro no tiene (está en /registro/): se restauró "
            "una copia anterior, o alguien rehízo la base o tiene la clave. Averigüe cuál, dígalo "
            "en público y dé al registro otro nombre y otra clave, como dice docs/backups.md.",
            "El portal firmó %s cabezas que su registro no tiene (están en /registro/): se "
            "restauró una copia anterior, o alguien rehízo la base o tiene la clave. Averigüe "
            "cuál, dígalo en público y dé al registro otro nombre y otra clave, como dice "
            "docs/backups.md.",
            count,
        )
        yield wrong(sentence % count)


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
        yield fine(sentence % number_format(head.size))


def _signed(head: LogHead | None) -> Iterator[Finding]:
    """Heads that nobody signed can be denied; a key that does not sign is a rotation half done."""
    keys = verifiers()
    if not keys:
        if settings.REAL:
            yield wrong(
                _(
                    "Las cabezas del registro del portal salen sin firma: haga una clave con "
                    "«manage.py new_log_key» y ponga cada mitad donde dice docs/deploy.md."
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


def _witnessed(now: dt.datetime) -> Iterator[Finding]:
    """Without a witness that goes on signing, only whoever happens to keep a head can tell."""
    count = active_witnesses().count()
    quiet = list(quiet_witnesses(since=now - QUIET))
    if quiet:
        yield watch(
            _(
                "Hace más de %(days)s días que no refrendan lo nuevo del registro del portal: "
                "%(names)s. Pregúnteles qué pasó; al que ya no lo será, quítelo con «manage.py "
                "witness end»."
            )
            % {"days": QUIET.days, "names": ", ".join(map(str, quiet))}
        )
    elif count:
        sentence = ngettext(
            "%s testigo refrenda el registro del portal.",
            "%s testigos refrendan el registro del portal.",
            count,
        )
        yield fine(sentence % count)
    elif verifiers():
        yield watch(
            _(
                "Ningún testigo guarda las cabezas del registro del portal: proponga a alguien de "
                "fuera que lo haga, y regístrelo con «manage.py witness add»."
            )
        )


def _stamped(now: dt.datetime) -> Iterator[Finding]:
    last = HeadStamp.objects.order_by("pk").last()
    if last and now - last.stamped_at <= STAMPED:
        yield fine(_("El último sello de tiempo es de %s.") % last.authority)
        return
    said = (
        _("El último sello de tiempo del registro del portal es de hace %s")
        % timesince(last.stamped_at, now)
        if last
        else _("El registro del portal no tiene ningún sello de tiempo, y TSA_URL lo pide")
    )
    yield wrong(
        _(
            "%s: vea en la bitácora de «manage.py work» (vigia-work) por qué no llega "
            "(«The time-stamp …») y corrija TSA_URL o TSA_ROOTS."
        )
        % said
    )
