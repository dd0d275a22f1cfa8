"""The page of the portal's log: how anybody knows that no history was made anew, and its keys."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.models import Cosignature, HeadConflict, Witness
from tracking.public.decorators import read_only
from tracking.public.views.log import fresh, said_in_json
from tracking.public.views.stamps import stamps
from tracking.reading.addresses import absolute
from tracking.transparency.heads import newest_head
from tracking.transparency.witnesses import active_witnesses

MOST_CONFLICTS: Final = 20
MOST_STAMPS: Final = 12
"""Those of a quarter, on the page; programs are told of all."""


class Kept(NamedTuple):
    """A witness, and the last head that it cosigned, if any."""

    witness: Witness
    last: Cosignature | None

    @property
    def age(self) -> str:
        """How long ago it signed: "hace 3 días"."""
        return days_ago(self.last.signed_at) if self.last else ""


@read_only
def log(request: HttpRequest) -> HttpResponse:
    """The head, who else keeps it, and what contradicts it. Five queries, and none of leaves."""
    head = newest_head()
    kept = _kept()
    answer = render(
        request,
        "tracking/log.html",
        {
            "head": head,
            "keys": settings.LOG_PUBLIC_KEYS,
            "former_keys": settings.LOG_FORMER_KEYS,
            "kept": kept,
            "cosigned": [each for each in kept if each.last],
            "conflicts": HeadConflict.objects.order_by("-pk")[:MOST_CONFLICTS],
            "stamps": stamps()[:MOST_STAMPS],
            "operator": settings.OPERATOR,
            "site": settings.SITE_URL,
            "permanent_link": absolute(reverse("tracking:log")),
        },
    )
    return fresh(answer)


@read_only
def log_keys(request: HttpRequest) -> HttpResponse:
    """What programs have to know to verify the log, who cosigns it, who stamped it. Two queries."""
    return fresh(said_in_json(log_keys_said()))


def log_keys_said() -> dict[str, Any]:
    """The log's name, its keys, witnesses and stamps, as JSON has them. Two queries."""
    return {
        "origin": settings.LOG_ORIGIN,
        "keys": settings.LOG_PUBLIC_KEYS,
        "former_keys": settings.LOG_FORMER_KEYS,
        "witnesses": [{"name": each.name, "key": each.key} for each in active_witnesses()],
        "stamps": [
            {
                "week": each.week,
                "size": each.head.size,
                "at": each.stamped_at.isoformat(),
                "authority": each.authority,
            }
            for each in stamps()
        ],
    }


def days_ago(at: dt.datetime) -> str:
    """How many days ago AT was, by the calendar."""
    days = (timezone.localdate() - timezone.localdate(at)).days
    if days <= 0:
        return _("hoy")
    return ngettext("hace %s día", "hace %s días", days) % days


def _kept() -> list[Kept]:
    """Each active witness, who cosigned last first. Two queries."""
    newest = Cosignature.objects.order_by("witness_id", "-signed_at", "-size").distinct(
        "witness_id"
    )
    last = {each.witness_id: each for each in newest}
    kept = [Kept(witness, last.get(witness.pk)) for witness in active_witnesses()]
    return sorted(kept, key=lambda each: each.last.signed_at.timestamp() if each.last else 0)[::-1]
