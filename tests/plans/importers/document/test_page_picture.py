"""Where a page of a PDF prints the words of a statement, and the page drawn with them marked."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from accounts.limited.process import BusyError
from plans.importers import picturing
from plans.importers.document.page_picture import CLOSE, FRAME, WASH, WHOLE, boxes_of
from plans.importers.document.pdf_page import Page, Word
from plans.importers.document.reader import read
from plans.importers.mending.quoting import all_spans
from plans.importers.picturing import pages_of, picture_of
from tests.accounts.limited.programs import limited
from tests.meanwhile import PATIENCE
from tests.plans.importers.document.printed import printed

ROW = """<tr><td>Los barrios altos reciben agua pocas horas y sin clo&shy;rar
<td>{0}. Llevar agua clorada a los barrios altos<td>{0}. Llegar a 24 barrios con agua</tr>"""
TABLE = """<style>@page { size: 14cm 7cm; margin: 1cm 5mm } td { hyphens: manual }</style>
<h3>DIMENSIÓN SOCIAL</h3><table class="ruled"><thead><tr><th>Problema<th>Objetivo<th>Meta</thead>"""


@pytest.fixture(scope="module")
def document() -> bytes:
    return printed(TABLE + "".join(ROW.format(n) for n in range(1, 8)) + "</table>")


def words(*lines: str) -> list[Word]:
    """Words in the order in which a page has them, each with a box of its own."""
    found = " ".join(lines).split()
    return [Word(text, 10.0 * n, 0, 10.0 * n + 9, 9, 9, False) for n, text in enumerate(found)]


def marked(page: list[Word], said: str, before: int = 0) -> list[str]:
    lefts = [left for left, *_rest in boxes_of(page, said, before)]
    return [word.text for word in page if word.left in lefts]


@pytest.mark.parametrize(
    ("page", "said", "found"),
    [
        ("1. Construir postas nuevas.", "Construir postas nuevas", "Construir postas nuevas."),
        ("Mejora- miento del agua", "Mejoramiento del agua", "Mejora- miento del agua"),
        ("El ﬁn de año", "el fin", "El ﬁn"),
        ("Reducir la Faltan anemia infantil postas", "Reducir la anemia infantil",
         "Reducir la anemia infantil"),
        ("Nada de eso", "Construir postas", ""),
    ],
)  # fmt: skip
def test_words_are_found_as_the_page_prints_them(page: str, said: str, found: str) -> None:
    assert " ".join(marked(words(page), said)) == found


def test_of_the_same_words_those_that_are_meant_are_marked() -> None:
    page = words("Meta una obra. Meta una obra.")
    assert [left for left, *_rest in boxes_of(page, "una obra", 1)] == [40.0, 50.0]


def test_every_statement_is_found_on_each_page_that_prints_it(document: bytes) -> None:
    outline = read(document, "plan.pdf")
    pages = [Page(each).words for each in pdfium.PdfDocument(document)]
    assert len(pages) > 2
    for item in outline.items:
        spans = all_spans(item)
        for number in pages_of(spans, outline.source.text):
            for said, before in picturing.marks_of(spans, outline.source.text, number):
                assert boxes_of(pages[number - 1], said, before), item.statement


@pytest.mark.parametrize(("is_whole", "size"), [(True, WHOLE), (False, CLOSE)])
def test_the_page_is_drawn_with_the_words_marked(
    document: bytes, is_whole: bool, size: tuple[int, int]
) -> None:
    outline = read(document, "plan.pdf")
    target = next(item for item in outline.items if item.level == "target")
    made = picture_of(document, outline.source.text, target.spans, 1, is_whole=is_whole)
    assert made is not None
    picture = Image.open(io.BytesIO(made), formats=("WEBP",)).convert("RGB")
    assert picture.width == size[0]
    colours = {colour for _n, colour in picture.getcolors(1_000_000) or ()}
    assert {WASH, FRAME} <= colours


@pytest.mark.parametrize(
    ("content", "page"), [(b"%PDF-1.7 cortado", 1), (b"", 1), (None, 99)]
)  # fmt: skip
def test_what_cannot_be_drawn_has_no_picture(
    document: bytes, content: bytes | None, page: int
) -> None:
    sent = document if content is None else content
    assert picture_of(sent, "texto", [[0, 5]], page, is_whole=True) is None


@pytest.mark.parametrize(("program", "patience"), [("killed", PATIENCE), ("wordy", 0.001)])
def test_a_process_that_fails_or_lasts_has_no_picture(
    program: str, patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picturing, "DRAWER", limited(program))
    monkeypatch.setattr(picturing, "PATIENCE", patience)
    assert picture_of(b"", "texto", [[0, 5]], 1, is_whole=True) is None


def test_one_picture_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing, "WAIT", 0.01)
    with picturing.DRAWER.turn, pytest.raises(BusyError):
        picture_of(b"", "texto", [[0, 5]], 1, is_whole=True)


def test_a_statement_stands_on_each_page_that_has_words_of_it() -> None:
    text = "uno dos\ftres\f\fcuatro"
    assert pages_of([[4, 12]], text) == [1, 2]
    assert pages_of([[7, 8]], text) == []
    assert pages_of([[14, len(text)]], text) == [4]
    assert pages_of([[0, 3]], "uno") == [1]
