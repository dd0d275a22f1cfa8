"""The portal's settings, for tests: as the database's owner, because tests truncate tables."""

import os

os.environ.setdefault("DATABASE_ROLE", "owner")
os.environ.setdefault("SITE_URL", "http://localhost:8000")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What a demonstration collected beside the code is not tried: each client would read it through.
STATIC_ROOT = "/no-static-files"
