"""Passkeys: a finger, a face or a small device in place of the code at sign-in."""

from typing import Any

from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


@method_decorator([never_cache, login_required], name="dispatch")
class Add(AddWebAuthnView):  # type: ignore[misc]
    """Only beside the codes of an application: what cannot be undone asks for one of those."""

    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_second_factor:  # type: ignore[union-attr]
            return redirect("mfa_activate_totp")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With KWARGS, which allauth leaves out: among them the form with its faults."""
        return {**super().get_context_data(**kwargs), **kwargs}


class Confirm(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Before what protects the account; a passkey that fails is told on the same page."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        answer: HttpResponseBase = self.render_to_response(self.get_context_data(form=form))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alternatives = self.get_reauthentication_alternatives()
        shown = {"reauthentication_alternatives": alternatives, **kwargs}
        return {**super().get_context_data(), **shown}


class Remove(RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")
