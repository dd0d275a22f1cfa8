"""What people call by one word and plans by another."""

import pytest

from plans.civic_words import also_said, civic_words
from tests.plans.test_search_words import lexemes, plain


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("basura", ['"residuos sólidos"', '"limpieza pública"']),
        ("BASURAS", ['"residuos sólidos"', '"limpieza pública"']),
        ("robo", ['"seguridad ciudadana"', "delincuencia"]),
        ("ladrones", ['"seguridad ciudadana"', "delincuencia"]),
        ("pista", ["vía", "pavimentación"]),
        (
            "recojo de basura en el mercado",
            [
                'recojo de "residuos sólidos" en el mercado',
                'recojo de "limpieza pública" en el mercado',
            ],
        ),
        ("desague", ["alcantarillado", "saneamiento"]),
        ("\u0130 pista", ["\u0130 vía", "\u0130 pavimentación"]),
        ("basural", []),
        ("agua -basura", []),
        ('"basura en la calle"', []),
        ("agua", []),
        ("", []),
    ],
)
def test_a_word_of_the_people_is_said_as_a_plan_would(typed: str, also: list[str]) -> None:
    assert also_said(typed) == also


def test_of_many_words_a_few_are_said_otherwise() -> None:
    assert len(also_said("pista vereda calle camino carretera")) == 4


def test_every_line_adds_something_that_its_word_does_not_find(db: None) -> None:
    words = civic_words()
    assert len(words) > 50
    assert {plain(word) for word in words} == set(words)
    pairs = [(word, meaning) for word, meanings in words.items() for meaning in meanings]
    assert all(meaning for _word, meaning in pairs)
    assert len(set(pairs)) == len(pairs)
    alone = dict(zip(words, lexemes(list(words)), strict=True))
    said = zip(pairs, lexemes([meaning for _word, meaning in pairs]), strict=True)
    assert [pair for pair, stems in said if stems in ("", alone[pair[0]])] == []
