"""The original document, cut where a quotation begins and ends."""

from hypothesis import given
from hypothesis import strategies as st

from plans.document_page import document_lines
from plans.models import PlanElement
from plans.source_text import SourceText, fold


def words_of(text: str, elements: list[PlanElement]) -> str:
    lines = document_lines(text, elements)
    return fold(" ".join(p.text for line in lines for cell in line.cells for p in cell))


@given(st.text(alphabet="ab \t\n*<p>#-", max_size=60), st.data())
def test_no_word_is_lost_or_repeated_whatever_is_quoted(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    elements = [PlanElement(spans=[list(span)]) for span in spans]
    source = SourceText(text)
    whole = source.quoted([(0, len(text))])
    assert words_of(text, elements).replace(" ", "") == whole.replace(" ", "")


def test_a_quotation_over_two_lines_is_marked_in_both_and_begins_once() -> None:
    text = "uno dos\n\ntres cuatro\n"
    lines = list(document_lines(text, [PlanElement(ref="S", spans=[[4, 13]])]))
    pieces = [
        (p.text, bool(p.element), p.is_start) for line in lines for c in line.cells for p in c
    ]
    assert pieces == [
        ("uno", False, False),
        ("dos", True, True),
        ("tres", True, False),
        ("cuatro", False, False),
    ]
    assert [line.number for line in lines] == [1, 3]
