"""Ask people in by e-mail: each invitation is accepted once, and only while it is open."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import LetterKind
from accounts.digests import digest_of
from accounts.models import Invitation, Municipality, Unit, User
from accounts.models.invitation import VALID_FOR
from accounts.security import note
from accounts.services.letter_queue import queue_letter
from accounts.services.people import add_person, find_person

ALREADY = "already"
"""The code of a ValidationError that says that what was asked for is there."""


class InvitationClosed(Exception):
    """It was accepted, revoked, has expired, or its unit is no more."""


def invite(
    email: str,
    role: str,
    *,
    by: User,
    municipality: Municipality | None = None,
    unit: Unit | None = None,
    name: str = "",
) -> Invitation:
    """Ask EMAIL to take ROLE, by a letter with a link that serves once, which the worker sends.

    An expired invitation to the same is sent again, and one that BY made and whose letter has not
    left yet is that one. Raises ValidationError for a role that does not fit, that the person
    already has, or to which an open invitation already asks.
    """
    email = email.strip().lower()
    _check_person(email, role, municipality, unit)
    wanted = {"email": email, "role": role, "municipality": municipality, "unit": unit}
    already = ValidationError(
        _("Ya hay una invitación abierta para ese correo y rol: reenvíela."), code=ALREADY
    )
    now = timezone.now()
    try:
        with transaction.atomic():
            waiting = Invitation.objects.waiting().select_for_update(of=("self",))
            invitation = waiting.filter(**wanted).first() or Invitation(**wanted)
            if invitation.pk and invitation.is_open(at=now):
                if invitation.invited_by == by and not invitation.sent_at:
                    return invitation  # a form that was sent twice
                raise already
            invitation.name, invitation.invited_by = name, by
            _renew(invitation, now)
            note("invitation.made", by.pk, invitation=invitation.pk)
    except IntegrityError:
        raise already from None
    return invitation


def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send it again with another link, and for another week; the former link is dead.

    InvitationClosed once it was accepted or revoked; ValidationError where nobody can take it now.
    """
    with transaction.atomic():
        stored = _locked(pk=invitation.pk)
        if stored.accepted_at or stored.revoked_at:
            raise InvitationClosed
        _check_person(stored.email, stored.role, stored.municipality, stored.unit)
        stored.invited_by = by
        _renew(stored, timezone.now())
    return stored


def revoke(invitation: Invitation) -> bool:
    """Take it back; whether it still could be."""
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    return waiting.update(revoked_at=timezone.now()) == 1


@transaction.atomic
def accept(token: str, *, person: User | None = None, name: str = "", password: str = "") -> User:
    """Give the role to whoever holds TOKEN: PERSON, or a new one with NAME and PASSWORD.

    Raises Invitation.DoesNotExist for an unknown token, InvitationClosed for one that no longer
    serves, ValidationError for a poor password or for a PERSON whom the invitation does not name.
    """
    invitation = _locked(token_digest=digest_of(token))
    now = timezone.now()
    if not invitation.is_open(at=now):
        raise InvitationClosed
    another = ValidationError(_("Ingrese con el correo al que llegó la invitación."))
    if find_person(invitation.email) != person:
        raise another
    try:
        with transaction.atomic():
            membership, __ = add_person(
                invitation.email,
                invitation.role,
                municipality=invitation.municipality,
                unit=invitation.unit,
                name=name.strip(),
                password=password,
            )
    except IntegrityError:  # two invitations of one new person, accepted at once
        raise another from None
    invitation.accepted_at, invitation.accepted_by = now, membership.user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    note("invitation.accepted", invitation.accepted_by_id, invitation=invitation.pk)
    return membership.user


def _check_person(
    email: str, role: str, municipality: Municipality | None, unit: Unit | None
) -> None:
    if unit and unit.closed_on:
        raise ValidationError(_("La unidad %s ya no existe: elija otra.") % unit)
    person = find_person(email)
    if person is None:
        return
    if not person.is_active:
        raise ValidationError(
            _("%s está desactivada. Pida a quien opera el portal que la active.") % email
        )
    held = {"role": role, "municipality": municipality, "unit": unit}
    if person.memberships.filter(**held, ended_on=None).exists():
        raise ValidationError(_("Esa persona ya tiene ese rol."), code=ALREADY)


def _locked(**wanted: object) -> Invitation:
    rows = Invitation.objects.select_related("municipality", "unit", "invited_by")
    invitation: Invitation = rows.select_for_update(of=("self",)).get(**wanted)
    return invitation


def _renew(invitation: Invitation, now: dt.datetime) -> None:
    """Open it for a week. No link opens it before its letter, which is written as it leaves."""
    invitation.token_digest = digest_of(secrets.token_urlsafe(32))
    invitation.expires_at = now + VALID_FOR
    invitation.sent_at = None
    invitation.full_clean()
    invitation.save()
    queue_letter(LetterKind.INVITATION, invitation.email, invitation=invitation.pk)
