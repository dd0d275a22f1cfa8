"""A program of its own that reads a plan which anybody may have sent, and is trusted with nothing.

It has a process, its memory and its time to itself: a file that unpacks without end costs these and
nothing else. The standard input is the file; the arguments are its format and the ending of its
name. It writes a line of JSON for each plan: {"outline": …} or {"faults": [[where, field, reason],
…]}. It never touches the database.
"""

import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.importers.faults import FileRefused
    from plans.importers.outline import Outline

MEBIBYTE: Final = 1024 * 1024
LIMITS: Final = {
    resource.RLIMIT_AS: 1024 * MEBIBYTE,
    resource.RLIMIT_CPU: 300,  # seconds; many plans in one file take their time
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
READ, TOO_MUCH = 0, 4


def outlines(wanted: str, name: str) -> "Iterator[Outline | FileRefused]":
    """What the reader of the format WANTED makes of the standard input."""
    # Only the reader that is asked for is imported: each brings libraries of its own.
    read = import_module(f"plans.importers.{wanted}.reader").read
    if wanted == "jne":
        yield from read(sys.stdin.buffer, name)
    else:
        yield read(sys.stdin.buffer.read(), name)


def main(wanted: str, name: str) -> int:
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from django.conf import settings  # noqa: PLC0415

    settings.configure(USE_I18N=False)  # the sentences are Spanish where they are written
    import json  # noqa: PLC0415

    from plans.importers.faults import FileRefused  # noqa: PLC0415
    from plans.importers.stored import packed  # noqa: PLC0415

    def write(key: str, value: object) -> None:
        sys.stdout.write(json.dumps({key: value}, ensure_ascii=False) + "\n")

    try:
        for each in outlines(wanted, name):
            if isinstance(each, FileRefused):
                write("faults", each.faults)
            else:
                write("outline", packed(each))
    except FileRefused as refused:
        write("faults", refused.faults)
    except (MemoryError, RecursionError):
        return TOO_MUCH
    return READ


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:]))
