"""The admin site: allauth signs people in, our own permission table says who comes in."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can


class VigiaAdminSite(admin.AdminSite):
    site_header = _("Vigía · administración")
    site_title = _("Vigía")
    index_title = _("Qué puede hacer aquí")
    site_url = "/"
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, "admin.enter")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one place that signs in; who is signed in but may not enter goes home.

        Django's own form would let a person in by password alone, past allauth's second factor.
        """
        if request.user.is_authenticated:
            return redirect("admin:index" if self.has_permission(request) else "tracking:home")
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("account_login")
        )
