"""A citizen who follows something, and what comes to her."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from plans.models import PlanElement
from tests.letters import letters
from tracking.choices import FollowKind
from tracking.following.sending import send_weekly
from tracking.models import Follow, Follower
from tracking.services.following import ask_to_follow, confirm

ADDRESS = "rosa@example.pe"
LINK = re.compile(r"http://localhost:8000(/seguir/\S+)")


def link_in(letter: Any) -> str:
    """The path that the last link of ours in LETTER leads to."""
    return str(LINK.findall(letter.body)[-1])


@dataclass
class Rosa:
    """She follows ELEMENT, or what else is said, and has confirmed it."""

    element: PlanElement
    email: str = ADDRESS

    def follows(self, kind: FollowKind, *, at_once: bool = False, **columns: Any) -> Follow:
        plan = self.element.plan
        subject: dict[str, Any] = {
            "municipality": plan.municipality,
            "plan": plan if kind in {FollowKind.PLAN, FollowKind.PROMISE} else None,
            "element": self.element if kind == FollowKind.PROMISE else None,
            "unit": None,
            "words": "",
            **columns,
        }
        ask_to_follow(self.email, at_once=at_once, kind=kind, **subject)
        follow = Follow.objects.get(kind=kind, follower__email=self.email, **columns)
        confirm(follow)
        follow.refresh_from_db()
        mail.outbox.clear()
        letters()
        mail.outbox.clear()
        return follow

    def told(self) -> list[Any]:
        """The letters of next week, which begins tomorrow."""
        mail.outbox.clear()
        send_weekly(week=timezone.localdate() + dt.timedelta(1))
        return mail.outbox


def is_known(email: str = ADDRESS) -> bool:
    return Follower.objects.filter(email=email).exists()


def visit(address: str, data: dict[str, str] | None = None) -> Any:
    """What a browser without any session is answered at ADDRESS; with DATA, to a form it sends."""
    client = Client()
    return client.get(address) if data is None else client.post(address, data)
