"""The hearing pack printed: four pages, made at most once for each state of what is published.

Whoever asks first has it made, in a process of its own, which holds no lock of the one that serves
and gives its memory back; others meanwhile wait for it a little, and are then told to come again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Final

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.limited.process import BusyError, Limited, file_of
from accounts.limited.program import DONE
from tracking.accountability.pack.pack import Pack
from tracking.accountability.pack.words import PackWords
from tracking.accountability.printing.paper import SIMULATED
from tracking.accountability.printing.picture import ORDER, VERY_LATE
from tracking.choices import Signal, Verdict
from tracking.public.at_once import after_the_first
from tracking.public.charts.verdict_grid import inked_mark, verdict_grid
from tracking.reading.verdicts import LastKnown, sentence_of

PRINTER: Final = Limited("tracking.accountability.printing.paper", mebibytes=1024, seconds=20)
PATIENCE: Final = 30.0
WAIT = 4.0  # seconds that a thread is held for what another one has made
FEW_RULED: Final = 3
MANY_RULED: Final = 5
MOST_RULED: Final = 15
"""Lines for the agreements: fewer where the former term is told, most where nothing is."""

MOST_QUESTIONS: Final = 9
"""What the sheet for questions has room for."""

WIDE: Final = (32, 20)
NARROW: Final = (48, 14)
"""Marks across a page, and the pixels of each: of a plan that is long, smaller."""

MOST_DIMENSIONS: Final = 6
MOST_WIDE: Final = 160
"""Promises."""

making = Lock()


def kept(key: str) -> bytes | None:
    """What was made under KEY; None where nothing was yet."""
    made: bytes | None = caches["pages"].get(key)
    return made


def made(pack: Pack, key: str) -> bytes:
    """PACK printed, kept under KEY. BusyError where another one is being made, and takes long."""
    if not making.acquire(timeout=WAIT):
        raise BusyError
    try:
        with after_the_first(key):  # of other hosts
            if (already := kept(key)) is not None:
                return already
            written = print_out(pack)
            caches["pages"].set(key, written)
            return written
    finally:
        making.release()


def print_out(pack: Pack) -> bytes:
    sheets = ["pack.css", SIMULATED] if pack.is_simulated else ["pack.css"]
    with file_of(html_of(pack).encode()) as page:
        ended, written = PRINTER.run(*sheets, file=page, patience=PATIENCE)
    if ended != DONE:
        raise RuntimeError(f"A hearing pack could not be printed: {ended}")
    return written


def html_of(pack: Pack) -> str:
    across, side = WIDE if len(pack.overview.known) <= MOST_WIDE else NARROW
    context = {
        "pack": pack,
        "words": PackWords(pack),
        "plan": pack.plan,
        "blank": range(MOST_QUESTIONS - len(pack.asked_about)),
        "pictures": [
            (title, words, verdict_grid(kinds(known), words, across=across, side=side))
            for title, known in _pictured(pack)
            for words in (sentence_of(Counter(each.verdict for each in known)),)
        ],
        "ruled": range(_ruled(pack)),
        "counted": list(_key(pack)),
    }
    return render_to_string("accountability/pack/print.html", context)


def _key(pack: Pack) -> Iterator[tuple[SafeString, str | Lazy]]:
    """What each mark means."""
    for each in pack.promises.counted:
        yield inked_mark(each.verdict), each.verdict.label
        if each.verdict == Verdict.LATE and pack.worst[1].total:
            yield inked_mark(Signal.VERY_LATE), _("Va tarde, muy retrasada")


def kinds(known: Iterable[LastKnown]) -> list[str]:
    """The mark of each as an edition draws it, the worst first."""
    drawn = (VERY_LATE if each.is_far_behind else each.verdict.value for each in known)
    return sorted(drawn, key=ORDER.index)


def _pictured(pack: Pack) -> list[tuple[str, list[LastKnown]]]:
    """How promises go, by dimension as long as one page holds them."""
    if len(pack.going) <= MOST_DIMENSIONS:
        return pack.going
    return [(_("Todo el plan"), [each for _title, of_it in pack.going for each in of_it])]


def _ruled(pack: Pack) -> int:
    if pack.former:
        return FEW_RULED
    return MOST_RULED if pack.is_untold else MANY_RULED
