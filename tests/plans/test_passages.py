"""A document's whole text, in the passages that a search finds."""

import pytest

from plans.passages import passages_of
from plans.source_text import SourceText
from tests.real_plans import PLACES, real_draft


@pytest.mark.parametrize("slug", PLACES)
def test_passages_hold_every_word_of_their_document_once(slug: str) -> None:
    text = real_draft(slug).document.text
    words = " ".join(words for _line, words in sorted(passages_of(text))).split()
    assert sorted(words) == sorted(SourceText(text).quoted([(0, len(text))]).split())


@pytest.mark.parametrize(
    ("document", "passages"),
    [
        ("Uno.\n\nDos.\n", [(1, "Uno."), (3, "Dos.")]),
        ("<p><b>Agua</b> y\tdesagüe</p>", [(1, "Agua y\tdesagüe")]),
        # cut off by the end of a line, by an empty line and by the end of a page
        ("Falta de agua en la\nZona Alta.\n", [(1, "Falta de agua en la\nZona Alta.")]),
        ("Falta de agua en la\n\nzona alta.\n", [(1, "Falta de agua en la\n\nzona alta.")]),
        (
            "# Lista\n\nFalta de agua\n\n# Lista\n\nen la zona alta.\n\n# Lista\n",
            [
                (1, "Lista"),
                (3, "Falta de agua\n\n\n\nen la zona alta."),
                (5, "Lista"),
                (9, "Lista"),
            ],
        ),
        ("calidad\tReducir\n\nbaja\toferta", [(1, "calidad\tReducir\n\nbaja\toferta")]),
        # sentences, items, rows and titles of their own
        (
            "Agua\n- Luz\n1. Vías\na) Salud",
            [(1, "Agua"), (2, "Luz"), (3, "1. Vías"), (4, "a) Salud")],
        ),
        ("Agua\tLuz\nVías\tSalud", [(1, "Agua\tLuz"), (2, "Vías\tSalud")]),
        ("Agua\n**Luz**", [(1, "Agua"), (2, "Luz")]),
        ("Agua\n\nLuz", [(1, "Agua"), (3, "Luz")]),
        ("Agua:\nluz", [(1, "Agua:"), (2, "luz")]),
        ("", []),
    ],
)
def test_a_passage_is_what_is_read_in_one_go(
    document: str, passages: list[tuple[int, str]]
) -> None:
    assert sorted(passages_of(document)) == passages


def test_a_document_without_full_stops_is_not_one_passage() -> None:
    document = "\n".join(["más palabras de un texto que no termina"] * 200)
    assert all(len(text) < 1_600 for _line, text in passages_of(document))
