"""Give a system a token to act with for somebody, know it again, and take it back."""

import datetime as dt
import secrets
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import LetterKind, TokenScope
from accounts.digests import digest_of
from accounts.models import Municipality, Token, User
from accounts.permissions import can, kept_out, second_factor_missing
from accounts.security import note
from accounts.services.letter_queue import queue_letter

BEGINNING: Final = "vigia_"
"""Of every token, so that whoever looks for leaked secrets finds ours."""
REPORTING: Final = "report.edit"
LONGEST: Final = dt.timedelta(days=366)
MOST: Final = 20


class TokenRefused(Exception):
    """Nobody acts with it: it is unknown, was revoked, or has expired. Says which."""


def make_token(
    person: User, municipality: Municipality, name: str, scope: TokenScope, *, lasts: dt.timedelta
) -> tuple[Token, str]:
    """A token with which the system called NAME acts for PERSON, and its text, kept nowhere.

    PERSON is told by mail. Raises ValidationError where PERSON does not report in MUNICIPALITY,
    where LASTS is nothing or more than a year, and where PERSON has that name, or too many.
    """
    if not can(person, REPORTING, municipality.pk):
        raise ValidationError(_("Solo quien informa aquí puede dar una clave a un sistema."))
    if not dt.timedelta(0) < lasts <= LONGEST:
        raise ValidationError(_("Una clave dura hasta un año."))
    text = BEGINNING + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token(
        person=person,
        municipality=municipality,
        name=name.strip(),
        scope=scope,
        digest=digest_of(text),
        ending=text[-4:],
        created_at=now,
        expires_at=now + lasts,
    )
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once are counted
        if person.tokens.filter(municipality=municipality).live(at=now).count() >= MOST:
            raise ValidationError(_("Ya tiene %s claves: anule las que no use.") % MOST)
        same = person.tokens.filter(municipality=municipality, name__iexact=token.name)
        same.filter(revoked_at=None, expires_at__lte=now).update(revoked_at=now)
        token.full_clean()
        token.save(force_insert=True)
        queue_letter(LetterKind.TOKEN_MADE, person.email, token=token.pk)
        note("token.made", person.pk, token=token.pk, scope=scope, municipality=municipality.pk)
    return token, text


def revoke_token(token: Token) -> bool:
    """Take it back, at once and for good; whether it still could be."""
    waiting = Token.objects.filter(pk=token.pk, revoked_at=None)
    is_revoked = waiting.update(revoked_at=timezone.now()) == 1
    if is_revoked:
        note("token.revoked", token.person_id, token=token.pk)
    return is_revoked


def revoke_tokens(person: User, municipality_id: int | None = None) -> int:
    """Take back all that PERSON gave, in that municipality or everywhere; how many."""
    rows = person.tokens.filter(revoked_at=None)
    if municipality_id is not None:
        rows = rows.filter(municipality=municipality_id)
    revoked = rows.update(revoked_at=timezone.now())
    if revoked:
        note("tokens.revoked", person.pk, count=revoked)
    return revoked


def token_of(text: str) -> Token:
    """The token of TEXT, with its person and municipality. TokenRefused where it is none today."""
    rows = Token.objects.select_related("person", "municipality")
    token: Token | None = rows.filter(digest=digest_of(text)).first()
    if token is None:
        raise TokenRefused(_("Esa clave no existe: cópiela entera, como se mostró al crearla."))
    if token.revoked_at:
        raise TokenRefused(_("Esa clave se anuló: cree otra."))
    if not token.is_live(at=timezone.now()):
        raise TokenRefused(_("Esa clave venció: cree otra."))
    return token


def admit(token: Token, scope: TokenScope) -> None:
    """Let SCOPE be done with TOKEN, and note the day. PermissionDenied says why not.

    Its person is asked for the same as at the officers' door: the role, and the second factor.
    """
    if kept_out(token.person) or not can(token.person, REPORTING, token.municipality_id):
        raise PermissionDenied(_("Quien creó esta clave ya no informa en esa municipalidad."))
    if second_factor_missing(token.person):
        raise PermissionDenied(_("Quien creó esta clave debe activar otra vez su segundo factor."))
    if not token.lets(scope):
        raise PermissionDenied(_("Esta clave no lo permite: cree otra que pueda más."))
    note("token.used", token.person_id, token=token.pk, scope=scope)
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
