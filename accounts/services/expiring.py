"""Tell people that a token of theirs is about to expire, while its system still works.

Each letter is one transaction: the token is claimed, the mail server takes the letter, and only
then is the claim committed. Two workers never send it twice, and what was not taken is tried again.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import Token
from accounts.services.letters import NotSent, Round, send_each, send_letter


def warn_of_expiry(*, at: dt.datetime, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Write of every token in use that expires within the week after AT, once for each.

    IS_OVER ends it between two letters.
    """
    tokens = Token.objects.to_warn_of(at=at).values_list("pk", flat=True)
    letters = [(f"The warning of token {pk}", partial(_warn, pk, at)) for pk in tokens]
    return send_each(letters, is_over=is_over)


@transaction.atomic
def _warn(pk: int, at: dt.datetime) -> bool:
    """Claim that token and write of it; False where another worker has, or it was revoked."""
    rows = Token.objects.to_warn_of(at=at).select_related("person", "municipality")
    token = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if token is None:
        return False
    token.warned_at = at
    token.save(update_fields=["warned_at"])
    address = reverse("office_accounts:tokens", args=[token.municipality.slug])
    headers = {
        "Message-ID": f"<clave.{pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    context = {"token": token, "link": settings.SITE_URL + address}
    if not send_letter("token_expires", token.person.email, context, headers=headers):
        raise NotSent
    return True
