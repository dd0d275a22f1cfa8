"""What draws one page of a PDF with words marked, in a process of its own (`accounts/limited/`).

The first line of the standard input is JSON: {"page": from 1, "marks": [[words, how many of the
same come before on that page], …], "whole": the page, or what is near the words}; the PDF follows.
The standard output is the picture, a WebP: the page as it is printed, with a wash of colour over
the words and a frame around them.
"""

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from accounts.limited.program import DONE

if TYPE_CHECKING:
    from plans.importers.document.pdf_page import Word

WHOLE: Final = (1_000, 1_600)
CLOSE: Final = (720, 1_000)
"""The most points, across and down: of a page opened by itself, and of what is near some words."""
MOST_POINTS: Final = 4_000_000
NEAR_WIDTH, MARGIN, NEAR_LINES = 320.0, 24.0, 60.0  # points of the page
COLOURS: Final = 8  # of a page of text, whose letters stay sharp at half the bytes
QUALITY: Final = 35  # of a page that is a photograph
WASH: Final = (255, 232, 150)
FRAME: Final = (11, 83, 97)
AROUND: Final = 2.0  # points of the page between the words and their frame
LEAST: Final = 6
"""Letters: a shorter piece of a statement is not looked for by itself."""
DAMAGED: Final = 4

Box = tuple[float, float, float, float]
_NO_LETTER: Final = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """What of TEXT is compared: a reader may have joined, parted and cleaned its words."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def boxes_of(words: "Sequence[Word]", said: str, before: int = 0) -> list[Box]:
    """Where a page that holds WORDS says what is SAID, of which BEFORE others come first.

    In the order in which the page is written a cell may be torn by its neighbours: what cannot be
    found as a whole is found piece by piece, each after the one before. Empty where the page does
    not say it.
    """
    own = [letters(word.text) for word in words]
    page = "".join(own)
    owner = [at for at, text in enumerate(own) for _letter in text]
    wanted = letters(said)
    found: list[Box] = []
    at = 0
    for _n in range(before):
        at = page.find(wanted, at) + 1 or at
    while wanted and (length := _standing(page, wanted, at)):
        at = page.index(wanted[:length], at) + length
        held = dict.fromkeys(owner[at - length : at])
        found += [(words[n].left, words[n].top, words[n].right, words[n].bottom) for n in held]
        wanted = wanted[length:]
    return found


def _standing(page: str, wanted: str, at: int) -> int:
    """How many letters of WANTED stand together in PAGE from AT on, the most; 0 for too few."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if page.find(wanted[:middle], at) >= 0 else (low, middle - 1)
    return low if low >= min(LEAST, len(wanted)) else 0


def drawn(content: bytes, number: int, marks: Iterable[Sequence[Any]], *, is_whole: bool) -> bytes:
    """The picture of the page NUMBER, from 1, of the PDF CONTENT, with MARKS.

    Unless IS_WHOLE it shows what stands around them; the whole page where none was found.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415  # within the limits

    from plans.importers.document.pdf_page import Page  # noqa: PLC0415

    page = pdfium.PdfDocument(content)[number - 1]
    words = Page(page).words
    boxes = [box for said, before in marks for box in boxes_of(words, said, before)]
    sheet = (0.0, 0.0, *page.get_size())
    region, (wide, high) = (sheet, WHOLE) if is_whole or not boxes else (_near(boxes, sheet), CLOSE)
    scale = min(
        wide / (region[2] - region[0]),
        high / (region[3] - region[1]),
        (MOST_POINTS / (sheet[2] * sheet[3])) ** 0.5,
    )
    left, top, right, bottom = (scale * side for side in region)
    picture = page.render(scale=scale).to_pil().convert("RGB").crop((left, top, right, bottom))
    own = [
        (scale * box[0] - left, scale * box[1] - top, scale * box[2] - left, scale * box[3] - top)
        for box in boxes
    ]
    return _packed(picture, own, AROUND * scale)


def _near(boxes: Sequence[Box], sheet: Box) -> Box:
    """What of SHEET stands around BOXES: some lines above and below, and wide enough to read."""
    left, top, right, bottom = _hull(boxes)
    short_of = max(NEAR_WIDTH - (right - left), 2 * MARGIN) / 2
    left, right = left - short_of, right + short_of
    # At an edge of the sheet it reaches further on the other side.
    left, right = left - max(right - sheet[2], 0), right - min(left, 0)
    top, bottom = top - NEAR_LINES, bottom + NEAR_LINES
    return (
        max(left, sheet[0]),
        max(top, sheet[1]),
        min(right, sheet[2]),
        min(bottom, sheet[3]),
    )


def _hull(boxes: Iterable[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _strips(boxes: Sequence[Box]) -> list[Box]:
    """BOXES of words, those that stand in one line as one."""
    found: list[Box] = []
    for box in boxes:
        is_beside = found and abs(found[-1][1] - box[1]) < (box[3] - box[1]) / 2
        if is_beside and box[0] >= found[-1][0]:
            found[-1] = _hull((found[-1], box))
        else:
            found.append(box)
    return found


def _packed(picture: Any, boxes: Sequence[Box], rim: float) -> bytes:
    """The smaller of two: few colours and every point as it is, or as photographs are packed."""
    sharp, soft = io.BytesIO(), io.BytesIO()
    plain = picture.quantize(COLOURS).convert("RGB")
    _marked(plain, boxes, rim).save(sharp, "WEBP", lossless=True, quality=60)
    _marked(picture, boxes, rim).save(soft, "WEBP", quality=QUALITY)
    return min(sharp.getvalue(), soft.getvalue(), key=len)


def _marked(picture: Any, boxes: Sequence[Box], rim: float) -> Any:
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415

    if not boxes:
        return picture
    wash = Image.new("RGB", picture.size, "white")
    brush = ImageDraw.Draw(wash)
    for box in _strips(boxes):
        brush.rectangle(box, fill=WASH)
    marked = ImageChops.multiply(picture, wash)
    left, top, right, bottom = _hull(boxes)
    frame = (left - rim, top - rim, right + rim, bottom + rim)
    ImageDraw.Draw(marked).rectangle(frame, outline=FRAME, width=max(2, round(0.6 * rim)))
    return marked


def main() -> int:
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        picture = drawn(
            sys.stdin.buffer.read(), asked["page"], asked["marks"], is_whole=asked["whole"]
        )
    except Exception:  # whatever is wrong with the file: it has no picture
        return DAMAGED
    sys.stdout.buffer.write(picture)
    return DONE
