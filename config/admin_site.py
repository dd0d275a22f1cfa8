"""The admin site: allauth signs people in, our own permission table says who comes in."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hidden_characters import clean_post
from accounts.permissions import can, second_factor_missing
from accounts.security import note_refusal
from accounts.sessions import keep_within
from plans.models import PlanElement


class VigiaAutocomplete(AutocompleteJsonView):
    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, Any]:
        """Say of which plan an element is: the five first plans have an "S.1" each."""
        result: dict[str, Any] = super().serialize_result(  # type: ignore[misc]
            obj, to_field_name
        )
        if isinstance(obj, PlanElement):
            result["text"] = f"{obj} ({obj.plan})"
        return result


class VigiaAdminSite(admin.AdminSite):
    site_header = _("Vigía · panel del operador")
    site_title = _("Vigía")
    index_title = _("Qué puede hacer aquí")
    site_url = "/"
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        if user.is_authenticated:
            keep_within(request.session, user)
        return can(user, "admin.enter") and not second_factor_missing(user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of it: what is typed is cleaned as it is on the officers' pages."""

        @wraps(view)
        def cleaned(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                clean_post(request)
            return view(request, *args, **kwargs)

        return super().admin_view(cleaned, cacheable)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one place that signs in; who is signed in but may not enter goes home.

        Django's own form would let a person in by password alone, past allauth's second factor.
        Whoever may enter but has none yet is sent to set it up.
        """
        user: Any = request.user
        wanted = request.GET.get("next", reverse("admin:index"))
        if not user.is_authenticated:
            return redirect_to_login(wanted, reverse("account_login"))
        if not can(user, "admin.enter"):
            note_refusal("access.refused", user.pk, permission="admin.enter")
            return redirect("tracking:home")
        if second_factor_missing(user):
            return redirect_to_login(wanted, reverse("mfa_activate_totp"))
        return redirect("admin:index")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return VigiaAutocomplete.as_view(admin_site=self)(request)
