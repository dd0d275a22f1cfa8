#!/usr/bin/env python3
"""Vigía's command line. Verbs that change the schema connect as the database's owner."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

OWNER_VERBS = {"migrate", "sqlmigrate", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNER_VERBS.intersection(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_ROLE", "owner")
    # And not those of the server that may have started it.
    os.environ["DATABASE_LIMITS"] = "work" if sys.argv[1:2] == ["work"] else ""
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido.")
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        # Out of reach, or out of disk: for whoever installs, a sentence says more than a traceback.
        reason = str(error).strip().splitlines()[-1].strip()
        sys.exit(
            f"La base de datos no respondió ({reason}): enciéndala con «bin/db start», "
            "o revise DATABASE_URL y el espacio en disco."
        )


if __name__ == "__main__":
    main()
