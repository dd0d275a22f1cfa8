"""The letter that tells a follower what changed, in text and in HTML."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from accounts.services.letters import Letter, headers_of, written
from tracking.following import links
from tracking.following.sections import Section, moment_of
from tracking.models import Follow, Follower, LogHead
from tracking.reading.addresses import of_proofs

ONE_CLICK: Final = "List-Unsubscribe=One-Click"


def letter_of(
    follower: Follower,
    follows: Sequence[Follow],
    sections: Mapping[int, Section],
    log: LogHead | None,
    mailer: Any,
) -> Letter:
    """What SECTIONS, by the ids of some of FOLLOWS, say; to leave by MAILER. No query.

    With the head of the portal's LOG, where it has one: whoever keeps the letter holds it.

    Its headers let a mail program leave by one click (RFC 8058); whoever signs letters signs them
    too. It is known by from where on it tells: sent again, it is the same.
    """
    told = [each for each in follows if each.pk in sections]
    first = moment_of(told[0])
    context = {
        "sections": [sections[each.pk] for each in told],
        "is_simulated": any(each.is_simulated for each in sections.values()),
        "has_at_once": any(each.at_once for each in told),
        "link": links.to_theirs(follower),
        "log": log,
        "proofs": of_proofs(),
    }
    headers = headers_of(f"seguir.{told[0].pk}.{first.on}.{first.number}") | {
        "List-ID": f"Vigia <seguir.{urlsplit(settings.SITE_URL).hostname}>",
        "List-Unsubscribe": f"<{links.to_leave(follower)}>",
        "List-Unsubscribe-Post": ONE_CLICK,
    }
    letter = written("followed", follower.email, context, headers=headers)
    letter.connection = mailer
    letter.attach_alternative(render_to_string("emails/followed.html", context), "text/html")
    return letter
