"""Signing in and out, and one's own password: only these of allauth's pages exist.

Nobody signs up, and nobody changes their own e-mail: those views have no address at all. The
names are allauth's, which looks for them.
"""

from allauth.account import views
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(url=reverse_lazy("account_login"))),
    path("ingresar/", views.login, name="account_login"),
    path("salir/", views.logout, name="account_logout"),
    path("inactiva/", views.account_inactive, name="account_inactive"),
    path("clave/cambiar/", views.password_change, name="account_change_password"),
    path("clave/olvido/", views.password_reset, name="account_reset_password"),
    path("clave/enviada/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "clave/lista/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
