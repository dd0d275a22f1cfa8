"""What a person sees in a page or a PDF and copies from it is found in the document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.comparable import comparable, said_by
from plans.source_text import NotInDocument, Place, SourceText

SEEN = [
    ("Mejora-\nmiento de la red vial", "Mejoramiento de la red vial"),
    ("Mejoramiento de la red vial", "Mejora-\nmiento de la red vial"),
    ("Más Empleo13 para jóvenes", "Más Empleo para jóvenes"),
    ("Más Empleo para jóvenes", "Más Empleo13 para jóvenes"),
    ("Más empleo¹³ para jóvenes", "Más empleo13 para jóvenes"),
    ("Un desagüe eficaz y financiado", "Un desagüe e\ufb01caz y \ufb01nanciado"),
    ("Un desagüe e\ufb01caz", "Un desagüe eficaz"),
    ("Educacio\N{COMBINING ACUTE ACCENT}n para todos", "Educación para todos"),
    ("Edu\u00adcación para\u200d todos", "Educación para todos"),
    ("Educación para todos", "\ufeffEdu\u00adcación para\u200d todos"),
    ("\uf0b7 Agua potable", "• Agua potable"),
    ("• Agua potable", "Agua potable"),
    ("¿\tAgua potable", "Agua potable"),
    ("-03 vías asfaltadas", "03 vías asfaltadas"),
    ("Norte:\tPuno", "Norte:\tPuno"),
    ("- Agua\n- Luz", "• Agua • Luz"),
    ("Agua **potable** y *luz*", "Agua potable y luz"),
]


@pytest.mark.parametrize(("document", "copied"), SEEN)
def test_what_is_seen_may_be_copied(document: str, copied: str) -> None:
    source = SourceText(f"Antes del plan.\n{document}\nDespués.\n")
    spans = source.locate(copied, [Place(1, source.line_count)])
    ((start, end),) = spans
    assert said_by(source.text[start:end]) == said_by(copied)


@pytest.mark.parametrize(
    ("document", "copied"),
    [
        ("Son 1413 casas", "Son 14 casas"),
        ("Un 5 % más", "Un % más"),
        ("Agua 13 horas", "Agua horas"),
        ("6 km2 de parque", "6 km de parque"),
        ("empleo13 y empleo14", "empleo"),
        ("Ancón-Puno", "AncónPuno"),
        ("Agua\tpotable", "Agua potable"),
        ("Más Empleo13. Más empleo.", "Más empleos"),
    ],
)
def test_another_word_or_figure_is_not_what_is_seen(document: str, copied: str) -> None:
    with pytest.raises(NotInDocument):
        SourceText(document).locate(copied, [Place(1, 1)])


def test_the_offsets_of_what_was_found_before_do_not_move() -> None:
    source = SourceText("Más Empleo13 y • agua\nMás agua\n")
    assert source.locate("Empleo13", [Place(1, 1)]) == [(4, 12)]
    assert source.locate("• agua", [Place(1, 1)]) == [(17, 21)]


@given(st.text("aeinmr-\n •13ﬁ\u200d\t*"))
def test_what_a_text_says_stands_where_it_is_said(text: str) -> None:
    said, offsets = comparable(text)
    assert len(said) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
