"""A text of a draft as it is shown in what was sent: what stands around it, and no more."""

import pytest

from plans.importers.mending.quoting import excerpt

HEADING = "Problema\tObjetivo\tIndicador\tMeta\n"


def shown(text: str, words: str) -> str:
    start = text.index(words)
    pieces = excerpt(text, [[start, start + len(words)]])
    assert [piece for piece, own in pieces if own] == [words]
    return "".join(piece for piece, _own in pieces)


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        ("Falta agua\tCavar pozos\tPozos\t12 pozos", "Falta agua · Cavar pozos · Pozos · 12 pozos"),
        ("\t\t\t12 pozos", "12 pozos"),
        ("Falta agua\t\t\t12 pozos\t\t", "Falta agua · 12 pozos"),
    ],
)
def test_a_row_is_shown_alone_and_without_its_empty_cells(row: str, seen: str) -> None:
    assert shown(f"{HEADING}{row}\nOtro\t\t\t3 redes\n", "12 pozos") == seen
    assert shown(f"{HEADING}{row}", "12 pozos") == seen


def test_a_line_is_shown_with_the_one_before_and_the_one_after() -> None:
    text = "Antes\nProblema\nCavar pozos\nMeta\nDespués\n"
    assert shown(text, "Cavar pozos") == "Problema\nCavar pozos\nMeta"


def test_two_cells_of_a_row_are_told_apart() -> None:
    row = f"{HEADING}Falta agua\t\t12 pozos\t\n"
    spans = [[row.index(each), row.index(each) + len(each)] for each in ("Falta agua", "12 pozos")]
    assert excerpt(row, spans) == [("Falta agua", True), (" · ", False), ("12 pozos", True)]
