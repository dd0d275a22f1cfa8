"""A page to be printed has few kinds of elements, all of a kind alike: so it is laid out fast."""

import datetime as dt
import re

import pytest

from tests.conftest import MakeOnce
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.edition import Edition
from tracking.accountability.pack.gathering import pack_of
from tracking.accountability.printing import pack as packs
from tracking.accountability.printing.paper import ELEMENTS, FOLDER
from tracking.accountability.printing.pdf import html_of

pytestmark = pytest.mark.django_db

IN_A_LINE = {"a", "br", "code", "img", "small", "span", "svg"}
DRAWN = {"circle", "desc", "line", "path", "rect", "text"}

Pages = tuple[str, str]


@pytest.fixture(scope="module")
def pages(make_once: MakeOnce, accounted_once: Accounted) -> Pages:
    """An edition and a hearing pack."""

    def make() -> Pages:
        report = accounted_once.issue()
        pack = pack_of(report.plan, at=dt.date(2020, 3, 1))
        return html_of(Edition(content_of(report), report.code)), packs.html_of(pack)

    return make_once(make)


def test_the_sheet_says_what_each_element_is(pages: Pages) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (FOLDER / ELEMENTS).read_text(), flags=re.DOTALL)
    named = {each for rule in re.findall(r"([^{}]+){", sheet) for each in re.findall(r"\w+", rule)}
    for page in pages:
        assert set(re.findall(r"<([a-z]\w*)", page)) <= named | IN_A_LINE | DRAWN


def test_an_element_of_a_row_with_an_id_holds_no_other(pages: Pages) -> None:
    """An id is a style of its own, and what is in such an element has no style in common either."""
    report, _pack = pages
    rows = re.findall(r"<tr.*?</tr>", report, re.DOTALL)
    named = [row for row in rows if 'id="p-' in row]
    assert named
    for row in named:
        assert re.search(r'<(\w+) id="p-[^>]*>[^<]*</\1>', row)
