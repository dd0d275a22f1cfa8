"""Let the portal's own commands look at what was restored: run by the portal's Python, once."""

import io
import json
import os
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


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps([look(command) for command in COMMANDS]))
