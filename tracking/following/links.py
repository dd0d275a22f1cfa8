"""The links in letters: signed, because they are all that their reader shows. No row has them.

A confirming link lasts as long as what it confirms is kept. The other has no end: a letter of years
ago still lets its reader leave.
"""

import datetime as dt
from typing import Final

from django.core import signing
from django.core.signing import BadSignature
from django.urls import reverse

from tracking.models import Follow, Follower
from tracking.reading.addresses import absolute
from tracking.services.following import CONFIRMED_WITHIN

CONFIRMING: Final = "tracking.following.confirm"
THEIRS: Final = "tracking.following.theirs"
ALL_OF_IT: Final = ("municipality", "plan", "element", "unit")
"""All that says what is followed."""


class LinkGone(Exception):
    """It is forged or cut, too old, or about what nobody follows any more."""


def confirming(follow: Follow) -> str:
    token = signing.dumps(follow.pk, salt=CONFIRMING)
    return absolute(reverse("following:confirm", args=[token]))


def to_theirs(follower: Follower) -> str:
    """Where FOLLOWER changes or leaves what they follow."""
    return absolute(reverse("following:theirs", args=[_token(follower)]))


def to_leave(follower: Follower) -> str:
    """Where a mail program leaves for FOLLOWER by one POST (RFC 8058)."""
    return absolute(reverse("following:leave", args=[_token(follower)]))


def to_confirm(token: str) -> Follow:
    """What TOKEN confirms. Raises LinkGone."""
    pk = _read(token, CONFIRMING, CONFIRMED_WITHIN)
    follow = Follow.objects.filter(pk=pk).select_related("follower", *ALL_OF_IT).first()
    if follow is None:
        raise LinkGone
    return follow


def signed_for(token: str) -> int:
    """The id of whose TOKEN is, or was before they left. Raises LinkGone."""
    return _read(token, THEIRS)


def whose(token: str) -> Follower:
    """Whose TOKEN is. Raises LinkGone."""
    follower = Follower.objects.filter(pk=signed_for(token)).first()
    if follower is None:
        raise LinkGone
    return follower


def _token(follower: Follower) -> str:
    return signing.dumps(follower.pk, salt=THEIRS)


def _read(token: str, salt: str, lasts: dt.timedelta | None = None) -> int:
    try:
        return int(signing.loads(token, salt=salt, max_age=lasts))
    except (BadSignature, ValueError, TypeError) as error:
        raise LinkGone from error
