"""Run one module within limits: what it reads may unpack without end, and costs this process alone.

The module's ``main`` takes the arguments that are left, reads the standard input, writes to the
standard output, as UTF-8, and gives the number with which the process ends.
"""

import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

MEBIBYTE: Final = 1024 * 1024
DONE, FAULTY, TOO_MUCH = 0, 1, 9
"""Ends that every module may have: FAULTY is Python's own, after an error that nobody foresaw."""


def main(module: str, mebibytes: str, seconds: str, *arguments: str) -> int:
    for what, most in (
        (resource.RLIMIT_AS, int(mebibytes) * MEBIBYTE),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        ended: int = import_module(module).main(*arguments)
    except (MemoryError, RecursionError):
        return TOO_MUCH
    return ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
