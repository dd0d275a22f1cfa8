"""The picture of a card: 1200 × 630 points, as chats show it beside a link.

WeasyPrint lays it out with the fonts that the printed reports have, whatever is written in it, and
pdfium paints it. One is drawn at a time by each process that serves, and nobody waits for long.
"""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Final

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from weasyprint import CSS, HTML

from tracking.accountability.printing.drawings import drawings_in
from tracking.accountability.printing.paper import NothingOutside, fonts
from tracking.choices import Verdict
from tracking.public.at_once import after_the_first
from tracking.public.card import Card
from tracking.public.charts.strip_markup import inked_strip
from tracking.public.charts.verdict_grid import verdict_grid
from tracking.reading.strips import Cell

logger = logging.getLogger(__name__)

WIDTH: Final = 1200
COLOURS: Final = 32
PATIENCE: Final = 3.0
"""Seconds: whoever shows a link waits for its picture about as long."""

MARKED: Final = (1080, 150)
"""Points that the marks of a plan may take, across and down."""
LARGEST, SMALLEST = 44, 6

INKS: Final = dict.fromkeys(Verdict, "#6d7470") | {
    Verdict.DONE: "#002b31",
    Verdict.ON_TIME: "#17695a",
    Verdict.LATE: "#a96100",
    Verdict.HALTED: "#a02516",
}
"""As the site has them by day; of what nobody knows the same grey."""

_drawer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")


def picture_of(card: Card) -> bytes | None:
    """The PNG of CARD, drawn once for whoever asks; None where that failed or took too long."""
    store = caches["shared"]
    kept: bytes | None = store.get(card.digest)
    if kept is not None:
        return kept
    with after_the_first(card.digest):
        kept = store.get(card.digest)
        if kept is None and (kept := _drawn(card)):
            store.set(card.digest, kept)
    return kept


def _drawn(card: Card) -> bytes | None:
    waiting = _drawer.submit(png_of, html_of(card))
    try:
        return waiting.result(PATIENCE)
    except TimeoutError:
        waiting.cancel()  # where its turn has not come
        logger.warning("The picture of %s was not drawn within %s s", card.address, PATIENCE)
    except Exception:
        logger.exception("The picture of %s could not be drawn", card.address)
    return None


def html_of(card: Card) -> str:
    """CARD as it is laid out."""
    cells = [Cell(*each) for each in card.strip]
    context = {
        "card": card,
        "mark": _in_rows([Verdict(card.verdict)], across=1) if card.verdict else "",
        "strip": inked_strip(cells) if cells else "",
        "years": sorted({cell.semester.year for cell in cells}),
        "marks": _marks([Verdict(each) for each, n in card.counts for _n in range(n)]),
    }
    return render_to_string("sharing/picture.html", context)


def png_of(page: str) -> bytes:
    """PAGE, in HTML, as a PNG of few colours."""
    import pypdfium2 as pdfium  # noqa: PLC0415  # only where something is drawn
    from PIL import Image  # noqa: PLC0415

    written = HTML(string=page, url_fetcher=NothingOutside()).write_pdf(
        font_config=fonts(), stylesheets=[_sheet()], cache=drawings_in(page)
    )
    with pdfium.PdfDocument(written) as document:
        sheet = document[0]
        painted = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    few = painted.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture = io.BytesIO()
    few.save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _marks(verdicts: list[Verdict]) -> SafeString | str:
    """VERDICTS as marks, as large as all of them have room for."""
    if not verdicts:
        return ""
    wide, high = MARKED
    sides = range(LARGEST, SMALLEST, -2)
    fitting = (each for each in sides if -(-len(verdicts) // (wide // each)) * each <= high)
    side = next(fitting, SMALLEST)
    return _in_rows(verdicts, across=wide // side, side=side)


_in_rows = partial(verdict_grid, alt="", inks=INKS)


@cache
def _sheet() -> CSS:
    text = Path(__file__).with_name("picture.css").read_text()
    return CSS(string=text, font_config=fonts())
