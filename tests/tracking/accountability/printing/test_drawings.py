"""Drawings are painted as what they are, and look as WeasyPrint would have drawn them."""

from urllib.parse import quote

import pypdfium2
import pytest
from PIL import Image, ImageChops

from tracking.accountability.printing import paper
from tracking.accountability.printing.drawings import drawings_in
from tracking.accountability.printing.picture import mark
from tracking.public.charts.strip import SAMPLES
from tracking.public.charts.strip_markup import inked_strip
from tracking.public.charts.verdict_grid import ON_PAPER

STRIPS = [inked_strip([cell]) for cell, _called in SAMPLES]
MARKS = [mark(kind) for kind in ON_PAPER]
PAGE = f'<html lang="es"><title>Tiras</title><p>{"".join([*STRIPS, *MARKS])}</p></html>'


def pictured() -> Image.Image:
    """The page in grey, two pixels for each point."""
    pdf = pypdfium2.PdfDocument(paper.on_paper(PAGE, [paper.SIMULATED]))
    drawn: Image.Image = pdf[0].render(scale=2).to_pil()
    return drawn.convert("L")


def test_none_is_left_to_weasyprint() -> None:
    sheet = (paper.FOLDER / paper.SIMULATED).read_text()
    assert len(drawings_in(*STRIPS)) == len(STRIPS)
    assert len(drawings_in(*MARKS)) == len(MARKS)
    assert len(drawings_in(sheet)) == 1


def test_they_look_as_they_would_have(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = pictured()
    assert ours.getextrema() == (0, 255)
    monkeypatch.setattr(paper, "drawings_in", lambda *texts: {})
    difference = ImageChops.difference(ours, pictured())
    assert sum(difference.histogram()[60:]) == 0
    assert sum(difference.histogram()[20:]) < 40


@pytest.mark.parametrize(
    "drawn",
    [
        "<text>1</text>",
        '<path d="M0 0h1" style="fill:red"/><g/>',
    ],
)
def test_what_is_more_than_paths_is_left_to_it(drawn: str) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1">'
    svg = f"{head}{drawn}</svg>"
    assert drawings_in(f'<img src="data:image/svg+xml,{quote(svg)}">') == {}
