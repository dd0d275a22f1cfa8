"""A browser in which somebody is signed in, or types what is kept for them."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class Session(AbstractBaseSession):
    """Django's, with whose it is, so that a person's are found without reading everybody's."""

    person = models.ForeignKey(User, models.CASCADE, related_name="sessions", null=True)

    class Meta:
        verbose_name = _("sesión")
        verbose_name_plural = _("sesiones")

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore
