"""The WSGI application that gunicorn serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template import engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATABASE_LIMITS"] = "page"
application = get_wsgi_application()

# Before the server divides into processes: Django would load the pages, and the tags of their
# templates, in each of them while its first readers wait.
import_module(settings.ROOT_URLCONF)
engines.all()
import_module("config.context")  # what every template knows

# After the models are there; no process inherits a connection of another.
import_module("config.demonstration").refuse_demonstration()
connections.close_all()

# All of it stays: to look for garbage in it would stop every reader of a process for 0.2 s.
gc.collect()
gc.freeze()
