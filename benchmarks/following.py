"""What a week's letters to ten thousand followers cost: seconds of CPU, and memory that stays flat.

The worst week: everything that the plans ever reported is new to all of them, so that each letter
is as long as one can be. The mail server is left out, the letter is not: it is composed to its last
byte.
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any, Final

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from benchmarks.memory import megabytes
from plans.models import Plan, PlanElement
from tracking.choices import FollowKind
from tracking.following.sending import send_weekly
from tracking.models import Follow, Follower

FOLLOWERS: Final = 10_000
MOST_SECONDS: Final = 60
MOST_GROWTH: Final = 16  # MB, from the thousandth letter to the last
WORDS: Final = ("agua", "salud", "turismo", "comedores", "desnutrición")


class Composing(BaseEmailBackend):
    """Composes each letter and drops it. ``grown``: MB of the process after each thousand."""

    letters = 0
    size = 0
    grown: list[float] = []

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for each in messages:
            Composing.size += len(each.message().as_bytes())
            Composing.letters += 1
            if Composing.letters % 1000 == 0:
                Composing.grown.append(megabytes("VmRSS"))
        return len(messages)


def exceeded() -> list[str]:
    """Print what they cost; the names of what is beyond its limit."""
    call_command("open_ledger", verbosity=0)
    _follow()
    backend = f"{Composing.__module__}.{Composing.__name__}"
    with override_settings(EMAIL_BACKEND=backend):
        started = time.process_time()
        done = send_weekly(week=timezone.localdate() + dt.timedelta(1))
        seconds = time.process_time() - started
    growth = Composing.grown[-1] - Composing.grown[0]
    print(
        f"\nCartas a {FOLLOWERS:,} seguidores: {done.sent:,} de "
        f"{Composing.size / Composing.letters / 1000:.1f} kB, {seconds:.1f} s de CPU (límite "
        f"{MOST_SECONDS}); memoria {Composing.grown[0]:.0f} MB tras mil, "
        f"{Composing.grown[-1]:.0f} MB al final (límite + {MOST_GROWTH})"
    )
    over = {
        "cartas a seguidores": seconds > MOST_SECONDS or done.sent != FOLLOWERS,
        "memoria de las cartas": growth > MOST_GROWTH,
    }
    return [name for name, is_over in over.items() if is_over]


def _follow() -> None:
    """Each follows a plan, one of its promises, and every fifth a word."""
    long_ago = timezone.localdate() - dt.timedelta(365)
    until = timezone.localdate() + dt.timedelta(365)
    people = Follower.objects.bulk_create(
        (Follower(email=f"n{n}@example.pe", kept_until=until) for n in range(FOLLOWERS)), 1000
    )
    told = {"told_number": 0, "told_on": long_ago, "confirmed_at": timezone.now()}

    def followed() -> Iterator[Follow]:
        subjects: Iterator[Any] = cycle(_promises())
        for n, (person, element) in enumerate(zip(people, subjects, strict=False)):
            plan = element.plan
            common = {"follower": person, "municipality": plan.municipality, **told}
            yield Follow(kind=FollowKind.PLAN, plan=plan, **common)
            yield Follow(kind=FollowKind.PROMISE, plan=plan, element=element, **common)
            if n % 5 == 0:
                word = WORDS[n // 5 % len(WORDS)]
                yield Follow(kind=FollowKind.WORDS, words=word, **common)

    rows = followed()
    while batch := list(islice(rows, 1000)):
        Follow.objects.bulk_create(batch)


def _promises() -> list[PlanElement]:
    """What was reported of each plan that was reported of, one plan after the other's in turn."""
    reported = Plan.objects.published().filter(reports__published_at__isnull=False).distinct()
    rows = PlanElement.objects.filter(plan__in=reported, reports__published_at__isnull=False)
    return list(rows.distinct().order_by("ref", "plan").select_related("plan__municipality"))
