"""What may be wrong with a text, and the encodings in which one comes."""

import pytest

from plans.importers.document.blocks import MAX_LINES, MAX_TEXT
from plans.importers.document.reader import read
from plans.importers.faults import FileRefused


@pytest.mark.parametrize(
    "text",
    ["a" * (MAX_TEXT + 1), "a\n" * (MAX_LINES + 1), "DIMENSIÓN SOCIAL\n" + "- Agua\n" * 5_001],
)
def test_a_text_longer_than_any_plan_is_refused(text: str) -> None:
    with pytest.raises(FileRefused, match="no parece un plan"):
        read(text.encode(), "plan.txt")


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x01", "\u061c"])
def test_a_character_that_nobody_sees_is_refused_with_its_line(hidden: str) -> None:
    text = f"DIMENSIÓN SOCIAL\n- Bajar {hidden}05 %\n"
    with pytest.raises(FileRefused, match=rf"línea 2, plan.txt: .*U\+{ord(hidden):04X}"):
        read(text.encode(), "plan.txt")


@pytest.mark.parametrize("long", ["*", "|", "\t", "<b>", "1.", "- ", "(a", " ", "<tr>", "a) "])
def test_a_line_without_end_is_passed_over(long: str) -> None:
    text = f"DIMENSIÓN SOCIAL\n- Más agua\n{long * 40_001}\n- Menos humo\n"
    statements = [item.statement for item in read(text.encode(), "plan.txt").items]
    assert statements[:2] == ["DIMENSIÓN SOCIAL", "Más agua"]
    assert statements[-1] == "Menos humo"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_of_word_processors(encoding: str) -> None:
    text = "DIMENSIÓN SOCIAL\r\n- Más agua\r\n"
    outline = read(text.encode(encoding), "plan.txt")
    assert [item.statement for item in outline.items] == ["DIMENSIÓN SOCIAL", "Más agua"]
    assert not outline.source.is_original
