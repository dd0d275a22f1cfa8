"""Writing who follows what by e-mail, of which the public sees nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.utils import timezone

from tracking.choices import FollowKind
from tracking.following.sending import ask_who_stays, send_at_once, send_weekly
from tracking.models import Follow
from tracking.services.following import (
    ask_for_link,
    ask_to_follow,
    change_pace,
    confirm,
    forget_address,
    forget_followers,
    keep_following,
    leave,
    leave_all,
)

EMAIL: Final = "rosa@example.pe"


def asked(scene: Any) -> Follow:
    """That somebody wants to follow the scene's plan, and did not confirm it."""
    ask_to_follow(EMAIL, kind=FollowKind.PLAN, municipality=scene.puno, plan=scene.plan)
    return Follow.objects.get()


def followed(scene: Any) -> Follow:
    follow = asked(scene)
    confirm(follow)
    return Follow.objects.get()


FOLLOWING: Final[dict[str, Callable[[Any], object]]] = {
    "ask_to_follow": asked,
    "ask_for_link": lambda s: ask_for_link(EMAIL),
    "confirm": followed,
    "keep_following": lambda s: keep_following(followed(s).follower),
    "change_pace": lambda s: change_pace(followed(s), at_once=False),
    "leave": lambda s: leave(followed(s)),
    "leave_all": lambda s: leave_all(followed(s).follower_id),
    "forget_address": lambda s: forget_address(followed(s).follower.email),
    "forget_followers": lambda s: forget_followers(at=timezone.now() + dt.timedelta(days=400)),
    "send_weekly": lambda s: (
        followed(s),
        send_weekly(week=timezone.localdate() + dt.timedelta(days=1)),
    ),
    "send_at_once": lambda s: (followed(s), send_at_once()),
    "ask_who_stays": lambda s: (
        followed(s),
        ask_who_stays(at=timezone.localdate() + dt.timedelta(days=350)),
    ),
}
