from django.contrib.admin.apps import AdminConfig


class VigiaAdminConfig(AdminConfig):
    default_site = "config.admin_site.VigiaAdminSite"
