"""Finding a statement in its original document, word for word."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import source_text
from plans.source_text import (
    NotInDocument,
    Place,
    SourceText,
    bare,
    fold,
    parse_places,
    readings,
    source_of,
)

ROW = (
    "Desempleo\tReducir el Desempleo\t"
    "<p><b>1.0 Programa empleo</b></p> <p><b>1.1 Proyecto:</b> Taller de oficios.</p>"
)


def spans_text(document: str, statement: str, linea: object) -> list[str]:
    """What the statement's spans hold, exactly as the document has it."""
    source = SourceText(document)
    spans = source.locate(statement, parse_places(linea))
    assert source.quoted(spans) == bare(statement)
    return [source.text[start:end] for start, end in spans]


def refusal(document: str, statement: str, linea: object) -> str:
    with pytest.raises(NotInDocument) as refused:
        SourceText(document).locate(statement, parse_places(linea))
    return str(refused.value)


@pytest.mark.parametrize(
    ("written", "places"),
    [
        (78, (Place(78, 78),)),
        ("78", (Place(78, 78),)),
        ("78-79", (Place(78, 79),)),
        ("78:31", (Place(78, 78, 31),)),
        ("78:31-79", (Place(78, 79, 31),)),
        ([78, 80], (Place(78, 78), Place(80, 80))),
        (["78:2", "80-81"], (Place(78, 78, 2), Place(80, 81))),
    ],
)
def test_a_place_is_a_line_a_range_a_column_or_a_list(
    written: object, places: tuple[Place, ...]
) -> None:
    assert parse_places(written) == places


