"""One's own account: invitation, signing in and out, password, second factor.

Only these of allauth's pages exist: nobody signs up, and nobody changes their own e-mail. The names
are allauth's, which looks for them.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from accounts.views import passkeys, second_factor
from accounts.views.invitation import invitation
from accounts.views.password import ChoosePassword
from accounts.views.sessions import sessions

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
        ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("clave/confirmar/", views.reauthenticate, name="account_reauthenticate"),
    path(
        "clave/lista/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("invitacion/<slug:token>/", invitation, name="invitation"),
    path("sesiones/", sessions, name="sessions"),
    path("segundo-factor/", mfa.index, name="mfa_index"),
    path("segundo-factor/ingresar/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-factor/activar/", second_factor.Activate.as_view(), name="mfa_activate_totp"),
    path("segundo-factor/quitar/", second_factor.Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("segundo-factor/equipo/", mfa.trust, name="mfa_trust"),
    path("segundo-factor/llaves/nueva/", passkeys.Add.as_view(), name="mfa_add_webauthn"),
    path(
        "segundo-factor/llaves/confirmar/",
        passkeys.Confirm.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "segundo-factor/llaves/<int:pk>/quitar/",
        passkeys.Remove.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "segundo-factor/codigos/",
        second_factor.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "segundo-factor/codigos/nuevos/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "segundo-factor/codigos/descargar/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
