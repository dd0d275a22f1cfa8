"""The admin of municipalities and people."""

# All register admins of their own when they are imported; later would be too late to remove them.
import allauth.account.admin
import allauth.mfa.admin
import django.contrib.auth.admin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import municipalities, people

__all__ = ["allauth", "django", "municipalities", "people"]

# They ask Django's permissions, which nobody here has: whoever came in would find an error.
admin.site.unregister((Group, EmailAddress, Authenticator))
