"""Write who follows what by e-mail.

Nothing of it is public. What a stranger asks for an address does nothing until it is confirmed from
there; whoever leaves is deleted, not marked.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.choices import LetterKind
from accounts.models import Municipality
from accounts.services.letter_queue import queue_letter
from tracking.models import Follow, Follower, LedgerEntry

CONFIRMED_WITHIN: Final = dt.timedelta(days=3)
KEPT_FOR: Final = dt.timedelta(days=365)
"""After the last sign that somebody still wants letters."""
ANSWERED_WITHIN: Final = dt.timedelta(days=30)
"""They are asked so long before that day comes."""
MOST: Final = 50
"""What one address can follow: a letter stays one that is read."""


class FollowsTooMuch(Exception):
    """MOST things are followed already."""


def ask_to_follow(email: str, *, at_once: bool = False, **subject: Any) -> None:
    """Write to EMAIL what confirms that it follows SUBJECT: the columns of `Follow` that say it.

    Followed already or not, the same is done here: which of two letters it is, the worker sees.
    """
    with transaction.atomic():
        follower, _made = Follower.objects.get_or_create(email=email.lower())
        follow, _made = Follow.objects.get_or_create(
            follower=follower,
            **subject,
            defaults={"at_once": at_once},
        )
        if follow.confirmed_at is None:
            follow.at_once, follow.asked_at = at_once, timezone.now()
            follow.save(update_fields=["at_once", "asked_at"])
        queue_letter(LetterKind.FOLLOW, follower.email, follow=follow.pk)


def ask_for_link(email: str) -> None:
    """Write to EMAIL what leads to all that it follows, should it follow anything."""
    queue_letter(LetterKind.FOLLOW, email.lower())


@transaction.atomic
def confirm(follow: Follow) -> None:
    """Let FOLLOW begin: told of is what is published from now on. Raises FollowsTooMuch."""
    follower = Follower.objects.select_for_update().get(pk=follow.follower_id)
    if Follow.objects.confirmed().filter(follower=follower).exclude(pk=follow.pk).count() >= MOST:
        raise FollowsTooMuch
    Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(
        confirmed_at=timezone.now(),
        told_number=heads_of([follow.municipality_id])[follow.municipality_id],
        told_on=timezone.localdate(),
    )
    _keep(follower)


@transaction.atomic
def keep_following(follower: Follower) -> None:
    """Take it for a sign that FOLLOWER wants letters for a further year."""
    _keep(follower)


@transaction.atomic
def change_pace(follow: Follow, *, at_once: bool) -> None:
    """Tell FOLLOW, of one promise, as it happens or once a week."""
    Follow.objects.filter(pk=follow.pk).update(at_once=at_once)
    _keep(follow.follower)


@transaction.atomic
def leave(follow: Follow) -> None:
    """Forget FOLLOW, and with the last one the address."""
    Follow.objects.filter(pk=follow.pk).delete()
    Follower.objects.filter(pk=follow.follower_id, follows=None).delete()


def leave_all(follower: int) -> None:
    """Forget the address that has that id, if any has, and all that it follows."""
    Follower.objects.filter(pk=follower).delete()


def forget_address(email: str) -> int:
    """Forget EMAIL, to which no letter comes, or from which letters are refused; how many."""
    _rows, by_kind = Follower.objects.filter(email__iexact=email).delete()
    return by_kind.get(Follower._meta.label, 0)


def forget_followers(*, at: dt.datetime) -> int:
    """Forget what nobody confirmed in time, and who gave no sign in a year; how many addresses."""
    Follow.objects.filter(confirmed_at=None, asked_at__lt=at - CONFIRMED_WITHIN).delete()
    silent = Follower.objects.filter(kept_until__lt=timezone.localdate(at))
    _rows, of_silent = silent.delete()
    _rows, of_none = Follower.objects.filter(follows=None).delete()
    name = Follower._meta.label
    return of_silent.get(name, 0) + of_none.get(name, 0)


def heads_of(places: Collection[int]) -> dict[int, int]:
    """How many entries the ledger of each of PLACES (ids) has, by its id."""
    entries = LedgerEntry.objects.filter(municipality=OuterRef("pk")).order_by("-number")
    head = Coalesce(Subquery(entries.values("number")[:1]), 0)
    return dict(Municipality.objects.filter(pk__in=places).values_list("pk", head))


def _keep(follower: Follower) -> None:
    Follower.objects.filter(pk=follower.pk).update(
        kept_until=timezone.localdate() + KEPT_FOR, asked_on=None
    )
