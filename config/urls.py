"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("cuenta/", include("accounts.urls")),
    path("gestion/", include("accounts.office_urls")),
    path("gestion/plan/", include("plans.office_urls")),
    path("gestion/", include("tracking.office.urls")),
    path("api/v1/", include("config.api")),
    path("", include("tracking.urls")),
]

handler400 = "tracking.errors.bad_request"
handler403 = "tracking.errors.forbidden"
handler404 = "tracking.errors.not_found"
handler500 = "tracking.errors.server_error"
