"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from config import mail_events
from config.doctor.views import installation
from config.seen.ready import readyz
from tracking import errors

urlpatterns = [
    path("", include("tracking.urls")),  # first: a stored page costs little more than to be found
    path("admin/", admin.site.urls),
    path("cuenta/", include("accounts.urls")),
    path("gestion/", include("accounts.office_urls")),
    path("gestion/instalacion/", installation, name="installation"),
    path("gestion/plan/", include("plans.office_urls")),
    path("gestion/", include("tracking.office.urls")),
    path("api/v1/", include("config.api")),
    path("readyz", readyz, name="readyz"),
    path("seguir/", include("tracking.following.urls")),
    *mail_events.addresses(),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
