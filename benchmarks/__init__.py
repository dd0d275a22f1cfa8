"""How much of the server's time each thing costs: `make bench`, never part of the tests.

A file here offers cases (`benchmarks.measure.Case`), and `__main__` lists the files.
"""

import os
import warnings

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
warnings.filterwarnings("ignore", "No directory at")  # no static files are collected
django.setup()
