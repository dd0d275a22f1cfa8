from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class VigiaAdminConfig(AdminConfig):
    default_site = "config.admin_site.VigiaAdminSite"


class VigiaStaticFilesConfig(StaticFilesConfig):
    """Leaves out the console that the API does not use: compressing it takes half a minute."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
