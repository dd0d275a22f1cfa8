"""What reads a plan that anybody may have sent, in a process of its own (`accounts/limited/`).

The arguments are the plan's format and the ending of its name. It writes a line of JSON for each
plan: {"outline": …} or {"faults": [[where, field, reason], …]}. It never touches the database.
"""

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from accounts.limited.program import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.importers.faults import FileRefused
    from plans.importers.outline import Outline


def outlines(wanted: str, name: str) -> "Iterator[Outline | FileRefused]":
    """What the reader of the format WANTED makes of the standard input."""
    # Only the reader that is asked for is imported: each brings libraries of its own.
    read = import_module(f"plans.importers.{wanted}.reader").read
    if wanted == "jne":
        yield from read(sys.stdin.buffer, name)
    else:
        yield read(sys.stdin.buffer.read(), name)


def main(wanted: str, name: str) -> int:
    settings.configure(USE_I18N=False)  # the sentences are Spanish where they are written
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
    return DONE
