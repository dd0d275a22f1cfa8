#!/usr/bin/env python3
"""Vigía's command line. Verbs that change the schema connect as the database's owner."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER_VERBS = {"migrate", "sqlmigrate", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNER_VERBS.intersection(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_ROLE", "owner")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
