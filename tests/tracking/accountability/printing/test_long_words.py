"""Words and addresses of 400 letters, wherever somebody may have typed one, stay on the page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from weasyprint import HTML

from tests.conftest import MakeOnce
from tests.tracking.accountability.printing.pdfs import print_out
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.content import Change, Content, Promise, Replaced
from tracking.accountability.edition import Edition
from tracking.accountability.moves import Move
from tracking.accountability.printing.front_rows import move_item
from tracking.accountability.printing.paper import on_paper
from tracking.accountability.printing.pdf import SHEETS
from tracking.models import AccountabilityReport

pytestmark = pytest.mark.django_db

WORD = "Mm" * 200
ADDRESS = "https://municipalidad.example/" + "ruta" * 100
UNIT = "Gerencia" * 18  # of 150 letters


@pytest.fixture(scope="module")
def report(make_once: MakeOnce, accounted_once: Accounted) -> AccountabilityReport:
    def made() -> AccountabilityReport:
        accounted_once.spend()
        return accounted_once.issue()

    return make_once(made)


def lengthened(content: Content) -> Content:
    """CONTENT with long words in all that people write."""
    return replace(
        content,
        plan=replace(content.plan, organization=WORD, whose=WORD, standing_source=ADDRESS),
        foreword=f"{WORD} {ADDRESS}",
        projection=ADDRESS,
        replaces=Replaced(
            edition=1,
            code="7F3A9C2B4DQX",
            issued_at=content.issued_at,
            reason=WORD,
            changes=[Change(ref="S.1.1.1", what=ADDRESS)],
        ),
        standings=[replace(each, unit=UNIT if each.unit else "") for each in content.standings],
        promises=[_lengthened(each) for each in content.promises],
    )


def _lengthened(promise: Promise) -> Promise:
    report = promise.report and replace(
        promise.report,
        unit=UNIT,
        measured=WORD[:80],
        narrative=ADDRESS,
        difficulties=WORD,
        next_steps=ADDRESS,
        halted_since=promise.report.as_of,
        halted_cause=WORD,
        correction_reason=WORD,
        revision=2,
    )
    spending = [replace(each, source=ADDRESS) for each in promise.spending]
    said = replace(promise, report=report, spending=spending)
    return replace(said, statement=WORD, indicator=ADDRESS, cui=WORD, terms=ADDRESS, units=[UNIT])


def texts(box: Any, right: float) -> Iterator[tuple[str, float, float]]:
    """Of each piece of text in BOX: the text, where it ends, and where its column does."""
    if type(box).__name__ in {"BlockBox", "TableCellBox", "PageBox"}:
        right = box.content_box_x() + box.width
    if type(box).__name__ == "TextBox":
        yield box.text, box.position_x + box.width, right
    for each in getattr(box, "children", ()):
        yield from texts(each, right)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The documents that are laid out."""
    documents: list[Any] = []
    render = HTML.render

    def noted(self: Any, *args: Any, **options: Any) -> Any:
        documents.append(render(self, *args, **options))
        return documents[-1]

    monkeypatch.setattr(HTML, "render", noted)
    return documents


def beyond(document: Any) -> list[tuple[int, str, int]]:
    """What leaves its column or the page: on which page, its text, and by how much."""
    return [
        (number, text[:40], round(end - right))
        for number, page in enumerate(document.pages, 1)
        for text, end, right in texts(page._page_box, 0)
        if end > right + 1
    ]


def test_no_word_leaves_its_column_or_the_page(
    report: AccountabilityReport, laid_out: list[Any]
) -> None:
    print_out(lengthened(content_of(report)), report)
    (document,) = laid_out
    assert beyond(document) == []


def test_what_changed_stays_in_its_column_however_much_is_said_of_it(
    report: AccountabilityReport, laid_out: list[Any]
) -> None:
    line = Edition(content_of(report)).lines[0]
    moved = "en preparación, con retraso, paralizada"
    items = move_item(Move(line, moved, moved)) * 4
    on_paper(f'<html lang="es"><title>x</title><ul class="moved">{items}</ul></html>', SHEETS)
    (document,) = laid_out
    assert beyond(document) == []
