"""The numbers of pages that a printed page names, written once all of them are laid out.

With `target-counter` WeasyPrint lays the first pages out three times, until no number changes.
Here the style sheet keeps a place, which is as wide as two digits are, and each is written there.
"""

from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure.boxes import TextBox

PLACE: Final = "00"
FIGURE_SPACE: Final = "\u2007"


def number_pages(document: Document) -> None:
    """Write into DOCUMENT, behind each link within it, the page where that leads."""
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            found.setdefault(name, number)
    for page in document.pages:
        if any(kind == "internal" for kind, *_ in page.links):
            _write(page._page_box, found)


def _write(page: Any, found: dict[str, int]) -> None:
    for box in page.descendants():
        if not isinstance(box, TextBox) or box.element_tag != "a::after":
            continue
        before, place, _ = box.text.rpartition(PLACE)
        number = found.get(box.element.get("href", "").removeprefix("#"))
        if place and number:
            said = f"{number}" if before.strip() else f"{number:{FIGURE_SPACE}>2}"
            box.text = box.pango_layout.text = before + said
