"""Let the portal's own commands look at what was restored: run by the portal's Python, once."""

import io
import json
import os
import sys
from typing import Final

COMMANDS: Final = ("verify_ledger", "rebuild_standings --check")


def look(command: str) -> tuple[str, bool, str]:
    """COMMAND, whether it found all right, and what it said: its first line, or its last faults."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415

    said, faults = io.StringIO(), io.StringIO()
    try:
        call_command(*command.split(), stdout=said, stderr=faults)
    except CommandError as error:
        return command, False, " ".join([*faults.getvalue().splitlines()[-4:], str(error)])
    except Exception as error:
        words = str(error).splitlines() or [type(error).__name__]
        return command, False, f"{words[0]} (¿son estas tablas las de este código? vigia migrate)"
    return command, True, said.getvalue().strip().splitlines()[0]


def hold(head: str) -> tuple[str, bool, str]:
    """Whether the log that was restored goes on from HEAD, as "SIZE:ROOT", that others hold too.

    That it ends before is no fault of what was restored, but whoever keeps the portal has to know.
    """
    from tracking.transparency.held import Held, held  # noqa: PLC0415

    size, _, root = head.partition(":")
    shown = f"{int(size):,} asientos, código {root[:12]}…"
    said = {
        Held.KEPT: f"sigue desde la cabeza que se anotó ({shown}).",
        Held.SHORT: (
            f"es más corto que la última cabeza que se anotó ({shown}). Quien la guarde verá que "
            "ya no sigue desde ella: haga lo que dice docs/backups.md antes de abrir el portal."
        ),
        Held.OTHER: f"NO es el de la cabeza que se anotó ({shown}): alguien lo rehízo.",
    }
    how = held(int(size), root)
    return "Registro del portal", how is not Held.OTHER, said[how]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    looks = [look(command) for command in COMMANDS]
    print(json.dumps([*looks, *(hold(head) for head in sys.argv[1:])]))
