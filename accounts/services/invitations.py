"""Ask people in by e-mail: each invitation is accepted once, and only while it is open."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.digests import digest_of
from accounts.models import Invitation, Municipality, Unit, User
from accounts.models.invitation import VALID_FOR
from accounts.services.letters import send_letter
from accounts.services.people import add_person, find_person


class Sent(NamedTuple):
    invitation: Invitation
    mailed: bool
    """Whether the mail server took the letter; the invitation stands either way."""


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
) -> Sent:
    """Ask EMAIL to take ROLE, by a letter with a link that serves once.

    An expired invitation to the same is sent again. Raises ValidationError for a role that does
    not fit, that the person already has, or to which an open invitation already asks.
    """
    email = email.strip().lower()
    _check_person(email, role, municipality, unit)
    wanted = {"email": email, "role": role, "municipality": municipality, "unit": unit}
    already = ValidationError(_("Ya hay una invitación abierta para ese correo y rol: reenvíela."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    try:
        with transaction.atomic():
            waiting = Invitation.objects.waiting().select_for_update(of=("self",))
            found = waiting.filter(**wanted).first() or Invitation(**wanted)
            if found.pk and found.is_open(at=now):
                raise already
            found.name, found.invited_by = name, by
            _renew(found, token, now)
    except IntegrityError:
        raise already from None
    return _send(found, token)


def resend(invitation: Invitation, *, by: User) -> Sent:
    """Send it again with another link, and for another week; the former link is dead."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        found = _locked(pk=invitation.pk)
        if found.accepted_at or found.revoked_at:
            raise InvitationClosed
        _check_person(found.email, found.role, found.municipality, found.unit)
        found.invited_by = by
        _renew(found, token, timezone.now())
    return _send(found, token)


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
    found = _locked(token_digest=digest_of(token))
    now = timezone.now()
    if not found.is_open(at=now):
        raise InvitationClosed
    another = ValidationError(_("Ingrese con el correo al que llegó la invitación."))
    if find_person(found.email) != person:
        raise another
    try:
        with transaction.atomic():
            membership, __ = add_person(
                found.email,
                found.role,
                municipality=found.municipality,
                unit=found.unit,
                name=name.strip(),
                password=password,
            )
    except IntegrityError:  # two invitations of one new person, accepted at once
        raise another from None
    found.accepted_at, found.accepted_by = now, membership.user
    found.save(update_fields=["accepted_at", "accepted_by"])
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
        raise ValidationError(_("Esa persona ya tiene ese rol."))


def _locked(**wanted: object) -> Invitation:
    rows = Invitation.objects.select_related("municipality", "unit", "invited_by")
    found: Invitation = rows.select_for_update(of=("self",)).get(**wanted)
    return found


def _renew(invitation: Invitation, token: str, now: dt.datetime) -> None:
    invitation.token_digest = digest_of(token)
    invitation.expires_at = now + VALID_FOR
    invitation.sent_at = None
    invitation.full_clean()
    invitation.save()


def _send(invitation: Invitation, token: str) -> Sent:
    link = settings.SITE_URL + reverse("invitation", args=[token])
    context = {"invitation": invitation, "link": link}
    if not send_letter("invitation", invitation.email, context):
        return Sent(invitation, mailed=False)
    # Unless it was sent once more meanwhile: that letter tells of itself.
    mine = Invitation.objects.filter(pk=invitation.pk, token_digest=invitation.token_digest)
    mine.update(sent_at=timezone.now())
    return Sent(invitation, mailed=True)
