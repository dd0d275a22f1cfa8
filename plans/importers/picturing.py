"""The page of a PDF as a picture with a statement marked, drawn in a process that may fail."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from accounts.limited.process import Limited, file_of
from accounts.limited.program import DONE
from plans.importers.document.page_picture import letters
from plans.importers.draft import Spans
from plans.importers.mending.quoting import page_of

# A page of text takes 90 MiB and half a second.
DRAWER: Final = Limited("plans.importers.document.page_picture", mebibytes=512, seconds=10)
PATIENCE: Final = 15  # seconds by the clock
WAIT: Final = 5.0  # seconds until it is one's turn


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

    A WebP; None where it cannot be drawn. Raises BusyError.
    """
    marks = marks_of(spans, text, page)
    asked = json.dumps({"page": page, "marks": marks, "whole": is_whole}).encode()
    with file_of(b"%b\n%b" % (asked, content)) as file:
        ended, written = DRAWER.run(file=file, patience=PATIENCE, wait=WAIT)
    return written if ended == DONE and written else None


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
