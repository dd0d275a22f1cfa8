"""Lists inside a text, split into their statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.importers.printed.numbering import leading, numbers, paired, parts


def split(text: str) -> list[tuple[str, str]]:
    """The code and the words of each statement of TEXT."""
    return [(part.code, text[part.start : part.end]) for part in parts(text)]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Llegar a 24 barrios.", [("", "Llegar a 24 barrios.")]),
        (
            "1. Llegar a 24 barrios. 2. Bajar 30 % la espera.",
            [("1.", "Llegar a 24 barrios."), ("2.", "Bajar 30 % la espera.")],
        ),
        (
            "1. Uno 1.1 Dos 1.2 Tres 2. Cuatro",
            [("1.", "Uno"), ("1.1", "Dos"), ("1.2", "Tres"), ("2.", "Cuatro")],
        ),
        ("I. Uno II. Dos III. Tres", [("I.", "Uno"), ("II.", "Dos"), ("III.", "Tres")]),
        ("a) Uno; b) dos; c) tres", [("a)", "Uno;"), ("b)", "dos;"), ("c)", "tres")]),
        ("1.- Uno.\n3.- Tres", [("1.-", "Uno."), ("3.-", "Tres")]),
        ("2.deficiencia en el manejo", [("2.", "deficiencia en el manejo")]),
        ("• Uno • Dos ✓ Tres", [("", "Uno"), ("", "Dos"), ("", "Tres")]),
        ("\uf0b7 Uno\n\uf0a7\tDos", [("", "Uno"), ("", "Dos")]),
        ("- Uno\n- a) Dos", [("", "Uno"), ("a)", "Dos")]),
        ("¿\tMejorar el agua", [("", "Mejorar el agua")]),
        ("-03 vías asfaltadas", [("", "03 vías asfaltadas")]),
        ("Se hará: 1. Uno. 2. Dos.", [("", "Se hará:"), ("1.", "Uno."), ("2.", "Dos.")]),
        (
            "<p><b>1.0 Programa X</b></p> <p><b>1.1</b> Taller</p>",
            [("1.0", "Programa X"), ("1.1", "Taller")],
        ),
        ("<i>3. </i>Agua", [("3.", "Agua")]),
        ("- **Riego**", [("", "Riego")]),
        ("", []),
        ("-", []),
    ],
)
def test_a_list_is_split_into_its_statements(text: str, statements: list[tuple[str, str]]) -> None:
    assert split(text) == statements


@pytest.mark.parametrize(
    "text",
    [
        "1.25 millones de soles",
        "-2 % de robos",
        "Subir de 1 a 2. Lograr más",
        "Convenios con a) MINSA, b) MINEDU",
        "C.Poblados",
        "12.5 % de las viviendas",
        "30 %",
        "2026 viviendas",
        "Llegar a 5. Mejorar lo hecho",
        "Agua, 1. Desagüe",
    ],
)
def test_a_figure_or_an_enumeration_in_a_sentence_is_no_list(text: str) -> None:
    assert split(text) == [("", text)]


@pytest.mark.parametrize(
    ("code", "counted"),
    [("1.", (1,)), ("02)", (2,)), ("b)", (2,)), ("1.2.3", (1, 2, 3)), ("IV.", (4,)), ("", ())],
)
def test_a_code_counts(code: str, counted: tuple[int, ...]) -> None:
    assert numbers(code) == counted


@pytest.mark.parametrize(
    ("above", "below", "partners"),
    [
        (["1."], ["", "7."], [0, 0]),  # one alone is everybody's
        (["1.", "2."], ["1)", "2)"], [0, 1]),
        (["1.", "2."], ["2.", "3."], [1, None]),
        (["1.", "2."], ["1.1", "1.2", "2.1"], [0, 0, 1]),
        (["1.1", "1.2"], ["2.1", "2.2"], [None, None]),
        (["", ""], ["", ""], [None, None]),  # the same length says nothing
        (["1.", "1."], ["1."], [None]),
        ([], ["1."], [None]),
    ],
)
def test_parallel_lists_pair_only_where_the_numbers_agree(
    above: list[str], below: list[str], partners: list[int | None]
) -> None:
    assert paired(above, below) == partners


words = st.lists(
    st.sampled_from(["Agua", "potable", "para", "30", "barrios", "de", "salud", "(CAM)"]),
    min_size=1,
    max_size=6,
).map(" ".join)
marks = st.sampled_from(
    [
        lambda number: f"{number}. ",
        lambda number: f"{number}) ",
        lambda number: f"{number}.- ",
        lambda number: f"1.{number} ",
        lambda number: f"{'abcdefgh'[number - 1]}) ",
        lambda _number: "• ",
        lambda _number: "- ",
        lambda _number: "✓\t",
    ]
)


@given(st.lists(words, min_size=1, max_size=8), marks, st.sampled_from(["\n", "\n\n", "<br>"]))
def test_a_marked_list_gives_back_what_was_listed(statements, mark, gap) -> None:  # type: ignore[no-untyped-def]
    listed = ["Hacer " + each for each in statements]
    text = gap.join(mark(number) + each for number, each in enumerate(listed, 1))
    assert [words for _, words in split(text)] == listed


messy = st.text(st.sampled_from("aB1. ,:*#-✓•)(<pb>/\t\n%"), max_size=60)


@given(messy | st.text())
def test_no_text_is_lost_or_doubled(text: str) -> None:
    found = parts(text)
    assert all(part.start < part.end for part in found)
    edges = [edge for part in found for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(text[part.start : part.end].strip() for part in found)


@given(st.text(st.sampled_from("aáB ñ,("), max_size=60))
def test_a_text_without_marks_is_one_statement(text: str) -> None:
    assert split(text) == [("", text.strip())] * bool(text.strip())


@given(messy)
def test_what_leads_is_the_first_mark(text: str) -> None:
    part = leading(text)
    assert part.mark in text
    assert part.code in part.mark
