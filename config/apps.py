from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _


class InstallationConfig(AppConfig):
    """Brings the command that looks at the installation as a whole."""

    name = "config"
    verbose_name = _("Instalación")

    def ready(self) -> None:
        """Hear what a mail service tells, where one takes the letters."""
        if settings.MAIL_SERVICE:
            from config import mail_events  # noqa: PLC0415  # models are there from now on

            mail_events.listen()


class VigiaAdminConfig(AdminConfig):
    default_site = "config.admin_site.VigiaAdminSite"


class VigiaStaticFilesConfig(StaticFilesConfig):
    """Leaves out the console that the API does not use: compressing it takes half a minute."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
