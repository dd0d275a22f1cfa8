"""The portal's settings, with an address more: the view that does nothing."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
