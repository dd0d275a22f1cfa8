"""Tell people that a token of theirs is about to expire, while its system still works.

As with reminders, the mail server takes the letter first and then it is noted: what was refused is
tried again, and only a death in between sends the same message twice. Meanwhile the token's row is
free: its system goes on writing, and whoever revokes it waits for nobody.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Token
from accounts.services.letters import Round, send_each, send_unasked


def warn_of_expiry(*, at: dt.datetime, is_over: Callable[[], bool] = lambda: False) -> Round:
    """Write of every token in use that expires within the week after AT, once for each.

    IS_OVER ends it between two letters.
    """
    tokens = Token.objects.to_warn_of(at=at).values_list("pk", flat=True)
    letters = [(f"The warning of token {pk}", partial(_warn, pk, at)) for pk in tokens]
    return send_each(letters, is_over=is_over)


@transaction.atomic
def _warn(pk: int, at: dt.datetime) -> bool:
    """Write of that token; False where another worker does or did, or it was revoked."""
    if not _claimed(pk):
        return False
    rows = Token.objects.to_warn_of(at=at).select_related("person", "municipality")
    token = rows.filter(pk=pk).first()
    if token is None:
        return False
    address = reverse("office_accounts:tokens", args=[token.municipality.slug])
    context = {"token": token, "link": settings.SITE_URL + address}
    send_unasked("token_expires", token.person.email, context, message=f"clave.{pk}")
    Token.objects.filter(pk=pk).update(warned_at=at)
    return True


def _claimed(pk: int) -> bool:
    """Whether no other worker writes of that token; none does until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('token_expires'), %s)", [pk])
        return bool(cursor.fetchone()[0])
