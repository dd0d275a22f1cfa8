"""How a page becomes a tagged PDF for paper, whatever is printed.

Its fonts are those beside this file, on any machine, and it fetches nothing. It knows nothing of
what it prints, nor of Django: a process of its own may run it.
"""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from accounts.limited.program import DONE
from tracking.accountability.printing.drawings import drawings_in
from tracking.accountability.printing.identifying import identify
from tracking.accountability.printing.page_numbers import number_pages
from tracking.accountability.printing.tagging import finish_tags
from tracking.accountability.printing.writing import write_once

FOLDER: Final = Path(__file__).parent
VARIANT: Final = "pdf/a-3a"
ELEMENTS: Final = "elements.css"
TOGETHER: Final = "\u00a0"
"""A space at which no line ends."""
NEVER_FIRST: Final = "%·"
"""Signs that stay with what stands before them."""

SIMULATED: Final = "simulated.css"
"""The sheet that marks what never happened, across every page."""

# Read by the font library whenever it is set up: which fonts the machine has must not matter.
os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts" / "fonts.conf")


def on_paper(page: str, sheets: Sequence[str], attachments: Sequence[Attachment] = ()) -> bytes:
    """PAGE, in HTML, as SHEETS of this folder lay it out, with what it carries inside.

    No line begins with one of `NEVER_FIRST`, also where somebody typed it. It is seen to here and
    not where a figure is said: an edition freezes what is said, and compares it with the last one.
    """
    for sign in NEVER_FIRST:
        page = page.replace(f" {sign}", f"{TOGETHER}{sign}")
    with _nothing_collected():
        return _printed(page, sheets, attachments)


def _printed(page: str, sheets: Sequence[str], attachments: Sequence[Attachment]) -> bytes:
    read = [_sheet(each) for each in sheets]
    document = Page(string=page, url_fetcher=NothingOutside()).render(
        font_config=fonts(),
        stylesheets=[sheet.style for sheet in read],
        cache=drawings_in(page, *(sheet.text for sheet in read)),
        pdf_variant=VARIANT,
    )
    number_pages(document)
    written: bytes | None = document.write_pdf(
        pdf_variant=VARIANT, attachments=list(attachments), finisher=_finish
    )
    if written is None:
        raise RuntimeError("WeasyPrint wrote no PDF")
    return written


def _finish(document: Document, pdf: Any) -> None:
    """Make PDF, before it is written, what it says that it is."""
    finish_tags(document, pdf)
    identify(pdf)
    if files := pdf.catalog.get("AF"):
        files[:] = dict.fromkeys(files)  # WeasyPrint 70 names each twice
    write_once(pdf)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A layout is one graph that lives until the end: looking through it for garbage, again and
    again, finds none and costs a fifth of the time. In the end it alone is looked through, not all
    that the process had before.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_enabled:
            gc.enable()


class NothingOutside(URLFetcher):  # type: ignore[misc]
    """What a page names is fetched only where it is in the page itself: no file, no address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"])


class Page(HTML):  # type: ignore[misc]
    """A page whose elements are what `ELEMENTS` says, not what they are in a browser."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_sheet(ELEMENTS).style]


class Sheet(NamedTuple):
    """A style sheet, as it is written and as it was understood."""

    text: str
    style: CSS


@cache
def _sheet(name: str) -> Sheet:
    text = (FOLDER / name).read_text()
    return Sheet(text, CSS(string=text, font_config=fonts()))


@cache
def fonts() -> FontConfiguration:
    """The font configuration, made once for each process: a new one leaks memory."""
    return FontConfiguration()


def main(*sheets: str) -> int:
    """What a process of its own does (`accounts/limited/`): HTML comes in, the PDF goes out."""
    sys.stdout.buffer.write(on_paper(sys.stdin.buffer.read().decode(), sheets))
    return DONE
