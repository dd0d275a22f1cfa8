"""Accepting an invitation."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.browsers import remember
from accounts.digests import digest_of
from accounts.forms.people import AcceptForm
from accounts.hidden_characters import clean_post
from accounts.models import Invitation, User
from accounts.permissions import second_factor_missing
from accounts.services.invitations import InvitationClosed, accept
from accounts.services.people import find_person


@never_cache
def invitation(request: Any, token: str) -> HttpResponse:
    """Who invites to what; a new person says their name and password, a known one signs in."""
    if request.method == "POST":
        clean_post(request)
    rows = Invitation.objects.select_related("municipality", "unit", "invited_by")
    invitation = rows.filter(token_digest=digest_of(token)).first()
    if invitation is None:
        answer = render(request, "accounts/invitation_unknown.html", status=HTTPStatus.NOT_FOUND)
    elif invitation.accepted_by_id and invitation.accepted_by_id == request.user.pk:
        answer = _onward(request.user)  # a form sent twice
    elif not invitation.is_open(at=timezone.now()):
        answer = _closed(request)
    else:
        answer = _offer(request, invitation, token)
    # The address opens the door: no other page may learn it. (Under "no-referrer" a browser says
    # that its forms come from nowhere, and they would be refused.)
    answer["Referrer-Policy"] = "strict-origin"
    return answer


def _offer(request: Any, invitation: Invitation, token: str) -> HttpResponse:
    known = find_person(invitation.email)
    reader = request.user if request.user.is_authenticated else None
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and known == reader and (known or form.is_valid()):
        typed = {} if known else form.cleaned_data
        try:
            person = accept(
                token,
                person=reader,
                name=typed.get("name", ""),
                password=typed.get("password", ""),
            )
        except InvitationClosed:
            return _closed(request)
        except ValidationError as refused:
            form = AcceptForm(request.POST)
            form.add_error(None if known else "password", refused)
        else:
            answer = _onward(person)
            if reader is None:
                _sign_in(request, person)
                remember(request, answer, person.email)
            return answer
    page = {"invitation": invitation, "known": known, "reader": reader, "form": form}
    return render(request, "accounts/invitation.html", page)


def _closed(request: Any) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", status=HTTPStatus.GONE)


def _sign_in(request: Any, person: User) -> None:
    """They have just chosen their password: nothing asks for it again right away."""
    record_authentication(request, person, method="password")
    get_adapter().login(request, person)


def _onward(person: User) -> HttpResponse:
    start = resolve_url(settings.LOGIN_REDIRECT_URL)
    if second_factor_missing(person):
        return redirect_to_login(start, reverse("mfa_activate_totp"))
    return redirect(start)
