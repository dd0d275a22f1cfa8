"""It writes more than anybody takes from it."""

import sys


def main(*_arguments: str) -> int:
    while True:
        sys.stdout.write(" " * (1 << 20))
