"""Serve a made-up country and ask it as many readers do; exit status 1 where a limit is passed.

`python -m benchmarks.load crawl|mixed|stored|siege [--seconds …] [--plans …] [--pace …]`, once the
country is built.

`crawl` asks one worker for other pages and tells the memory it came to hold. `mixed` finds out how
many a second two workers answer, then asks for 70 % of that on a fixed clock, whether they keep up
or not. `stored` asks one worker for a page that it keeps, for one that its reader has already, and
for a view that does nothing. `siege` is 200 half requests and whoever follows each filter of a
search, beside ordinary readers.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from typing import Final

from benchmarks.country.database import WHOLE, connected, name_of
from benchmarks.country.subject import Subject
from benchmarks.load.addresses import addresses, filters
from benchmarks.load.readers import crawl, mixed
from benchmarks.load.serving import served
from benchmarks.load.siege import siege
from benchmarks.load.stored import stored

SECONDS: Final = {"crawl": 300, "mixed": 900, "stored": 60, "siege": 240}
WORKERS: Final = {"crawl": 1, "mixed": 2, "stored": 1, "siege": 2}


def main(words: Sequence[str]) -> int:
    asked_for = _parsed(words)
    what = asked_for.what
    seconds = asked_for.seconds or SECONDS[what]
    name = name_of(asked_for.plans)
    with connected(name):
        pages, filtered, subject = addresses(), filters(), Subject.chosen()
        with served(name, workers=WORKERS[what]) as server:
            match what:
                case "crawl":
                    is_good = crawl(server, pages, seconds, asked_for.pace)
                case "mixed":
                    is_good = mixed(server, pages, seconds)
                case "stored":
                    is_good = stored(server, name, subject.address, seconds)
                case _:
                    is_good = siege(pages, filtered, seconds)
    return 0 if is_good else 1


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.load")
    parser.add_argument("what", choices=list(SECONDS))
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--plans", type=int, default=WHOLE)
    parser.add_argument("--pace", type=float, default=math.inf, help="pages of a crawl in a second")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
