"""Add what sustains a report, take it away again, and withhold what should not be public.

The bytes of a file reach the storage before its row is committed, so that no row is ever without
them. Whoever adds or removes the bytes of a digest holds the lock of that digest until they have
committed: nothing is deleted that somebody is adding.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Municipality, Token, User
from accounts.security import note
from tracking.files.kept import KEEPING, hold_bytes, is_whole, keep
from tracking.files.uploads import Received
from tracking.ledger.kinds import WITHHOLDINGS
from tracking.ledger.writing import enter
from tracking.models import ProgressReport, Support, Withholding
from tracking.models.kept_file import KeptFile
from tracking.services.drafts import store
from tracking.services.previews import await_previews, drop_preview

SAID_OF_IT: Final = ("title", "taken_on", "place")
KEPT_OF_IT: Final = ("url", "file_name", "media_type", "size", "sha256", "keeps_position")
"""The columns of a support that are its own, in whatever report it is."""


@dataclass(frozen=True)
class About:
    """What a person says of a support."""

    title: str
    taken_on: date
    place: str = ""


@transaction.atomic
def add_file(
    report: ProgressReport,
    received: Received,
    about: About,
    *,
    by: User,
    token: Token | None = None,
) -> Support:
    """Add a file to REPORT, which must be open. ValidationError if it is already there.

    TOKEN, here and below, is that of the system that does it for BY, if one does.
    """
    support = Support(**as_received(received))
    stored = _to_write_in(report, by, token)
    _refuse_what_was_seen(stored, support.sha256)
    store_bytes(support, received)
    return _added(support, stored, about, by)


def as_received(received: Received) -> dict[str, Any]:
    """The columns of what is kept of RECEIVED."""
    return {
        "file_name": received.name,
        "media_type": received.kind.media_type,
        "size": received.size,
        "sha256": received.sha256,
        "keeps_position": received.keeps_position,
    }


def store_bytes(kept: KeptFile, received: Received) -> None:
    """Store the bytes of KEPT, whose row is added before the transaction ends.

    FilesAway where they cannot be stored: no row is ever without them.
    """
    hold_bytes(kept.sha256)
    if not is_whole(kept.storage_name, kept.sha256):  # what was damaged is put right
        keep(kept.storage_name, received.content)
    await_previews([kept])


@transaction.atomic
def add_link(
    report: ProgressReport, url: str, about: About, *, by: User, token: Token | None = None
) -> Support:
    """Add the address of a document that is public elsewhere; nobody asks for it from here."""
    support = Support(url=url, sha256=hashlib.sha256(url.encode()).hexdigest())
    stored = _to_write_in(report, by, token)
    _refuse_what_was_seen(stored, support.sha256)
    return _added(support, stored, about, by)


@transaction.atomic
def sustain_again(report: ProgressReport, kept: Iterable[KeptFile], *, by: User) -> list[Support]:
    """Sustain REPORT, which must be open, with what is KEPT already: nothing is stored again.

    What the report has is passed over. ValidationError, and none is added, where one was withheld,
    or its bytes are gone or damaged.
    """
    stored = _to_write_in(report, by, None)
    there = set(stored.supports.values_list("sha256", flat=True))
    wanted = {each.sha256: each for each in kept if each.sha256 not in there}
    for sha256 in sorted(wanted):  # in one order, so that two never wait for each other
        _refuse_what_was_seen(stored, sha256)
        source = wanted[sha256]
        if not source.is_link:
            hold_bytes(sha256)
            if not is_whole(source.storage_name, sha256):
                sentence = _("«%s» ya no está completo en el portal: súbalo otra vez.")
                raise ValidationError(sentence % source.title)
    rows = [
        Support(
            report=stored,
            added_by=by,
            **{name: getattr(each, name) for name in (*SAID_OF_IT, *KEPT_OF_IT)},
        )
        for each in wanted.values()
    ]
    await_previews(rows)
    return Support.objects.bulk_create(rows)


@transaction.atomic
def describe_support(support: Support, about: About, *, by: User) -> Support:
    """Say otherwise what SUPPORT is. What it proves stays.

    ValidationError where its report is not open, or has it no longer.
    """
    report = _to_write_in(support.report, by, None)
    stored: Support | None = report.supports.filter(pk=support.pk).first()
    if stored is None:
        raise ValidationError(_("Ese sustento ya no está en el informe."))
    stored.title, stored.taken_on, stored.place = about.title, about.taken_on, about.place
    stored.save(update_fields=SAID_OF_IT)
    return stored


@transaction.atomic
def remove_support(support: Support, *, by: User, token: Token | None = None) -> None:
    """Take SUPPORT from its report; its bytes go unless others have them.

    ValidationError where the report is not open, or has it no longer.
    """
    report = _to_write_in(support.report, by, token)
    removed, _rows = Support.objects.filter(pk=support.pk, report=report).delete()
    if not removed:
        raise ValidationError(_("Ese sustento ya no está en el informe."))
    if not support.is_link:
        transaction.on_commit(partial(drop_unused_bytes, support), robust=True)


@transaction.atomic
def withhold(support: Support, reason: str, *, by: User) -> Withholding:
    """Stop serving SUPPORT, of a published report, in every revision that has it.

    A tombstone with REASON and its digest stays public in its place. ValidationError without a
    reason, before it is public, and once it was withheld.
    """
    if not support.report.is_published:
        raise ValidationError(_("Ese sustento todavía no es público: quítelo de su informe."))
    if not reason.strip():
        raise ValidationError(_("Diga por qué se retira: es público."))
    municipality_id = support.report.municipality_id
    row = Withholding(
        municipality_id=municipality_id, sha256=support.sha256, reason=reason.strip(), by=by
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(_("Ese sustento ya se retiró.")) from error
    Municipality.objects.filter(pk=municipality_id).let_pages_know()
    enter(WITHHOLDINGS, [row])
    note("support.withheld", by.pk, municipality=municipality_id, support=support.pk)
    return row


def _to_write_in(report: ProgressReport, by: User, token: Token | None) -> ProgressReport:
    """REPORT, locked. ValidationError unless it is open; that BY wrote in it is noted."""
    stored: ProgressReport = ProgressReport.objects.select_for_update().get(pk=report.pk)
    if not stored.is_open:
        raise ValidationError(
            _("Este informe ya se envió: recupérelo, si todavía no lo revisan, para cambiarlo.")
        )
    store(stored, by=by, token=token)
    return stored


def _refuse_what_was_seen(report: ProgressReport, sha256: str) -> None:
    """What this report already has, and what this municipality withdrew."""
    same = report.supports.filter(sha256=sha256).first()
    if same:
        raise ValidationError(_("Ya está en este informe: «%s».") % same.title)
    refuse_what_was_withheld(report.municipality_id, sha256)


def refuse_what_was_withheld(municipality_id: int, sha256: str) -> None:
    """ValidationError for what that municipality withdrew."""
    withheld = Withholding.objects.filter(municipality=municipality_id, sha256=sha256)
    if withheld.exists():
        raise ValidationError(
            _("Ese sustento se retiró por los datos que lleva: prepare otro sin ellos.")
        )


def _added(support: Support, report: ProgressReport, about: About, by: User) -> Support:
    support.report, support.added_by = report, by
    support.title, support.taken_on, support.place = about.title, about.taken_on, about.place
    support.save(force_insert=True)
    return support


@transaction.atomic
def drop_unused_bytes(support: KeptFile) -> None:
    """Delete the bytes of SUPPORT, whose row is gone, unless another report or note has them."""
    hold_bytes(support.sha256)
    is_used = [model.objects.filter(sha256=support.sha256).exists() for model in KEEPING]
    if not any(is_used):
        default_storage.delete(support.storage_name)
        drop_preview(support.sha256)
