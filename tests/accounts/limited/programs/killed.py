"""It is ended from outside while it writes."""

import os
import sys


def main(*_arguments: str) -> int:
    sys.stdout.write("{")
    sys.stdout.flush()
    os.kill(os.getpid(), 9)
    return 0
