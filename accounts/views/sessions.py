"""Where one is signed in: see it, and end it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.agents import agent_name
from accounts.digests import digest_of
from accounts.models import Session, User
from accounts.services.sessions import end_session, end_sessions
from accounts.sessions import STAY


@dataclass(frozen=True)
class Stay:
    """One browser. ``name`` is for the form: the session's key opens the account."""

    key: str
    agent: str
    address: str
    since: dt.datetime
    seen: dt.datetime
    is_this: bool

    @property
    def name(self) -> str:
        return digest_of(self.key)[:20]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sessions(request: Any) -> HttpResponse:
    """One's own; a POST ends the one that it names, or all but this."""
    if request.method != "POST":
        return render(request, "accounts/sessions.html", {"stays": _stays(request)})
    if "others" in request.POST:
        end_sessions(request.user, but=request.session.session_key)
        messages.success(request, _("Se cerraron las demás sesiones."))
        return redirect("sessions")
    wanted = request.POST.get("session", "")
    stay = next((each for each in _stays(request) if each.name == wanted), None)
    if stay and stay.is_this:
        get_adapter().logout(request)
        return redirect("account_login")
    if stay and end_session(request.user, stay.key):
        messages.success(request, _("Se cerró esa sesión."))
    else:
        messages.info(request, _("Esa sesión ya había terminado."))
    return redirect("sessions")


def _stays(request: Any) -> list[Stay]:
    """This one first, then the last used."""
    person: User = request.user
    rows = Session.objects.filter(person=person, expire_date__gt=timezone.now())
    decoded = [(row.session_key, row.get_decoded().get(STAY)) for row in rows]
    stays = [
        Stay(
            key=key,
            agent=agent_name(stay["agent"]),
            address=stay["address"],
            since=dt.datetime.fromtimestamp(stay["since"], dt.UTC),
            seen=dt.datetime.fromtimestamp(stay["seen"], dt.UTC),
            is_this=key == request.session.session_key,
        )
        for key, stay in decoded
        if stay and stay["until"] > timezone.now().timestamp()
    ]
    return sorted(stays, key=lambda each: (each.is_this, each.seen), reverse=True)
