"""What each letter of the queue says: written when it leaves, of what is true by then."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.choices import LetterKind
from accounts.digests import digest_of
from accounts.models import Invitation, Letter, SecondFactorRemoval, Token, User
from accounts.permissions import kept_out
from accounts.services.people import find_person


@dataclass(frozen=True)
class Written:
    """``emails/NAME.txt`` with its CONTEXT, to an address; ACCOUNT is whose it is, if anybody's."""

    name: str
    to: str
    context: dict[str, Any]
    account: int | None


Writer = Callable[[Letter, dt.datetime], Written | None]


def _invitation(letter: Letter, at: dt.datetime) -> Written | None:
    """Its link is made now, so that no row ever has it. Asked for twice at once, it leaves once."""
    rows = Invitation.objects.select_related("municipality", "unit", "invited_by")
    invitation = rows.select_for_update(of=("self",)).get(pk=letter.about["invitation"])
    if invitation.sent_at or not invitation.is_open(at=at):
        return None
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.sent_at = digest_of(token), at
    invitation.save(update_fields=["token_digest", "sent_at"])
    link = settings.SITE_URL + reverse("invitation", args=[token])
    context = {"invitation": invitation, "link": link}
    return Written("invitation", invitation.email, context, None)


def _password(letter: Letter, at: dt.datetime) -> Written | None:
    person = _whose(letter)
    if person is None:
        return None
    key = default_token_generator.make_token(person)
    address = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": quote(key)},
    )
    return _to(person, "password", link=settings.SITE_URL + address)


def _attempts(letter: Letter, at: dt.datetime) -> Written | None:
    person = _whose(letter)
    if person is None:
        return None
    reset = settings.SITE_URL + reverse("account_reset_password")
    return _to(person, "attempts", at=letter.queued_at, reset=reset, **letter.about)


def _second_factor_removed(letter: Letter, at: dt.datetime) -> Written | None:
    rows = SecondFactorRemoval.objects.select_related("person", "removed_by")
    removal = rows.get(pk=letter.about["removal"])
    return _to(removal.person, "second_factor_removed", removal=removal)


def _token_made(letter: Letter, at: dt.datetime) -> Written | None:
    rows = Token.objects.select_related("person", "municipality")
    token = rows.get(pk=letter.about["token"])
    return _to(token.person, "token_made", token=token)


def _damaged(letter: Letter, at: dt.datetime) -> Written | None:
    person = _whose(letter)
    return _to(person, "damaged", **letter.about) if person else None


WRITERS: Final[dict[LetterKind, Writer]] = {
    LetterKind.INVITATION: _invitation,
    LetterKind.PASSWORD: _password,
    LetterKind.SECOND_FACTOR_REMOVED: _second_factor_removed,
    LetterKind.TOKEN_MADE: _token_made,
    LetterKind.ATTEMPTS: _attempts,
    LetterKind.DAMAGED: _damaged,
}


def _whose(letter: Letter) -> User | None:
    """Who has the address that somebody typed; nobody who may not come in is written to."""
    person = find_person(letter.to)
    return person if person and person.is_active and not kept_out(person) else None


def _to(person: User, name: str, **context: Any) -> Written:
    return Written(name, person.email, context, person.pk)