@pytest.mark.parametrize(
    "written",
    [
        True, None, 0, -1, 7.0, 10**7, pytest.param(10**5000, id="huge"), "99999999",
        "", "0", "78:0", "78-", "79-78", "7 8", "a", "٣", {}, [], [[78]], [78, True], [1] * 21,
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_spanish(written: object) -> None:
    with pytest.raises(ValueError, match="«linea"):
        parse_places(written)


def test_folding_gives_nfc_and_single_spaces() -> None:
    assert fold(" Educacio\N{COMBINING ACUTE ACCENT}n\t y\n\N{NO-BREAK SPACE} salud ") == (
        "Educación y salud"
    )


@pytest.mark.parametrize(
    ("text", "lines"), [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\nb", 2)]
)
def test_a_final_line_break_opens_no_line(text: str, lines: int) -> None:
    assert SourceText(text).line_count == lines


def test_an_offset_has_a_line() -> None:
    source = SourceText("uno\ndos\n")
    assert [source.line_of(offset) for offset in (0, 3, 4, 6)] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    "line",
    [
        "Agua y desagüe",
        "- Agua y desagüe",
        " - **Agua y** desagüe",
        "## **Agua y desagüe**",
        "✓ Agua   y\N{NO-BREAK SPACE}desagüe",
        "➤ *Agua* y desagüe",
        "<P><b>1.1</b> Agua</p><p>y <I>desagüe</I></p>",
        "Agua<p>y</p>desagüe",
        "des<b>arrollo</b>. Ag<b>ua</b> y desagü<i>e</i>",
    ],
)
def test_markup_and_white_space_do_not_count(line: str) -> None:
    (found,) = spans_text(line, "Agua y desagüe", 1)
    assert found.startswith("Ag")
    assert found.endswith("e")


def test_inner_markup_stays_inside_the_span_and_outer_markup_outside() -> None:
    assert spans_text("**Un** área de *6 Km<sup>2</sup>*.", "Un área de 6 Km2", 1) == [
        "Un** área de *6 Km<sup>2"
    ]


def test_an_asterisk_or_a_hyphen_that_is_not_markup_is_text() -> None:
    assert spans_text("- 5 * 3 - 1 = 14", "5 * 3 - 1 = 14", 1) == ["5 * 3 - 1 = 14"]


COPIED = [
    ("• Uno agua.", "Uno agua."),
    ("El servicio **dos**, *tres* y 6 Km<sup>2</sup>", "El servicio dos, tres y 6 Km2"),
    ("- Uno\n- Dos", "Uno Dos"),
    ("✓ **Uno**\n\n✓ Dos", "Uno Dos"),
    ("## **Título**", "Título"),
    ("<p><b>1.1</b> Agua</p>", "1.1 Agua"),
    ("Bajar - 5 * 3", "Bajar - 5 * 3"),
]


@pytest.mark.parametrize(("document", "statement"), COPIED)
def test_what_is_copied_exactly_with_its_marks_is_found(document: str, statement: str) -> None:
    source = SourceText(document)
    places = parse_places(f"1-{source.line_count}")
    spans = source.locate(document, places)
    assert source.quoted(spans) == statement
    assert source.locate(statement, places) == spans
    assert source.locate(document.replace("\n", " "), places) == spans  # as YAML folds lines


def test_a_decomposed_document_is_read_as_nfc() -> None:
    document = unicodedata.normalize("NFD", "Educación")
    assert spans_text(document, "Educación", 1) == ["Educación"]


def test_a_statement_may_run_over_lines_of_one_place() -> None:
    assert spans_text("- Un terminal\n\nterrestre.\n", "Un terminal terrestre.", "1-3") == [
        "Un terminal\n\nterrestre."
    ]


@pytest.mark.parametrize(
    ("statement", "linea"),
    [
        ("agua potable", 1),  # another word
        ("Agua", 2),  # another line
        ("agua", 1),  # another case
        ("Agua y des", 1),  # half a word
        ("gua y desagüe", 1),
        ("desagu", 1),
        ("Agua desagüe", 1),  # a word left out
        ("", 1),
        ("Agua", 3),  # no such line
        ("Agua", "1:2"),  # before the column
        ("Agua", "1:4000"),
    ],
)
def test_what_does_not_stand_there_word_for_word_is_refused(statement: str, linea: object) -> None:
    assert refusal("Agua y desagüe\nSalud\n", statement, linea)


@pytest.mark.parametrize("statement", ["Subir en 1", "Subir en 12", "5 %", "Subir en 12.5 %, 1"])
def test_a_figure_is_not_cut(statement: str) -> None:
    assert refusal("Subir en 12.5 %, 1,500 casas", statement, 1)


def test_an_accent_is_not_cut_off_its_letter() -> None:
    assert refusal("q\N{COMBINING ACUTE ACCENT}", "q", 1)


def test_no_statement_without_a_place() -> None:
    with pytest.raises(NotInDocument):
        SourceText("Agua").locate("Agua", ())


def test_a_statement_never_runs_over_a_table_cell() -> None:
    assert refusal("Agua\tpotable", "Agua potable", 1)
    assert spans_text("Agua\tpotable", "potable", 1) == ["potable"]


def test_a_statement_that_stands_twice_needs_its_column() -> None:
    assert "indique la columna (como :22)" in refusal(ROW, "Desempleo", 1)
    source = SourceText(ROW)
    assert source.locate("Desempleo", parse_places("1:1")) == [(0, 9)]
    assert source.locate("Desempleo", parse_places("1:22")) == [(21, 30)]


SPLIT = "<i>1. Oferta de baja</i>\t<i>Realizar un</i>\n\ncalidad\testudio.\tOtro estudio.\n"


def test_fragments_join_over_a_page_break() -> None:
    assert spans_text(SPLIT, "Oferta de baja calidad", [1, 3]) == ["Oferta de baja", "calidad"]
    assert spans_text(SPLIT, "Realizar un estudio.", [1, 3]) == ["Realizar un", "estudio."]


@pytest.mark.parametrize(
    ("statement", "linea"),
    [
        ("Oferta de calidad", [1, 3]),  # skips words before the break
        ("Oferta de baja estudio.", [1, "3:17"]),  # the second cell does not begin with it
        ("Oferta de baja", [1, 3]),  # nothing left for the second place
        ("calidad Oferta de baja", [1, 3]),  # not in this order
        ("Oferta de baja calidad estudio.", [1, 3]),  # not all of it
        ("Oferta", [1, 3]),
        ("Oferta de baja calidad", [1, 2, 3]),  # an empty fragment
    ],
)
def test_fragments_skip_nothing(statement: str, linea: object) -> None:
    assert refusal(SPLIT, statement, linea)


def test_a_place_is_not_quoted_twice() -> None:
    assert "superponen" in refusal("bis", "bis bis", [1, 1])


@pytest.mark.parametrize(
    ("statement", "linea", "code", "printed"),
    [
        ("Programa empleo", 1, "1.0", True),
        ("Taller de oficios.", 1, "1.1", True),  # a label between
        ("Taller de oficios.", 1, "1.0", False),  # another's code
        ("Taller de oficios.", 1, ".1", False),  # half a code
        ("Desempleo", "1:1", "1.0", False),
        ("Desempleo", "1:22", "el", True),
    ],
)
def test_a_printed_code_stands_right_before(
    statement: str, linea: object, code: str, printed: bool
) -> None:
    source = SourceText(ROW)
    (place,) = parse_places(linea)
    ((start, _),) = source.locate(statement, [place])
    assert source.printed_before(code, start, place) is printed


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("POLITICA A.1: MEJORAR", "POLITICA A.1:"),
        ("- a) MEJORAR", "a)"),
        ("**I. MEJORAR**", "I."),
        ("2.MEJORAR", "2."),
        ("<i>1. </i>\tMEJORAR", "1."),
    ],
)
def test_codes_come_in_many_shapes(line: str, code: str) -> None:
    source = SourceText(f"MEJORAR\n{line}\n")
    ((start, _),) = source.locate("MEJORAR", parse_places(2))
    assert source.printed_before(code, start, Place(2, 2))


