"""The page of a PDF as a picture with a statement marked, drawn in a process that may fail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from plans.importers.document import page_picture
from plans.importers.document.page_picture import MADE, letters
from plans.importers.draft import Spans
from plans.importers.quoting import page_of

PROGRAM: Final = Path(page_picture.__file__)
PATIENCE: Final = 15  # seconds by the clock
WAIT: Final = 5.0  # seconds until it is one's turn
TURN: Final = BoundedSemaphore(1)
"""Each web process draws one picture at a time: the others wait, or are told to come again."""


class Busy(Exception):
    """Others have pictures drawn: it can be asked for again."""


def pages_of(spans: Spans, text: str) -> list[int]:
    """The pages, from 1, on which SPANS of TEXT stand; a text without page breaks is one page."""
    return sorted({page for page, _start, _end in _by_page(spans, text)})


def marks_of(spans: Spans, text: str, page: int) -> list[tuple[str, int]]:
    """The words of SPANS on PAGE, and how often it says the same before them."""
    return [
        (text[start:end], _same_before(text, start, end))
        for number, start, end in _by_page(spans, text)
        if number == page
    ]


def picture_of(
    content: bytes, text: str, spans: Spans, page: int, *, is_whole: bool
) -> bytes | None:
    """The PAGE of the PDF CONTENT, of which TEXT was read, with what of SPANS stands on it marked;
    unless IS_WHOLE, only what is near.

    A WebP; None where it cannot be drawn. Raises Busy.
    """
    marks = marks_of(spans, text, page)
    asked = json.dumps({"page": page, "marks": marks, "whole": is_whole}).encode()
    if not TURN.acquire(timeout=WAIT):
        raise Busy
    try:
        child = subprocess.run(  # noqa: S603  # itself, and nothing of what was sent is an argument
            [sys.executable, "-I", str(PROGRAM)],
            input=b"%b\n%b" % (asked, content),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        TURN.release()
    return child.stdout if child.returncode == MADE and child.stdout else None


def _by_page(spans: Spans, text: str) -> Iterator[tuple[int, int, int]]:
    """SPANS cut where a page ends: the page, and the span."""
    for start, end in spans:
        breaks = [at for at in range(start, end) if text[at] == "\f"]
        for low, high in pairwise([start, *breaks, end]):
            if letters(text[low:high]):
                yield max(page_of(low + (text[low] == "\f"), text), 1), low, high


def _same_before(text: str, start: int, end: int) -> int:
    """How often the page says before START what stands until END."""
    page_start = text.rfind("\f", 0, start + 1) + 1
    return letters(text[page_start:start]).count(letters(text[start:end]))