def test_a_code_on_another_line_does_not_count() -> None:
    source = SourceText("1.\nMEJORAR\n")
    ((start, _),) = source.locate("MEJORAR", parse_places(2))
    assert not source.printed_before("1.", start, Place(2, 2))
    assert source.printed_before("1.", start, Place(1, 2))


words = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1).map(fold).filter(bool),
    min_size=1,
    max_size=8,
)
gaps = st.sampled_from([" ", "\n", "  ", " **", "** ", "</b> <b>", "<p>", "\n- ", "\n## ", " <i>"])


@given(words, st.data())
def test_a_statement_is_found_whatever_markup_stands_between(
    statement: list[str], data: st.DataObject
) -> None:
    document = "".join(part for word in statement for part in (data.draw(gaps), word))
    document = f"¿Antes? {document}{data.draw(gaps)} (¡después!)"
    wanted = " ".join(statement)
    source = SourceText(document)
    (span,) = source.locate(wanted, [Place(1, source.line_count)])
    assert source.quoted([span]) == fold(wanted)
    assert (source.text[span[0]], source.text[span[1] - 1]) == (fold(wanted)[0], fold(wanted)[-1])


@given(words, st.data(), st.sampled_from(["\n\n", "\tmeta\n# Encabezado\n", " </p>\n\n"]))
def test_a_statement_is_found_wherever_a_page_splits_it(
    repeated: list[str], data: st.DataObject, page_break: str
) -> None:
    statement = [f"{word}{number}" for number, word in enumerate([*repeated, "fin"])]
    split = data.draw(st.integers(1, len(statement) - 1))
    before, after = " ".join(statement[:split]), " ".join(statement[split:])
    source = SourceText(f"<p>Meta: {before}{page_break}{after}\tmeta\n")
    spans = source.locate(" ".join(statement), parse_places([1, 3]))
    assert [source.text[start:end] for start, end in spans] == [before, after]


messy = st.text(st.sampled_from("aá1. ,:*#-✓➤<>/pbi\t\n\r\N{COMBINING ACUTE ACCENT}"), max_size=60)
places = st.builds(
    lambda first, more, column: Place(first, first + more, column),
    st.integers(1, 6), st.integers(0, 3), st.integers(0, 9),
)  # fmt: skip


@given(messy | st.text(), messy | st.text(), st.lists(places, max_size=3))
def test_any_text_is_either_quoted_or_refused(
    document: str, statement: str, named: list[Place]
) -> None:
    source = SourceText(document)
    try:
        spans = source.locate(statement, named)
    except NotInDocument:
        return
    assert source.quoted(spans) in readings(statement)
    assert all(source.text[start:end].strip() == source.text[start:end] for start, end in spans)


anything: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("0123456789:-", max_size=9),
    lambda inner: st.lists(inner, max_size=3),
)


@given(anything)
def test_places_are_read_or_refused(written: object) -> None:
    try:
        read = parse_places(written)
    except ValueError:
        return
    assert all(1 <= place.first_line <= place.last_line for place in read)
    assert all(place.column >= 0 for place in read)


def test_a_text_that_is_worked_on_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Un plan que varias personas arreglan, paso a paso."
    assert source_of(text) is source_of(text[:10] + text[10:])
    monkeypatch.setattr(source_text, "MOST_AT_HAND", 10)
    assert source_of(text) is not source_of(text), "a text of many megabytes is not held"
